"""The language that the locale asks for."""

import os
import sys

from listing_preflight.reports.catalog import of_locale


def of_environment() -> str:
    """The language of the locale: of its variables, and on Windows of the system."""
    if found := {k: v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))}:
        return of_locale(found)
    if sys.platform == "win32":
        import locale

        return of_locale({"LANG": {"Chinese (Simplified)_China": "zh_CN"}.get(locale.getlocale()[0] or "", "en")})
    return "en"
