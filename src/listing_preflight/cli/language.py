"""The language that the command line, the environment or the locale asks for."""

import os
import sys
from collections.abc import Sequence

import click

from listing_preflight.errors import PreflightError
from listing_preflight.reports.catalog import LANGUAGES, Catalog, catalog, of_locale
from listing_preflight.reports.plain import visible
from listing_preflight.reports.translate import error, translated


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


def said(text: str) -> str:
    """What a command without a report tells, in the language that its command line or environment asks for."""
    return translated(text, _of_command())


def warn(text: str) -> None:
    """A warning on standard error."""
    print(visible(said(f"warning: {text}")), file=sys.stderr)


def in_words(fault: PreflightError) -> str:
    """The same of an error."""
    return error(fault, _of_command())


def _of_command() -> Catalog:
    ctx = click.get_current_context(silent=True)
    return asked_for(ctx.find_root().obj or () if ctx else ())


def asked_for(args: Sequence[str]) -> Catalog:
    """The words of the program's own messages, known before the command line is read: an error in it speaks them too."""
    named = os.environ.get("PREFLIGHT_LANG", "")
    for n, arg in enumerate(args):
        if arg == "--lang" and n + 1 < len(args):
            named = args[n + 1]
        elif arg.startswith("--lang="):
            named = arg.partition("=")[2]
    return catalog(named if named in LANGUAGES else of_environment())
