"""The language that the command line, the environment or the locale asks for."""

import os
import sys
from collections.abc import Sequence

from listing_preflight.reports.catalog import LANGUAGES, Catalog, catalog, of_locale


def of_environment() -> str:
    """The language of the locale: of its variables, and on Windows of the system."""
    if found := {k: v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))}:
        return of_locale(found)
    if sys.platform == "win32":
        import locale

        return of_locale({"LANG": {"Chinese (Simplified)_China": "zh_CN"}.get(locale.getlocale()[0] or "", "en")})
    return "en"


def words(lang: str | None) -> Catalog:
    """The words for people: those of --lang, else of the locale."""
    return catalog(lang or of_environment())


def asked_for(args: Sequence[str]) -> Catalog:
    """The words of the program's own messages, known before the command line is read: an error in it speaks them too."""
    named = os.environ.get("PREFLIGHT_LANG", "")
    for n, arg in enumerate(args):
        if arg == "--lang" and n + 1 < len(args):
            named = args[n + 1]
        elif arg.startswith("--lang="):
            named = arg.partition("=")[2]
    return catalog(named if named in LANGUAGES else of_environment())
