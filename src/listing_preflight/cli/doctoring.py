"""doctor: what this installation can do, and how a file would be read."""

import importlib.util
import shutil
import sys
from pathlib import Path

from listing_preflight import __version__
from listing_preflight.cli.language import said
from listing_preflight.cli.options import Options
from listing_preflight.cli.prepare import read_options
from listing_preflight.errors import UsageError
from listing_preflight.readers.look import ENCODED
from listing_preflight.readers.registry import choose
from listing_preflight.readers.source import open_source
from listing_preflight.reports.plain import visible
from listing_preflight.text.core import core
from listing_preflight.watchlists.bundled import bundled
from listing_preflight.watchlists.read import read_lists

_REMEDY = 'pip install "listing-preflight[images]"'


def run(file: str | None, options: Options) -> int:
    """Print the state of the installation, or of a file."""
    if file is not None:
        return _file(file, options)
    print(f"listing-preflight {__version__}, Python {sys.version.split()[0]}")
    for name, module in (("pillow", "PIL"), ("opencv", "cv2")):
        there = importlib.util.find_spec(module) is not None
        print(f"  {name:<12} {said('ready' if there else 'not installed; ' + _REMEDY)}")
    found = core()
    print(f"  {'core':<12} {said('ready' if found.absent is None else found.absent + '; names are found with numpy')}")
    for name, reason in _engines():
        print(f"  {name:<12} {said(reason or 'ready')}")
    if other := _other_preflight():
        told = said(f"{visible(str(other))} is another `preflight` and stands first: call `listing-preflight`")
        print(f"  {'command':<12} {told}")
    lists = read_lists([bundled() / "marks"])
    print("  " + said(f"bundled lists: {len(lists)}, {sum(len(x.marks) for x in lists)} marks"))
    return 0


def _other_preflight() -> Path | None:
    """A command `preflight` of another package that a shell finds first; ours stands beside this interpreter."""
    found = shutil.which("preflight")
    if found is None or not shutil.which("listing-preflight"):
        return None
    ours = {Path(str(shutil.which("listing-preflight"))).parent, Path(sys.executable).parent, Path(sys.argv[0]).parent}
    return None if Path(found).parent in ours else Path(found)


def _engines() -> list[tuple[str, str | None]]:
    if importlib.util.find_spec("PIL") is None:
        return [(name, f"needs pillow; {_REMEDY}") for name in ("rapidocr", "tesseract")]
    from listing_preflight.images.ocr.registry import ENGINES

    return [(e.NAME, e.absent()) for e in ENGINES]


def _file(file: str, options: Options) -> int:
    path = Path(file)
    if not path.exists():
        raise UsageError("no such file", where=file)
    if path.is_dir():
        raise UsageError("is a folder; name a file in it", where=file)
    reading = read_options(options)
    source = open_source(path, path.name, reading.encoding)
    form, reason, seen = choose(source, reading)
    read_as = f", {source.encoding}" if seen.carrier in ENCODED else ""
    print(f"{visible(path.name)}: {form.title}{read_as}; {visible(reason)}")
    for column in form.columns(seen, reading):
        sample = f"  e.g. '{visible(column.sample)}'" if column.sample else ""
        print(f"  {visible(column.header):<44} {column.reading}{sample}")
    return 0
