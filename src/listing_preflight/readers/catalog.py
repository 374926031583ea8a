"""Walk what the user named: one file, or a catalog folder of listing files and pictures."""

import codecs
import dataclasses
import os
import stat
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from listing_preflight.errors import UnreadableError
from listing_preflight.model.listing import Aside, Gap, GapKind, Listing, Note, Origin, Picture
from listing_preflight.readers import archives
from listing_preflight.readers.look import carrier_of
from listing_preflight.readers.missing import MissingError
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.registry import read
from listing_preflight.readers.source import OverLimitError, Source, open_source, stream_source

Item = Listing | Gap | Aside | Note
PICTURE_SUFFIXES = frozenset(".jpg .jpeg .jpe .png .webp .gif .tif .tiff .bmp .avif .heic .heif".split())
LISTING_SUFFIXES = frozenset(
    ".jsonl .ndjson .json .csv .tsv .tab .txt .xlsx .xlsm .xls .ods .xml .rss .atom .zip .gz .parquet".split()
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LATER_SUFFIXES = frozenset({".svg"})
"""Files that hold pictures as a rule and that nothing reads yet: a gap, never a silence."""


def read_path(path: Path, shown: str, options: ReadOptions, depth: int = 0) -> Iterator[Item]:
    """All that a named path holds; a named file that cannot be read is a gap of the run."""
    try:
        if path.is_dir():
            yield from _Folder(path, shown, options, depth).read()
        else:
            yield from _file(path, shown, options, depth)
    except OSError as e:  # a drive that fails while it is read: what came before stays, the rest is not checked
        yield Gap(kind="unreadable", detail=f"cannot be read any further ({e.strerror})", origin=Origin(file=shown))


def read_stream(stream: IO[bytes], options: ReadOptions) -> Iterator[Item]:
    """Listings that come through a pipe, shown as `-`."""
    try:
        source = stream_source(stream, "-", options.scratch, options.encoding)
    except UnreadableError as e:
        yield _gap(e, "-", "unreadable")
        return
    yield from _source(source, options, 0)


def _file(path: Path, shown: str, options: ReadOptions, depth: int) -> Iterator[Item]:
    try:
        source = open_source(path, shown, options.encoding)
    except UnreadableError as e:
        yield _gap(e, shown, "unreadable")
        return
    yield from _source(source, options, depth)
    if source.changed():
        detail = "the file changed while it was read; what was added since is not checked"
        yield Gap(kind="changed", detail=detail, origin=Origin(file=shown))


def _source(source: Source, options: ReadOptions, depth: int) -> Iterator[Item]:
    if source.length == len(source.head) and _is_blank(source.head):
        return
    shown = source.shown
    try:
        if carrier_of(source) in ("archive", "gzip"):
            with archives.unpacked(source, options.scratch, depth) as (folder, gaps):
                yield from gaps
                yield from read_path(folder, shown, options, depth + 1)
        else:
            yield from read(source, options)
    except UnreadableError as e:
        yield _gap(e, shown, "unsupported")
    except (OSError, UnicodeError, EOFError) as e:
        yield Gap(kind="unreadable", detail=f"reading stopped: {e}", origin=Origin(file=shown))


def _is_blank(head: bytes) -> bool:
    """Whether a file holds nothing but white space, perhaps behind the mark of an encoding."""
    return not head.removeprefix(next((mark for mark in _MARKS if head.startswith(mark)), b"")).strip()


def _gap(error: UnreadableError, shown: str, kind: GapKind) -> Gap:
    if isinstance(error, OverLimitError):
        kind = "over-limit"
    elif isinstance(error, MissingError):
        kind = "engine-absent"
    detail = f"{error.what}. {error.remedy}" if error.remedy else error.what
    return Gap(kind=kind, detail=detail, origin=Origin(file=shown))


class _Folder:
    """One catalog folder: listing files first, then the pictures that no listing named."""

    def __init__(self, root: Path, shown: str, options: ReadOptions, depth: int) -> None:
        self._root, self._shown, self._options, self._depth = root, shown, options, depth
        self._pictures: defaultdict[str, list[str]] = defaultdict(list)
        self._named: set[str] = set()

    def read(self) -> Iterator[Item]:
        files, odd = self._walk()
        if self._pictures:  # a listing's own may lie in a folder that is called after it
            self._options = dataclasses.replace(self._options, looks=None)
        yield from odd
        for path in files:
            for item in _file(path, self._show(path), self._options, self._depth):
                yield self._with_folder(item) if isinstance(item, Listing) else item
        yield from self._left_over()

    def _show(self, path: Path) -> str:
        return "/".join((self._shown.rstrip("/\\"), *path.relative_to(self._root).parts))

    def _walk(self) -> tuple[list[Path], list[Item]]:
        files: list[Path] = []
        odd: list[Item] = []

        def failed(error: OSError) -> None:
            shown = self._show(Path(error.filename))
            odd.append(Gap(kind="unreadable", detail=f"folder: {error.strerror}", origin=Origin(file=shown)))

        for folder, subfolders, names in os.walk(self._root, onerror=failed):
            subfolders.sort()
            links = [d for d in subfolders if (Path(folder) / d).is_symlink()]
            hidden = [d for d in subfolders if d.startswith(".") and d not in links]
            odd += [Aside(origin=Origin(file=self._show(Path(folder) / d)), detail="a hidden folder") for d in hidden]
            subfolders[:] = [d for d in subfolders if not d.startswith(".") and d not in links]
            for name in sorted([*links, *names]):
                self._sort_out(Path(folder) / name, files, odd)
        return files, odd

    def _sort_out(self, path: Path, files: list[Path], odd: list[Item]) -> None:
        origin = Origin(file=self._show(path))
        fault = self._fault(path)
        suffix = path.suffix.lower()
        if fault:
            odd.append(Gap(kind=fault[0], detail=fault[1], origin=origin))
        elif path.is_symlink() or path.name.startswith("."):
            odd.append(Aside(origin=origin, detail="a link inside the folder or a hidden file"))
        elif suffix in PICTURE_SUFFIXES:
            self._pictures[str(path.parent.relative_to(self._root).as_posix())].append(path.name)
        elif suffix in LISTING_SUFFIXES:
            files.append(path)
        elif suffix in LATER_SUFFIXES:
            odd.append(Gap(kind="unsupported", detail=f"{suffix} files are not read; export as CSV", origin=origin))
        else:
            odd.append(Aside(origin=origin, detail="neither a listing file nor a picture"))

    def _fault(self, path: Path) -> tuple[GapKind, str] | None:
        if path.is_symlink():
            if not path.exists():
                return "missing", "a link that leads nowhere"
            inside = path.resolve().is_relative_to(self._root.resolve())
            return None if inside else ("outside-root", "a link that leads out of the folder")
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            return None if os.access(path, os.R_OK) else ("unreadable", "no permission to read")
        return "unreadable", "not a regular file"

    def _with_folder(self, listing: Listing) -> Listing:
        """The listing with the pictures of the folder that is called after it."""
        for picture in listing.pictures:
            if picture.path:
                self._named.update(os.path.normpath(os.path.join(r, picture.path)) for r in picture.roots)  # noqa: PTH118
        own = [f for f in self._pictures if f.rpartition("/")[2] == listing.id]
        paths = [f"{f}/{name}" for f in own for name in self._pictures[f] if not self._is_named(f, name)]
        if not paths:
            return listing
        self._named.update(os.path.normpath(self._root / p) for p in paths)
        first = len(listing.pictures)
        found = tuple(Picture(index=first + i, path=p, roots=(str(self._root),)) for i, p in enumerate(paths))
        return dataclasses.replace(listing, pictures=listing.pictures + found)

    def _is_named(self, folder: str, name: str) -> bool:
        return os.path.normpath(self._root / folder / name) in self._named

    def _left_over(self) -> Iterator[Listing]:
        """Pictures of no listing: each folder of them is one, so that none goes unseen."""
        for folder in sorted(self._pictures):
            names = [n for n in self._pictures[folder] if not self._is_named(folder, n)]
            groups = [[n] for n in names] if folder == "." else [names] if names else []
            for group in groups:
                yield self._picture_listing(folder, group)

    def _picture_listing(self, folder: str, names: list[str]) -> Listing:
        paths = [n if folder == "." else f"{folder}/{n}" for n in names]
        pictures = tuple(Picture(index=i, path=p, roots=(str(self._root),)) for i, p in enumerate(paths))
        identity = names[0] if folder == "." else folder.rpartition("/")[2]
        return Listing(id=identity, origin=Origin(file=self._show(self._root / paths[0])), pictures=pictures)
