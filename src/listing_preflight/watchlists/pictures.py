"""The hashes of the pictures that a list names: written in the list, kept when it was compiled, or of files beside it."""

from pathlib import Path

from listing_preflight.errors import ListError
from listing_preflight.images import hashes
from listing_preflight.model.mark import WatchList, Work


def bits(one: WatchList, work: Work, name: str) -> int:
    """The hash of a picture of a work; ListError where there is none."""
    where = f"{one.name}: {work.id}: images"
    try:
        found = hashes.parse(one.hashed.get(name, name))
    except ValueError:
        raise ListError(f"{name!r} is not a hash", where=where, remedy="Run watchlist hash FILE") from None
    if found is not None:
        return found
    if ":" in name.split("/", maxsplit=1)[0] and not Path(one.folder, name).exists():
        kind = name.partition(":")[0]
        raise ListError(f"hash kind {kind!r} is not built yet", where=where, remedy="Give the picture or phash256:…")
    try:
        return hashes.hash_file(Path(one.folder, name))
    except ImportError as e:
        remedy = 'pip install "listing-preflight[images]"'
        raise ListError(f"known pictures need {e.name}, which is not installed", where=where, remedy=remedy) from None
    except OSError as e:
        raise ListError(f"{name}: cannot be read ({e.strerror})", where=where) from None
    except Exception as e:
        raise ListError(f"{name}: {e}", where=where) from None


def hashed(one: WatchList) -> dict[str, str]:
    """The hashes of the picture files that the works of a list name."""
    return {
        name: hashes.written(bits(one, work, name))
        for work in one.works
        for name in work.images
        if not name.startswith(hashes.PREFIX)
    }
