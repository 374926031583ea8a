"""Build the compiled core with the wheel; where there is no compiler the package is built without it and works the same."""

import os
import pathlib
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("buffers", "columns", "edits", "fold", "learn", "lines", "loose", "matches", "module", "numbers", "paragraphs", "register", "sift", "strings", "tables", "tokens", "windows")
PLACE = pathlib.Path("src/listing_preflight/text")
WANTED = "PREFLIGHT_BUILD_CORE"
"""Environment: `off` builds without the core, `require` fails where it cannot be built, as a wheel for others should."""


class CoreHook(BuildHookInterface[Any]):
    """Compiles `core/*.c` into one extension for the stable ABI, so that a wheel serves every Python from 3.11 on."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build in place for an editable install, beside the sources for a wheel."""
        wanted = os.environ.get(WANTED, "auto")
        if self.target_name != "wheel" or wanted == "off":
            return
        try:
            built = self._compile()
        except Exception as e:
            if wanted == "require":
                raise
            self.app.display_warning(f"the compiled core is left out, the package runs without it: {e}")
            return
        if version != "editable":
            build_data["force_include"][str(built)] = f"listing_preflight/text/{built.name}"
        build_data["pure_python"] = False
        build_data["tag"] = f"cp311-abi3-{self._platform()}"

    def clean(self, versions: list[str]) -> None:
        """Remove what was built in place."""
        for file in (pathlib.Path(self.root) / PLACE).glob("_core*.*"):
            if file.suffix in (".so", ".pyd"):
                file.unlink()

    def _compile(self) -> pathlib.Path:
        from setuptools import Distribution, Extension
        from setuptools.command.build_ext import build_ext

        root = pathlib.Path(self.root)
        flags = [] if sys.platform == "win32" else ["-O3", "-std=c11", "-fvisibility=hidden", "-Wall", "-g0"]
        flags += os.environ.get("PREFLIGHT_CORE_CFLAGS", "").split()
        extension = Extension(
            "listing_preflight.text._core", [f"core/{name}.c" for name in SOURCES], depends=["core/core.h", "core/fold.h", "core/lines.h"],
            extra_compile_args=flags, extra_link_args=os.environ.get("PREFLIGHT_CORE_LDFLAGS", "").split(), py_limited_api=True,
        )  # fmt: skip
        before = pathlib.Path.cwd()
        os.chdir(root)
        try:
            command = build_ext(Distribution({"ext_modules": [extension]}))
            command.build_lib, command.build_temp, command.force = "src", "build/core", True
            command.ensure_finalized()
            command.run()
            return root / command.get_outputs()[0]
        finally:
            os.chdir(before)

    def _platform(self) -> str:
        import sysconfig

        return sysconfig.get_platform().replace("-", "_").replace(".", "_")
