"""watchlist check, info and hash."""

from pathlib import Path

from listing_preflight.cli.places import bundled
from listing_preflight.errors import UnreadableError
from listing_preflight.model.mark import WatchList
from listing_preflight.reports.plain import visible
from listing_preflight.watchlists.lint import hints_in_file
from listing_preflight.watchlists.read import list_files, read_lists


def check(paths: list[Path]) -> int:
    """Validate lists and print hints; an invalid list is exit 2 with file, line and field."""
    lists = read_lists(paths)
    files = [file for path in paths for file in list_files(path)]
    found = [(file, hint) for file, one in zip(files, lists, strict=True) for hint in hints_in_file(file, one)]
    for file, hint in found:
        print(f"{visible(str(file))}{f':{hint.line}' if hint.line else ''}: {visible(str(hint))}")
    marks, works = sum(len(x.marks) for x in lists), sum(len(x.works) for x in lists)
    print(f"{len(lists)} lists, {marks} marks, {works} works: valid, {len(found)} hints")
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


def print_hashes(files: list[Path]) -> int:
    """One line a picture: its hash and its name."""
    for file in files:
        try:
            from listing_preflight.images.hashes import hash_file, written

            print(f"{written(hash_file(file))}  {visible(str(file))}")
        except ImportError as e:
            remedy = 'pip install "listing-preflight[images]"'
            raise UnreadableError(f"{e.name} is not installed", where=str(file), remedy=remedy) from None
        except OSError as e:
            raise UnreadableError(f"cannot be read ({e.strerror})", where=str(file)) from None
        except Exception as e:
            raise UnreadableError(str(e), where=str(file)) from None
    return 0
