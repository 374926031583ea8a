"""The commands for the day after a notice: open, assess, similar, pack, answer, check, status, report."""

import datetime
import sys
from pathlib import Path

import click

from listing_preflight.errors import UsageError

ROUTES = ("retraction", "proof", "edit", "counter", "plan", "dispute", "supplier", "acknowledge")
LANGUAGES = ("en", "zh", "zh-Hant", "de", "fr", "es", "it", "ja")


@click.group(name="complaint")
def group() -> None:
    """After a notice: read it, test it, find similar listings, answer with facts. Nothing is ever fetched or sent."""


@group.command("open")
@click.argument("notices", nargs=-1, required=True, metavar="NOTICE...")
@click.option(
    "--case", "folder", required=True, metavar="DIR", help="The case folder; it is made where it is not there."
)
@click.option("--marketplace", metavar="NAME", help="The site, where the notice does not tell it.")
@click.option("--received", metavar="YYYY-MM-DD", help="The day on which the notice came.")
def open_(notices: tuple[str, ...], folder: str, marketplace: str | None, received: str | None) -> int:
    """Read notices (text, mail, page, text PDF; `-` is standard input) into a case folder."""
    from listing_preflight.complaint.opening import open_case

    read = [_notice(name) for name in notices]
    opened = open_case(
        Path(folder), read, marketplace=marketplace, received=_day(received, "--received"), day=_today()
    )  # fmt: skip
    head = opened.head
    _say(
        f"{head['family']}: {', '.join(head['kinds']) or 'no kind said'}; {head['platform']}, {head['marketplace'] or 'site not said'}"
    )
    for name in ("complainant", "agent", "contact", "marks", "listing_ids", "complaint_ids"):
        value = head[name]
        _say(f"  {name}: {', '.join(value) if isinstance(value, list) else value or '-'}")
    for n in head["numbers"]:
        _say(f"  number: {n['as_written']} ({n['type']}, {n['office'] or 'office not said'})")
    for d in head["deadlines"]:
        _say(f"  deadline for {d['for']}: {d['words']}")
    for word in ("missing", "ambiguous"):
        _say(f"  {word}: {'; '.join(head[word]) or '-'}")
    for s in head["signals"]:
        _say(f"  signal: {s['code']}: {s['words']}")
    for note in opened.notes:
        _say(f"note: {note}")
    return 0


def _notice(name: str) -> tuple[str, bytes]:
    if name == "-":
        return "stdin.txt", sys.stdin.buffer.read()
    path = Path(name)
    if not path.is_file():
        raise UsageError(
            "is not a file" if path.exists() else "no such file",
            where=name,
            remedy="Name the notice as a file, or - for standard input",
        )
    try:
        return path.name, path.read_bytes()
    except OSError as e:
        raise UsageError(f"cannot be read ({e.strerror})", where=name) from None


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()


def _day(value: str | None, where: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        raise UsageError(f"{value!r} is not a date like 2026-01-31", where=where) from None


def _say(text: str) -> None:
    from listing_preflight.reports.plain import visible

    print(visible(text))
