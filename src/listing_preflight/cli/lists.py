"""watchlist check, info, compile and hash; cache info and clear."""

import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from listing_preflight.cli.language import in_words, said
from listing_preflight.errors import ListError, UnreadableError, UsageError
from listing_preflight.model.mark import WatchList
from listing_preflight.reports.plain import number_of, visible
from listing_preflight.storage.mapped import Sections, is_compiled
from listing_preflight.watchlists import shown
from listing_preflight.watchlists.bundled import bundled
from listing_preflight.watchlists.compile import LARGE
from listing_preflight.watchlists.faults import faults
from listing_preflight.watchlists.lint import Hint, hints_in_file
from listing_preflight.watchlists.pictures import Shelf, shelf, written_hashes
from listing_preflight.watchlists.read import list_files, lists_of, read_lists

MOST_HINTS = 50
"""Hints that are printed when a list is compiled; `watchlist check` prints all."""


def check(paths: list[Path]) -> int:
    """Validate lists and print hints; an invalid list is exit 2 with file, line and field."""
    files = [file for path in paths for file in list_files(path)]
    for file in files:
        if is_compiled(file):
            Sections(file).verify()
    _refuse({file: faults(file) for file in files})
    lists = read_lists(paths)
    read = {file: lists_of(file) for file in files}
    _refuse({file: shown.faults(file, own) for file, own in read.items()})
    found = list(_hinted(read, None))
    for file, hint in found:
        print(f"{_place(file, hint)}: {_told(hint)}")
    print(_valid(lists, len(found)))
    return 0


def _valid(lists: Sequence[WatchList], hints: int) -> str:
    """That all is well; other languages have one form for one and many."""
    marks, works = sum(len(x.marks) for x in lists), sum(len(x.works) for x in lists)
    many = f"{len(lists)} lists, {marks} marks, {works} works: valid, {hints} hints"
    told = said(many)
    return told if told != many else f"{_counts(lists)}: valid, {number_of(hints, 'hint')}"


def _counts(lists: Sequence[WatchList]) -> str:
    """How many lists, marks and works."""
    marks, works = sum(len(x.marks) for x in lists), sum(len(x.works) for x in lists)
    return f"{number_of(len(lists), 'list')}, {number_of(marks, 'mark')}, {number_of(works, 'work')}"


def _place(file: Path, hint: Hint) -> str:
    return visible(f"{file}:{hint.line}" if hint.line else str(file))


def _told(hint: Hint) -> str:
    return visible(f"{hint.mark}: {said(hint.problem)}; {said(hint.remedy)}")


def _refuse(told: Mapping[Path, Sequence[ListError]]) -> None:
    """Tell all faults of files at once; their number ends the command."""
    found = {file: some for file, some in told.items() if some}
    for fault in itertools.chain.from_iterable(found.values()):
        print(visible(in_words(fault)), file=sys.stderr)
    if found:
        number = sum(map(len, found.values()))
        what = f"{number_of(number, 'fault')} in {number_of(len(found), 'list')}"
        raise ListError(what, remedy="Nothing is scanned with half a list: mend them, and check again")


def _hinted(read: Mapping[Path, Sequence[WatchList]], ready: Shelf | None) -> Iterator[tuple[Path, Hint]]:
    """Hints on the lists of files, whose pictures are looked at where they are ready, else made so."""
    for file, lists in read.items():
        for one in lists:
            if len(one.marks) > LARGE:  # a register is not written by hand
                continue
            yield from ((file, hint) for hint in hints_in_file(file, one))
        yield from ((file, hint) for hint in shown.hints(file, lists, ready))


def compile_into(paths: list[Path], out: Path) -> int:
    """Compile lists into one file; hints as `check` has them go to standard error, at most MOST_HINTS of them."""
    from listing_preflight.watchlists.index import compile_lists

    made = compile_lists(paths, out)
    read = {f: lists_of(f) for p in paths for f in list_files(p) if not _is_large(f)}
    hinted = _hinted(read, shelf(str(out)) if any(one.gallery for one in made.lists) else None)
    for number, (file, hint) in enumerate(itertools.islice(hinted, MOST_HINTS + 1)):
        more = said("more hints: preflight watchlist check") if number == MOST_HINTS else ""
        print(more or f"{_place(file, hint)}: {_told(hint)}", file=sys.stderr)
    print(visible(f"{out}: {_counts(made.lists)}, {out.stat().st_size / 1e6:.1f} MB"))
    return 0


def _is_large(file: Path) -> bool:
    """Whether a file is a register or compiled: hints are for what people write."""
    return file.suffix == ".parquet" or is_compiled(file)


def cache_info() -> int:
    """Where what is kept lies, and how large it is."""
    from listing_preflight.images import cache as pictures
    from listing_preflight.running import resume
    from listing_preflight.watchlists import cache as compiled

    count = sum(1 for _ in compiled.files())
    print(visible(f"compiled lists  {compiled.folder()}  {number_of(count, 'file')}, {compiled.size() / 1e6:.1f} MB"))
    print(visible(f"pictures        {pictures.folder()}  {pictures.size() / 1e6:.1f} MB"))
    for folder in resume.known():
        print(visible(f"resumable run   {folder}  {resume.size(folder) / 1e6:.1f} MB"))
    return 0


def cache_clear() -> int:
    """Empty what is kept; the next run makes it anew."""
    from listing_preflight.images import cache as pictures
    from listing_preflight.running import resume
    from listing_preflight.watchlists import cache as compiled

    size = compiled.size() + pictures.size() + sum(map(resume.size, resume.known()))
    try:
        compiled.clear()
        pictures.clear()
        resume.clear()
    except OSError as e:
        raise UsageError(f"cannot be emptied ({e.strerror})", where=str(e.filename or compiled.folder())) from None
    print(f"cleared {size / 1e6:.1f} MB")
    return 0


def info(paths: list[Path]) -> int:
    """What each list is and where it comes from."""
    for path in paths or [bundled() / "marks"]:
        if path.suffix == ".parquet" and path.is_file():
            from listing_preflight.cli.registers import described

            print("\n".join(described(path)))
            continue
        for one in read_lists([path]):
            print("\n".join(_described(one)))
    return 0


def _described(one: WatchList) -> list[str]:
    rows = {
        "version": one.version, "date": one.date, "rights": one.rights, "source": one.source, "licence": one.licence,
        "covers offices": ", ".join(sorted(one.offices)) or "none completely: not found means nothing",
        "marks": f"{len(one.marks)} ({sum(bool(m.common_word) for m in one.marks)} also ordinary words)",
        "works": str(len(one.works)), "digest": one.digest,
    }  # fmt: skip
    return [visible(one.name), *(f"  {k:<15} {visible(str(v))}" for k, v in rows.items() if v)]


def import_hashes(files: list[Path], out: Path) -> int:
    """Make a list of files of PDQ hashes."""
    from listing_preflight.watchlists.hash_lists import run

    taken, left = run(files, out)
    print(visible(f"{out}: {taken:,} hash{'' if taken == 1 else 'es'}, {left:,} left out for their quality"))
    return 0


def print_hashes(files: list[Path]) -> int:
    """A line for each hash of a picture, with its name."""
    for file in files:
        try:
            for text in written_hashes(file):
                print(f"{text}  {visible(str(file))}")
        except ImportError as e:
            remedy = 'pip install "listing-preflight[images]"'
            raise UnreadableError(f"{e.name} is not installed", where=str(file), remedy=remedy) from None
        except OSError as e:
            raise UnreadableError(f"cannot be read ({e.strerror})", where=str(file)) from None
        except Exception as e:
            raise UnreadableError(str(e), where=str(file)) from None
    return 0
