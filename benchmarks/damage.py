"""Damage a compiled file 5,500 times: never an exception that is not the program's own, never a finding that the sound file does not give.

Writes benchmarks/results/damage.json: bytes and blocks changed in any section, or anywhere (`found`: refused by a checksum), the same inside
sections with checksums made to fit (`sealed`: what a checksum cannot see, and every read has to), and what opening a register costs.
"""

import argparse
import collections
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.made import compiled, findings
from fuzz.sealed import sealed, sections
from listing_preflight.errors import ListError
from listing_preflight.storage.mapped import Sections

ROOT = Path(__file__).parents[1]
RESULT = ROOT / "benchmarks/results/damage.json"
SEALED = 5
"""Of so many damages one is sealed as well: it goes through the whole matcher."""
MOST_MEMORY = 6 << 30
"""Bytes of address space: what a damaged number asks for beyond it is an error, as on a small machine."""


def outcome(path, sound):
    """How a damaged file ends, and findings that the sound one does not give."""
    try:
        found = findings(path)
    except ListError as e:
        told = path.name in str(e) and "ompile" in str(e)
        return ("refused" if told else f"refused without remedy: {e}"), 0
    except Exception as e:
        return f"uncaught {type(e).__name__}: {e}", 0
    return ("as sound" if found == sound else "other" if found <= sound else "extra"), len(found - sound)


"""`places` are ranges of bytes, each as likely as another: most of a file are words that few texts ask for."""


def byte_changed(data, chance, places):
    at = chance.choice(chance.choice(places))
    return data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]


def block_changed(data, chance, places):
    place = chance.choice(places)
    size = min(chance.choice((4, 16, 64, 512, 4096)), len(place))
    at = chance.randrange(place.start, place.stop - size + 1)
    return data[:at] + chance.choice((bytes(size), b"\xff" * size, chance.randbytes(size))) + data[at + size :]


def rounds(path, whole, sound, times, places, *, seal, seed):
    chance, ends, extra = random.Random(seed), collections.Counter(), 0
    for change, count in ((byte_changed, times), (block_changed, times // 10)):
        for _ in range(count):
            data = change(whole, chance, places)
            path.write_bytes(sealed(data) if seal else data)
            end, more = outcome(path, sound)
            ends[end] += 1
            extra += more
    uncaught = sum(n for end, n in ends.items() if end.startswith(("uncaught", "refused without")))
    return {"damages": ends.total(), "uncaught": uncaught, "extra_findings": extra, "ends": dict(sorted(ends.items()))}


def opening(folder, marks):
    """What opening a register costs: a file of its size in sections such as it has, and the checksums off."""
    from listing_preflight.storage.mapped import Writer
from listing_preflight.storage.replacing import replacing

    path = folder / "register.lcx"
    with replacing(path) as out:
        writer = Writer(out)
        for n in range(8):  # 207 bytes a mark, measured by register_scale.py
            writer.add(f"part{n}", np.random.default_rng(n).integers(0, 255, marks * 207 // 8, np.uint8))
        writer.finish({"kind": "test"})
    Sections(path)
    start = time.perf_counter(), time.process_time()
    found = Sections(path)
    wall, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
    start_known = time.perf_counter()
    Sections(path, found.identity)
    return {"file_mb": round(path.stat().st_size / 1e6), "open_ms": round(wall * 1e3, 1), "cpu_ms": round(cpu * 1e3, 1),
            "open_again_in_a_worker_ms": round((time.perf_counter() - start_known) * 1e3, 2)}  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=22)
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        folder = Path(name)
        path = compiled(folder)
        whole, sound = path.read_bytes(), findings(path)
        inside = [range(at, at + size) for at, size in sections(whole).values() if size]
        out = {
            "file_bytes": len(whole), "findings": len(sound),
            "found": rounds(path, whole, sound, given.times, [range(len(whole)), *inside], seal=False, seed=given.seed),
            "sealed": rounds(path, whole, sound, given.times // SEALED, inside, seal=True, seed=given.seed),
            "opening": {str(marks): opening(folder, marks) for marks in (10_000, 1_000_000, 4_000_000)},
        }  # fmt: skip
    if given.times >= 5000:
        RESULT.write_text(json.dumps(out, indent=2) + "\n", "utf-8")
    print(json.dumps(out, indent=2))


if __name__ == "__main__":
    main()
