"""The compiled core, where it was built, loads and is wanted; everything works without it, only slower."""

import functools
import importlib
import importlib.util
import os
import struct
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from listing_preflight.errors import UsageError

SETTING = "PREFLIGHT_CORE"
"""Environment: `off` does without the core, `on` fails where it cannot be used, `auto` takes it where it can."""
_MODULE = "listing_preflight.text._core"
_VERSION = 3
"""Changes with what the functions of the core take and give: one that was built from other sources is not used."""


class Core(NamedTuple):
    """The core's module, None where it is not used, and why not."""

    module: ModuleType | None
    absent: str | None

    @property
    def name(self) -> str:
        """What runs in a word, as `doctor` and reports say it."""
        return "numpy" if self.module is None else "compiled"


def core() -> Core:
    """The core of this process."""
    return _core(os.environ.get(SETTING, "auto"))


@functools.cache
def _core(wanted: str) -> Core:
    if wanted not in ("off", "on", "auto"):
        raise UsageError(f"{SETTING} is {wanted!r}", remedy="Set it to off, on or auto")
    found = Core(None, f"switched off by {SETTING}") if wanted == "off" else _loaded()
    if wanted == "on" and found.module is None:
        raise UsageError(f"the compiled core cannot be used ({found.absent})", remedy=f"Set {SETTING} to auto")
    return found


def _loaded() -> Core:
    try:
        spec = importlib.util.find_spec(_MODULE)
        if spec is None or spec.origin is None:
            return Core(None, "was not built; install the package again where there is a compiler")
        if _is_cut(Path(spec.origin)):
            return Core(None, "is cut short: install the package again")
        module = importlib.import_module(_MODULE)
    except (ImportError, OSError, SystemError) as e:
        return Core(None, f"cannot be loaded: {' '.join(str(e).split())}")
    version = getattr(module, "VERSION", None)
    return Core(module, None) if version == _VERSION else Core(None, f"is of version {version}, not {_VERSION}")


_ELF = struct.Struct("<40xQ10xHH")
"""Of the header of a library for 64-bit Linux: where its table of sections stands, the size of a row and their number."""


def _is_cut(path: Path) -> bool:
    """Whether a library ends before its table of sections: Linux would map it, and end the process when it is read."""
    with path.open("rb") as file:
        head = file.read(64)
    if len(head) < 64:
        return True
    if head[:6] != b"\x7fELF\x02\x01":
        return False
    at, size, count = _ELF.unpack_from(head)
    return int(at + size * count) > path.stat().st_size
