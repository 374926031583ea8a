"""The commands for the day after a notice: open, assess, similar, pack, answer, check, status, report."""

import datetime
import sys
from pathlib import Path

import click

from listing_preflight.cli.speaking import SpeakingGroup
from listing_preflight.errors import PreflightError, UsageError

ROUTES = ("retraction", "proof", "edit", "counter", "plan", "dispute", "supplier", "acknowledge")
LANGUAGES = ("en", "zh", "zh-Hant", "de", "fr", "es", "it", "ja")


@click.group(cls=SpeakingGroup, name="complaint")
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
    from listing_preflight.complaint.letter import unread
    from listing_preflight.complaint.opening import asked_for, is_blank, open_case

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
        said = d.get("x_computed")
        counted = f" ({d['date']}, counted from {said['from']}, {said['basis']}, in {said['counting']})" if said else ""
        _say(f"  deadline for {d['for']}: {d['words']}{counted}")
    for word, told in (("missing", asked_for(head)), ("ambiguous", head["ambiguous"])):
        _say(f"  {word}: {'; '.join(told) or '-'}")
    for s in head["signals"]:
        _say(f"  signal: {s['code']}: {s['words']}")
    for note in opened.notes:
        _say(f"note: {note}")
    if is_blank(head):
        _warn(
            f"{', '.join(notices)}: holds no sign of a notice: nobody who complains, no right, listing, number or deadline. "
            "If one was meant, open the mail itself, saved as .eml, or its whole text"
        )
    gaps = [gap for one in head["notices"] for gap in unread(one["notes"])]
    if gaps:
        _warn(f"{', '.join(notices)}: not read whole: {'; '.join(gaps)}. What is missing above may stand there")
    return _INCOMPLETE if gaps else 0


def _warn(text: str) -> None:
    from listing_preflight.reports.plain import visible

    print(visible(text), file=sys.stderr)


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


_INCOMPLETE, _CONTRADICTED = 3, 1


def _code(*, found: bool, incomplete: bool) -> int:
    """Contract §1: 1 with a finding, 3 incomplete, 4 both."""
    return (_INCOMPLETE if incomplete else 0) + (_CONTRADICTED if found else 0)


def _lists(named: tuple[str, ...], *, with_bundled: bool) -> list[Path]:
    """The lists of -w, with the bundled ones beside them or, as in a scan, instead of none."""
    from listing_preflight.watchlists.bundled import bundled

    return [*map(Path, named), *([bundled() / "marks"] if with_bundled or not named else [])]


@group.command()
@click.argument("folder", metavar="DIR")
@click.option(
    "-w",
    "--watchlist",
    multiple=True,
    metavar="LIST",
    help="List, folder of lists or imported register (repeatable) [default: the bundled lists].",
)
@click.option("--with-bundled", is_flag=True, help="Use the bundled lists beside those of -w.")
@click.option("--catalog", required=True, metavar="PATH", help="Your listings: an export or a catalogue folder.")
@click.option("--seller", metavar="FILE", help="What you may do, with proof.")
@click.option("--sales", metavar="FILE", help="Quantities sold: CSV with listing and quantity.")
@click.option(
    "--date", "day", metavar="YYYY-MM-DD", help="The day that rights are judged on [default: when the notice came]."
)
@click.option("--images/--no-images", default=True, help="Look at pictures.")
def assess(
    folder: str, watchlist: tuple[str, ...], with_bundled: bool, catalog: str, seller: str | None, sales: str | None, day: str | None,  # noqa: FBT001 - click's call
    images: bool,  # noqa: FBT001 - click's call
) -> int:  # fmt: skip
    """Test the complaint against registers, catalogue and seller file: one check per ground, never a verdict.

    Exit 1: a check contradicts the claim; 3: one is unknown, or something could not be looked at; 4: both.
    """
    from listing_preflight.complaint.assessing import assess as run

    found = run(
        Path(folder), _lists(watchlist, with_bundled=with_bundled), _existing(catalog, "--catalog"), seller=_file(seller, "--seller"),
        sales=_file(sales, "--sales"), day=_day(day, "--date"), today=_today(), images=images,
    )  # fmt: skip
    for check in found.checks:
        _say(f"{check.result:<12}{check.ground:<27}{check.message}")
    for gap in found.gaps:
        _say(f"not checked: {gap}")
    _say(f"next step to prepare: {found.route}")
    return _code(
        found=any(c.result == "contradicts" for c in found.checks), incomplete=bool(found.gaps) or found.is_open
    )


@group.command()
@click.argument("folder", metavar="DIR")
@click.option("--catalog", required=True, metavar="PATH", help="Your listings: an export or a catalogue folder.")
@click.option("--images/--no-images", default=True, help="Look at pictures.")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Worker processes.")
@click.option(
    "--corrected", metavar="OUT", help="Write a corrected copy of the export, as fix does, without the element."
)
def similar(folder: str, catalog: str, images: bool, workers: int, corrected: str | None) -> int:  # noqa: FBT001 - click's call
    """Find every similar listing: must (carries the element), look (is like a cited one), clear (with its reason)."""
    from listing_preflight.complaint.similar import compare

    found = compare(Path(folder), _existing(catalog, "--catalog"), images=images, day=_today(), workers=workers)
    for row in found.rows:
        if row.tier != "clear":
            _say(f"{row.tier:<6}{row.listing:<24}{row.reason} ({row.field}, {row.method})")
    for name, counts in found.counts.items():
        _say(f"{name}: " + (", ".join(f"{k} {v}" for k, v in counts.items()) or "none"))
    for gap in found.gaps:
        _say(f"not checked: {gap}")
    if corrected:
        _correct(Path(folder), Path(catalog), Path(corrected))
    return _code(found=False, incomplete=bool(found.gaps))


def _correct(folder: Path, catalog: Path, copy: Path) -> None:
    """The corrected copy by `fix`'s own way, told what to change by the case."""
    from listing_preflight.cli.fixing import correct
    from listing_preflight.complaint.correcting import plan, write_down
    from listing_preflight.decisions.fixing.changes import SAFE
    from listing_preflight.readers.options import ReadOptions
    from listing_preflight.reports.plain import number_of

    told = plan(folder, catalog, _today())
    done = correct(catalog, copy, told.settings, ReadOptions(), [SAFE], told.wanted)
    by_hand = write_down(folder, told, done.taken, copy, _today())
    _say(
        f"written: {copy.name}, {number_of(len(done.taken), 'cell')} changed; .changes.csv and .changes.json beside it"
    )
    for listing in by_hand:
        _say(f"to be changed by hand: {listing}")


def _existing(name: str, where: str) -> Path:
    path = Path(name)
    if not path.exists():
        raise UsageError("no such file or folder", where=f"{where} {name}")
    return path


def _file(name: str | None, where: str) -> Path | None:
    return _existing(name, where) if name else None


@group.command()
@click.argument("folder", metavar="DIR")
@click.option(
    "--route", required=True, type=click.Choice([*ROUTES, "lawyer", "nothing"]), help="Which answer to prepare."
)
@click.option(
    "--lang", "language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the answer."
)
@click.option(
    "--fact",
    "stated",
    multiple=True,
    metavar="FIELD=VALUE",
    help="What you state yourself: cause, actions, supplier_said, prevention (repeatable).",
)
def answer(folder: str, route: str, language: str, stated: tuple[str, ...]) -> int:
    """Draft an answer from the facts of the case; every element is filled, asked of you, or named as missing.

    Exit 1: an element is missing. What is asked of you does not change the exit code.
    """
    from listing_preflight.complaint.answering import answer as run
    from listing_preflight.complaint.answering import stated_pairs

    made = run(Path(folder), route, language, stated_pairs(stated), _today())
    for slot in made.slots:
        _say(f"{slot.state:<8}{slot.element}" + (f" (lacks {', '.join(slot.lacking)})" if slot.lacking else ""))
    for name in made.edited:
        _say(f"kept as you edited it: {name}")
    _say(f"written: {made.file}")
    return _code(found=any(s.state == "missing" for s in made.slots), incomplete=False)


@group.command()
@click.argument("draft", metavar="DRAFT")
@click.option("--route", required=True, type=click.Choice(ROUTES), help="What the draft is meant to be.")
@click.option("--case", "folder", metavar="DIR", help="Hold the facts of a case against it.")
@click.option("-f", "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(draft: str, route: str, folder: str | None, shape: str) -> int:
    """Check a draft that anybody wrote for the elements that its route requires."""
    import json

    from listing_preflight.complaint.checking import check as run
    from listing_preflight.complaint.letter import read_letter

    text = read_letter(*_notice(draft)).folded.raw
    found = run(text, route, _existing(folder, "--case") if folder else None)
    if shape == "json":
        print(json.dumps({"elements": [e._asdict() for e in found]}))
    else:
        for e in found:
            _say(f"{e.state:<13}{e.element}")
    return _code(found=any(e.state in ("missing", "contradicted") for e in found), incomplete=False)


@group.command()
@click.argument("folder", metavar="DIR")
@click.option("--sales", metavar="FILE", help="Quantities sold: CSV with listing and quantity.")
@click.option("--share", is_flag=True, help="Without the notice as received, documents and personal data.")
def pack(folder: str, sales: str | None, share: bool) -> int:  # noqa: FBT001 - click's call
    """Gather documents with digests and checks, and zip the case: the same bytes on every run.

    Exit 1: something speaks against a document; 3: one is missing or cannot be told; 4: both.
    """
    from listing_preflight.complaint.packing import pack as run

    made = run(Path(folder), sales=_file(sales, "--sales"), share=share, day=_today())
    for row in made.files:
        _say(f"{row['sha256'][:12]}  {row['file']}: {row['shows']}")
    for word, told in (("against it", made.failed), ("gap", made.gaps), ("not in the zip", made.left_out)):
        for line in told:
            _say(f"{word}: {line}")
    _say(f"written: {made.zip}")
    return _code(found=bool(made.failed), incomplete=bool(made.gaps))


@group.command()
@click.argument("folders", nargs=-1, metavar="[DIR...]")
def status(folders: tuple[str, ...]) -> int:
    """Where each case stands: its days, what was done, what is left; without DIR the cases under this folder."""
    from listing_preflight.complaint.statuses import status as one_status

    named, broken = [Path(f) for f in folders] or _cases_here(), 0
    for folder in named:
        try:
            one = one_status(folder, _today())
        except PreflightError as e:
            if len(named) == 1:
                raise
            broken += 1
            _say(f"{folder}: cannot be told: {e}")
            continue
        _say(f"{one.folder}: {one.family}, {one.state}; next: {one.route or 'assess'}")
        for line in one.deadlines:
            _say(f"  {line}")
        _say(f"  done: {', '.join(one.done) or '-'}; answers: {', '.join(one.answers) or '-'}")
        _say(f"  missing in the notice: {', '.join(one.missing) or '-'}")
        for line in one.left:
            _say(f"  left: {line}")
    return _code(found=False, incomplete=bool(broken))


def _cases_here() -> list[Path]:
    """The working directory where it is a case itself, else the cases in it."""
    if Path("case.json").is_file():
        return [Path()]
    found = sorted(p.parent for p in Path().glob("*/case.json"))
    if not found:
        remedy = "Name case folders, or run it where they lie; `preflight complaint open NOTICE --case DIR` makes one"
        raise UsageError("is no case, and holds none", where=str(Path.cwd()), remedy=remedy)
    return found


@group.command()
@click.option("--own", required=True, metavar="MARK", help="One of own_marks of the seller file.")
@click.option("--against", required=True, metavar="FILE", help="The listings to report: an export or JSON Lines.")
@click.option(
    "--platform",
    required=True,
    metavar="P",
    help="amazon, ebay, etsy, walmart, tiktok, aliexpress, shopee, meta or eu-host.",
)
@click.option("--level", required=True, type=click.Choice(["product", "offer", "page"]), help="What is reported.")
@click.option("--seller", required=True, metavar="FILE", help="Seller file with own_marks.")
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder to write to.")
def report(own: str, against: str, platform: str, level: str, seller: str, output: str) -> int:
    """For rights owners: a platform's form filled field by field, with what must be settled before it is sent."""
    from listing_preflight.complaint.reporting import platforms
    from listing_preflight.complaint.reporting import report as run

    if platform not in platforms():
        raise UsageError(f"{platform!r} is not known", where="--platform", remedy=f"Known are {', '.join(platforms())}")
    made = run(
        own, _existing(against, "--against"), platform, level, _existing(seller, "--seller"), Path(output), _today()
    )
    for problem in made.problems:
        _say(f"before it is sent: {problem}")
    for gap in made.gaps:
        _say(f"not checked: {gap}")
    for name in made.edited:
        _say(f"kept as you edited it: {name}")
    _say(f"written: {', '.join(made.files)}")
    return _code(found=bool(made.problems), incomplete=bool(made.gaps))
