"""Lists made ready for matching: mapped from a compiled file, kept from an earlier run, or compiled now."""

import atexit
import dataclasses
import functools
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from listing_preflight.errors import ListError
from listing_preflight.model.mark import Mark, WatchList
from listing_preflight.storage.mapped import SUFFIX, is_compiled
from listing_preflight.storage.replacing import replacing
from listing_preflight.watchlists import cache
from listing_preflight.watchlists import compile as compiling
from listing_preflight.watchlists.compile import Source
from listing_preflight.watchlists.compiled import Compiled
from listing_preflight.watchlists.read import check_names, list_files, read_list
from listing_preflight.watchlists.register import RegisterLayer

Say = Callable[[str], None]


class Index(NamedTuple):
    """What names are looked up in: a file of names, or lists small enough for memory, and registers beside them."""

    names: Compiled | None
    loose: tuple[WatchList, ...]
    registers: tuple[Compiled, ...]

    @property
    def layers(self) -> tuple[RegisterLayer, ...]:
        """The registers, in the order of their files."""
        return tuple(layer for one in self.registers for layer in one.layers)

    @property
    def letters(self) -> str:
        """The characters beyond ASCII that names are written in."""
        files = dict.fromkeys(one for one in (self.names, *self.registers) if one is not None)
        return "".join(one.letters for one in files) + compiling.letters(m for one in self.loose for m in one.marks)


@dataclass(frozen=True, slots=True)
class Opened:
    """The lists of a run in the order of their files, and the index over them."""

    lists: tuple[WatchList, ...]
    index: Index


class _File(NamedTuple):
    number: int
    path: Path
    digest: str
    compiled: Compiled | None


class _Numbered(NamedTuple):
    """A list with the number of its file."""

    number: int
    list: WatchList


def open_lists(paths: Iterable[Path], *, keep: bool, say: Say) -> Opened:
    """The lists under the paths and their index; ListError at the first fault. `say` is told where nothing can be kept."""
    files = [_file(n, p) for n, p in enumerate(file for path in paths for file in list_files(path))]
    found: list[_Numbered] = []
    registers: list[Compiled] = []
    near: list[_File] = []
    for file in files:
        register = _register(file, keep=keep, say=say)
        if register is not None:
            registers.append(register)
            found += (_Numbered(file.number, one) for one in register.lists)
        elif file.compiled is not None:
            registers += [file.compiled] if file.compiled.layers else []
            found += (_Numbered(file.number, layer) for layer in _far(file.compiled))
            near += [file] if file.compiled.has_names else []
        else:
            near.append(file)
    names, loose = _near(near, keep=keep, say=say) if near or not registers else (registers[0], [])
    found += loose if names is None else _listed(names, near) if near else ()
    registers += [names] if names is not None and names.layers and names not in registers else []
    lists = tuple(one.list for one in sorted(found, key=lambda one: one.number))
    check_names(lists)
    return Opened(lists, Index(names, tuple(one.list for one in loose) if names is None else (), tuple(registers)))


def compile_lists(paths: Iterable[Path], out: Path) -> Compiled:
    """Compile the lists under the paths into one file; ListError at the first fault, and the file is as it was."""
    files = [_file(n, p) for n, p in enumerate(file for path in paths for file in list_files(path))]
    sources = [source for file in files for source in _sources(file)]
    check_names(source.list for source in sources)
    try:
        with replacing(out) as stream:
            compiling.write(sources, stream, pictures=True, extra=_extra(files))
    except OSError as e:
        remedy = "A file that was there before is as it was"
        raise ListError(f"cannot be written ({e.strerror or e})", where=str(out), remedy=remedy) from None
    return Compiled(out)


def _file(number: int, path: Path) -> _File:
    if is_compiled(path):
        compiled = Compiled(path)
        return _File(number, path, compiled.digest, compiled)
    try:
        with path.open("rb") as stream:
            return _File(number, path, hashlib.file_digest(stream, "sha256").hexdigest(), None)
    except OSError as e:
        raise ListError(f"cannot be read ({e.strerror})", where=str(path)) from None


def _far(compiled: Compiled) -> list[WatchList]:
    """The lists of a compiled file that are registers."""
    return [one for one, head in zip(compiled.lists, compiled.heads, strict=True) if "register" in head]


def _listed(names: Compiled, near: Sequence[_File]) -> list[_Numbered]:
    """The lists of the file of names, each with the number of the file that it came from; registers told of elsewhere left out."""
    if len(near) == 1 and near[0].compiled is names:
        return [
            _Numbered(near[0].number, o) for o, h in zip(names.lists, names.heads, strict=True) if "register" not in h
        ]
    return [
        _Numbered(near[n].number, dataclasses.replace(one, gallery=_gallery(near[n])))
        for n, one in zip(names.files, names.lists, strict=True)
    ]


def _gallery(file: _File) -> str:
    """Where the pictures of a file's lists are ready: in the file, if it is compiled with them."""
    return next((one.gallery for one in file.compiled.lists if one.gallery), "") if file.compiled else ""


def _near(near: Sequence[_File], *, keep: bool, say: Say) -> tuple[Compiled | None, list[_Numbered]]:
    """All that is looked for in every disguise: one compiled file, or lists for memory."""
    if len(near) == 1 and near[0].compiled is not None:
        return near[0].compiled, []
    folders = [str(f.path.parent) for f in near]
    wanted = cache.key("names", [(f.path.name, f.digest) for f in near])
    if keep and near and (kept := cache.get(wanted, folders)) is not None:
        return kept, []
    sources = [s._replace(file=n) for n, file in enumerate(near) for s in _sources(file) if s.register is None]
    write = functools.partial(compiling.write, sources, pictures=False, extra=_extra(near))
    if keep and near:
        try:
            return cache.put(wanted, folders, write), []
        except OSError as e:
            say(f"compiled lists cannot be kept ({e.strerror or e}): {cache.folder()}")
    if any(len(s.list.marks) > compiling.LARGE for s in sources) or any(f.compiled and f.compiled.extra for f in near):
        return _passing(wanted, folders, write), []
    return None, [_Numbered(near[s.file].number, s.list) for s in sources]


def _register(file: _File, *, keep: bool, say: Say) -> Compiled | None:
    """An imported register that is large, compiled; None for any other file."""
    if file.path.suffix != ".parquet":
        return None
    folders = [str(file.path.parent)]
    wanted = cache.key("register", [(file.path.name, file.digest)])
    if keep and (kept := cache.get(wanted, folders)) is not None:
        return kept
    source = _bulk(file)
    if source is None:
        return None
    source = source._replace(file=0)
    write = functools.partial(compiling.write, [source], pictures=False)
    if keep:
        try:
            return cache.put(wanted, folders, write)
        except OSError as e:
            say(f"compiled lists cannot be kept ({e.strerror or e}): {cache.folder()}")
    return _passing(wanted, folders, write)


def _passing(name: str, folders: Sequence[str], write: Callable[[IO[bytes]], None]) -> Compiled:
    """Lists too large for memory where nothing is kept: in a file that goes when the run ends."""
    folder = Path(tempfile.mkdtemp(prefix="listing-preflight-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / (name + SUFFIX)
    try:
        with replacing(path) as out:
            write(out)
    except OSError as e:
        raise ListError(f"cannot be written ({e.strerror or e})", where=str(folder)) from None
    return Compiled(path, folders)


def _sources(file: _File) -> list[Source]:
    """What to compile of a file."""
    if file.compiled is not None:
        return [
            Source(one, file.number, compiling.copied(file.compiled.sections, head) if "register" in head else None)
            for one, head in zip(file.compiled.lists, file.compiled.heads, strict=True)
        ]
    if file.path.suffix == ".parquet" and (register := _bulk(file)) is not None:
        return [register]
    return [Source(read_list(file.path), file.number)]


def _bulk(file: _File) -> Source | None:
    """An imported register, column by column; None where it is small enough to be read whole."""
    try:
        from listing_preflight.watchlists.registers.bulk import source
    except ImportError as e:
        remedy = 'pip install "listing-preflight[registers]"'
        raise ListError(f"{e.name} is not installed", where=str(file.path), remedy=remedy) from None
    return source(file.path, file.number)


def _extra(files: Iterable[_File]) -> list[Mark]:
    return [mark for file in files if file.compiled is not None for mark in file.compiled.extra]
