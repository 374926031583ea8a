"""Programs beside Python that some tests drive: they skip where one is missing, unless PREFLIGHT_REQUIRE names it."""

import os
import shutil

import pytest


def program(kind, *names):
    """The path of a program, or a skip; PREFLIGHT_REQUIRE=browser,libreoffice makes it a failure."""
    found = next((p for n in names if (p := shutil.which(n))), None)
    if found is None:
        if kind in os.environ.get("PREFLIGHT_REQUIRE", "").split(","):
            pytest.fail(f"{kind} is required and not installed: {', '.join(names)}")
        pytest.skip(f"no {kind}")
    return found
