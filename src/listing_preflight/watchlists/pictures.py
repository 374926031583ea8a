"""The pictures that lists name, made ready to be compared: in a compiled file, kept from an earlier run, or made now."""

import atexit
import functools
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple

from listing_preflight.errors import ListError
from listing_preflight.images import worker
from listing_preflight.images.cache import base
from listing_preflight.model.mark import Mark, WatchList, Work
from listing_preflight.storage.mapped import SUFFIX, Sections, Writer, unpacking
from listing_preflight.storage.replacing import replacing
from listing_preflight.storage.strings import Strings

if TYPE_CHECKING:
    from listing_preflight.images.gallery import Entry, Gallery

KIND = "listing-preflight pictures"
PLACE = "pictures"
Kind = Literal["work", "design", "mark"]
"""Whose a picture is: of a design the outline is kept too, of a mark the figures."""
_REMEDY = 'pip install "listing-preflight[images]"'


class Key(NamedTuple):
    """Whose a known picture is: list, id of the work or mark, and how the list names the picture."""

    list: str
    owner: str
    name: str


class _Named(NamedTuple):
    key: Key
    list: WatchList
    kind: Kind


class Shelf(NamedTuple):
    """A file of known pictures, and whose each of them is."""

    file: str
    keys: Sequence[Key]


def shelves(lists: Sequence[WatchList], *, keep: bool) -> tuple[Shelf, ...]:
    """The files in which the pictures of the lists are ready; those that are not are made so, and kept where that is wanted."""
    files = list(dict.fromkeys(one.gallery for one in lists if one.gallery))
    loose = [one for one in lists if not one.gallery and has_pictures(one)]
    if loose:
        files.append(str(_made(loose, keep=keep)))
    found = [shelf(file) for file in files]
    return tuple(one for one in found if one.keys)


def _made(lists: Sequence[WatchList], *, keep: bool) -> Path:
    named = list(_named(lists))
    wanted = _key(named)
    path = base() / "lists" / (wanted + SUFFIX)
    if keep and _is_whole(path):
        return path
    if keep:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as out:
                _write_alone(named, out)
        except OSError:  # nothing can be kept: as if nobody had asked for it
            return _passing(wanted, named)
        return path
    return _passing(wanted, named)


def _is_whole(path: Path) -> bool:
    try:
        sections = Sections(path)
        sections.verify()
        return sections.meta.get("kind") == KIND
    except ListError:
        return False


def _passing(name: str, named: Sequence[_Named]) -> Path:
    """A file that goes when the run ends."""
    folder = Path(tempfile.mkdtemp(prefix="listing-preflight-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / (name + SUFFIX)
    with replacing(path) as out:
        _write_alone(named, out)
    return path


def _write_alone(named: Sequence[_Named], out: IO[bytes]) -> None:
    writer = Writer(out)
    meta = _write(named, writer)
    writer.finish({**meta, "kind": KIND})


def _key(named: Sequence[_Named]) -> str:
    """What a gallery is kept by: the names of its pictures, the bytes of their files, and the method."""
    from listing_preflight.images.hashes import parse

    state = hashlib.sha256(repr(("pictures", _method())).encode())
    for one in named:
        state.update(json.dumps([one.key, one.kind]).encode() + b"\0")
        path = Path(one.list.folder, one.key.name)
        if path.is_file() and _parsed(one, parse) is None:
            with path.open("rb") as file:
                state.update(hashlib.file_digest(file, "sha256").digest())
    return state.hexdigest()


def _method() -> int:
    try:
        from listing_preflight.images.gallery import METHOD
    except ImportError as e:
        raise ListError(f"known pictures need {e.name}, which is not installed", remedy=_REMEDY) from None
    return METHOD


def write(lists: Sequence[WatchList], writer: Writer) -> Mapping[str, Any]:
    """Write the gallery of lists into a file under way, and tell what its header says of it."""
    return _write(list(_named(lists)), writer)


def _write(named: Sequence[_Named], writer: Writer) -> Mapping[str, Any]:
    _method()
    from listing_preflight.images.gallery import METHOD, packed

    writer.add_all(PLACE, packed(map(_entry, named)))
    writer.add_all(f"{PLACE}/keys", Strings.of(json.dumps(one.key) for one in named).packed())
    return {"pictures": METHOD}


def _named(lists: Sequence[WatchList]) -> Iterator[_Named]:
    for one in lists:
        for owner in owners(one):
            kind: Kind = "mark" if isinstance(owner, Mark) else "design" if owner.kind == "design" else "work"
            for name in owner.images:
                yield _Named(Key(one.name, owner.id, name), one, kind)


def has_pictures(one: WatchList) -> bool:
    """Whether a list names any picture."""
    return any(owner.images for owner in owners(one))


def owners(one: WatchList) -> Iterator[Work | Mark]:
    """The works of a list and those of its marks that have pictures."""
    yield from one.works
    yield from (one.marks[n] for n in one.pictured)


def faults(lists: Sequence[WatchList]) -> Iterator[tuple[Key, ListError]]:
    """The pictures that cannot be made ready, one after another, and why; none where there is no library to look at them."""
    try:
        _method()
    except ListError:
        return
    for one in _named(lists):
        try:
            _entry(one)
        except ListError as e:
            yield one.key, e


def shelf(file: str) -> Shelf:
    """The pictures that are ready in a file; ListError where they were made so by another method."""
    sections = Sections(Path(file))
    if sections.meta.get("pictures") != _method():
        raise _other(sections)
    with unpacking(sections):
        return Shelf(file, [Key(*json.loads(text)) for text in Strings.over(sections.at(f"{PLACE}/keys"))])


def _entry(one: _Named) -> "Entry":
    """One picture made ready; ListError where there is none."""
    from listing_preflight.images.gallery import Entry
    from listing_preflight.images.hashes import parse

    if one.list.gallery:
        return opened(one.list.gallery).entry(shelf(one.list.gallery).keys.index(one.key))
    written = _parsed(one, parse)
    if written is not None:
        return Entry(b"", (written,))
    path, where = Path(one.list.folder, one.key.name), _where(one)
    if ":" in one.key.name.split("/", maxsplit=1)[0] and not path.exists():
        kind = one.key.name.partition(":")[0]
        raise ListError(f"hash kind {kind!r} is not known", where=where, remedy="Give the picture, phash256:… or pdq:…")
    try:
        return _of_file(path, one.kind)
    except ImportError as e:
        raise ListError(f"known pictures need {e.name}, which is not installed", where=where, remedy=_REMEDY) from None
    except OSError as e:
        remedy = "Pictures lie beside their list: mend the name, or give a hash (watchlist hash)"
        raise ListError(f"{one.key.name}: cannot be read ({e.strerror})", where=where, remedy=remedy) from None
    except Exception as e:
        raise ListError(f"{one.key.name}: {e}", where=where, remedy="Give a picture that can be opened") from None


def _where(one: _Named) -> str:
    return f"{one.key.list}: {one.key.owner}: images"


def _parsed(one: _Named, parse: Any) -> Any:
    try:
        return parse(one.key.name)
    except ValueError as e:
        remedy = "Run watchlist hash FILE"
        raise ListError(f"{one.key.name!r} is not a hash: {e}", where=_where(one), remedy=remedy) from None


def _of_file(path: Path, kind: Kind = "work") -> "Entry":
    from listing_preflight.images import features, figures, hashes, inked, shapes, verify
    from listing_preflight.images.decode import decode
    from listing_preflight.images.gallery import Entry
    from listing_preflight.images.source import MAX_BYTES

    with path.open("rb") as file:
        data = file.read(MAX_BYTES)
    picture = decode(data).frames[0][1]
    out = io.BytesIO()
    verify.small(picture).save(out, "JPEG", quality=85)
    found = hashes.known(picture)
    shape = shapes.outline(picture) if kind == "design" else None
    found += [("shape", shape.bits)] if shape else []
    points = features.of_known(picture)
    regions = figures.of_known(picture) if kind == "mark" and shapes.has_plain_ground(picture) else None
    if kind == "mark" and regions and inked.is_two_toned(picture):
        points = features.none(picture)
    return Entry(hashlib.sha256(data).digest(), tuple(found), points, out.getvalue(), regions)


def written_hashes(path: Path) -> list[str]:
    """The hashes of a picture file, as lists write them."""
    from listing_preflight.images import hashes, shapes
    from listing_preflight.images.decode import decode
    from listing_preflight.images.source import MAX_BYTES

    with path.open("rb") as file:
        picture = decode(file.read(MAX_BYTES)).frames[0][1]
    if hashes.plain(picture) is None:
        raise ValueError("shows next to nothing: a hash of it would say nothing")
    kinds: tuple[hashes.Kind, ...] = ("phash256", "pdq")
    shape = shapes.outline(picture)
    outline = [hashes.written("shape", shape.bits)] if shape else []
    return [*(hashes.written(kind, hashes.of(picture, kind)) for kind in kinds), *outline]


def _other(sections: Sections) -> ListError:
    return sections.fault("holds pictures made ready by another version of this program")


@functools.cache
def opened(file: str) -> "Gallery":
    """The gallery of a file; ListError where it was made by another method."""
    from listing_preflight.images.gallery import METHOD, Gallery

    sections = Sections(Path(file))
    if sections.meta.get("pictures") != METHOD:
        raise _other(sections)
    names = [name for name in sections.names(PLACE) if "/" not in name]
    with unpacking(sections):
        return Gallery({name: sections.array(f"{PLACE}/{name}") for name in names})


def prepare(files: Sequence[str]) -> None:
    """Make a fresh worker process look for the pictures of these files."""
    worker.use([opened(file) for file in files])
