"""Fuzz the compiled core under AddressSanitizer and UndefinedBehaviorSanitizer (gcc on Linux).

usage: scripts/fuzz_core.py [--seconds N] [--seed N]

Builds core/*.c with the sanitizers beside nothing else, and runs it over hostile texts whose results are held to numpy's, over tables
in which random numbers were overwritten, and over arrays of random kinds and lengths. An error that Python can catch is the right
answer to nonsense; a report of a sanitizer or a difference from numpy ends the run with code 1.
"""

import argparse
import functools
import importlib.util
import os
import pathlib
import random
import subprocess
import sys
import sysconfig
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[1]
NAME = "listing_preflight.text._core"
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", "-fno-omit-frame-pointer", "-g", "-O1"]
PIECES = ["Zorvane", "Quellar", "Coca Cola", "h & m", "Z0rv@ne", "z o r v a n e", "佐瓦尼", "ｶﾞ", "\u200b", "\ud800", "\u202e", "a\u0301",
          "\n", "\0", "zorvanedupe", "quelar", "coca colabag", "brindelwok max", "x" * 70, "™", "$", "apples", "İ", "15", " ", "-"]  # fmt: skip


def build(folder):
    out = folder / "_core.abi3.so"
    include = sysconfig.get_paths()["include"]
    sources = sorted(map(str, (ROOT / "core").glob("*.c")))
    subprocess.run(["gcc", "-shared", "-fPIC", "-std=c11", *SANITIZERS, f"-I{include}", *sources, "-o", str(out)], check=True)
    return out


def child(library, seconds, seed):
    spec = importlib.util.spec_from_file_location(NAME, library)
    module = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = module
    spec.loader.exec_module(module)
    fuzz(module, seconds, random.Random(seed))


def fuzz(module, seconds, rng):
    import numpy as np

    from listing_preflight.text.core import core
    from listing_preflight.text.index import IndexMatcher
    from listing_preflight.text.names import Spelling, make_forms
    from listing_preflight.text.sift import Sift
    from listing_preflight.text.tables import Tables
    from listing_preflight.text.vocabulary import vocabulary

    assert core().module is module
    names = ["Zorvane", "Quellar", "Coca Cola", "H&M", "佐瓦尼", "Brindlewok Max", "The North Fold", "Lego"]
    tables = Tables(make_forms([Spelling(n, n) for n in names], vocabulary()), vocabulary())
    good = IndexMatcher.over(tables, vocabulary())
    other = IndexMatcher.over(tables, vocabulary())
    sift, damaged = Sift(module, tables, vocabulary()), Sift(module, tables, vocabulary())
    arrays = dict(good._engine._arrays)  # what the core was given
    os.environ["PREFLIGHT_CORE"] = "off"
    plain = IndexMatcher.over(tables, vocabulary())
    counts = {"texts": 0, "tables": 0, "arrays": 0, "refused": 0}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        texts = [_text(rng) for _ in range(rng.randrange(1, 6))]
        os.environ["PREFLIGHT_CORE"] = "off"
        expected = plain.find_all(texts)
        os.environ["PREFLIGHT_CORE"] = "on"
        if good.find_all(texts) != expected:
            sys.exit(f"differs from numpy: {texts!r}")
        if [text for text, found, suspect in zip(texts, expected, sift.sift(texts).suspect) if found and not suspect]:
            sys.exit(f"sifted out although a name stands in it: {texts!r}")
        counts["texts"] += 1
        broken = _broken(arrays, rng, np)
        try:
            other._engine._forget()
            other._engine._known = module.Tables(broken)
            other.find_all(texts)
            damaged._forget()
            damaged._known = module.Tables(broken)
            damaged.sift(texts)
        except (ValueError, IndexError, KeyError, OverflowError):
            counts["refused"] += 1
        counts["tables"] += 1
        for _ in range(20):
            counts["arrays"] += 1
            try:
                _call(module, good._engine._known, rng, np)
            except (ValueError, IndexError, TypeError, OverflowError, KeyError, BufferError):
                counts["refused"] += 1
    print(counts)


def _text(rng):
    if rng.random() < 0.2:
        return "".join(chr(rng.choice((rng.randrange(0x80), rng.randrange(0x3100), rng.randrange(0x110000)))) for _ in range(rng.randrange(40)))
    return rng.choice(("", " ", "-")).join(rng.choice(PIECES) for _ in range(rng.randrange(12)))


def _broken(arrays, rng, np):
    """The tables with some numbers overwritten, or an array of another length."""
    out = dict(arrays)
    for name in rng.sample(sorted(out), rng.randrange(1, 4)):
        array = out[name].copy()
        if rng.random() < 0.1:
            array = array[: rng.randrange(len(array) + 1)]
        for _ in range(rng.randrange(1, 20) if len(array) else 0):
            value = rng.choice((0, 1, -1, 255, 1 << 31, rng.getrandbits(63), -rng.getrandbits(63)))
            array[rng.randrange(len(array))] = np.array(value & ((1 << 64) - 1), np.uint64).astype(array.dtype)
        out[name] = array
    return out


def _any(rng, np):
    kind = rng.choice((np.uint8, np.int32, np.uint32, np.int64, np.uint64, np.uint16, np.bool_))
    size = rng.choice((0, 1, 2, 3, 17, 64, 65, 257, 0x1100, 65536))
    if rng.random() < 0.05:
        return rng.choice((None, b"", b"abc", 3, (), np.zeros((2, 2), kind), np.zeros(20, kind)[::2]))
    values = np.array([rng.getrandbits(64) for _ in range(min(size, 64))] or [0], np.uint64)
    if rng.random() < 0.7:
        values %= np.uint64(rng.choice((1, 2, 5, 100)))
    return np.resize(values, size).astype(kind)


@functools.cache
def _characters():
    """Tables over all characters in which classes follow one another."""
    import numpy as np

    kind = np.resize(np.arange(7, dtype=np.uint8), 0x110000)
    return kind, np.zeros(0x110000, np.uint32), np.zeros(0x110000, np.uint64), np.ones(0x1100, np.uint8)


def _call(module, known, rng, np):
    def some():
        return _any(rng, np)

    n = rng.choice((0, 1, 5))
    tokens = tuple(np.resize(np.array([rng.randrange(8) for _ in range(8)]), size).astype(kind) for size, kind in [
        (40, np.uint32), (n + 1, np.int64), *[(n, np.int64)] * 3, (n, np.uint64), (n, np.int64), (n, np.uint16), (9, np.int64), (9, np.uint64),
        (9, np.int64), (9, np.uint64), *[(9, np.int64)] * 3])  # fmt: skip
    tokens = (tokens[0], np.sort(tokens[1]), *tokens[2:])
    up, written, width = np.arange(200, dtype=np.uint64), np.zeros(50, np.uint8), 1
    if rng.random() < 0.3:
        up, written, width = some(), some(), rng.choice((1, 4, 2))
    kind, letter, value, ready = _characters()
    calls = (
        lambda: module.runs(some(), rng.choice((1, 4, 2)), kind, ready, True),
        lambda: module.tokens(some(), rng.choice((1, 4)), kind, letter, value, up, tuple(some() for _ in range(7)), rng.choice((None, some()))),
        lambda: module.tokens(written, width, kind, letter, value, up, (np.array([0, 3, 0], np.int64), np.array([1], np.int64), *[
            np.array([rng.randrange(3)], np.int64) for _ in range(3)], np.ones(1, np.bool_), np.array([97, 98], np.uint32)), None),
        lambda: module.odd(written, width, *tokens[2:4], tokens[7], tokens[4], rng.choice((None, some()))),
        lambda: module.find(some(), some(), some(), rng.randrange(-2, 45)),
        lambda: module.learn(known, some(), some(), some(), some(), up, some()),
        lambda: module.plain(known, tokens, up, written, width),
        lambda: module.looks(known, tokens, up, written, width, rng.choice((None, some())), rng.choice((None, some()))),
        lambda: module.loose(known, tokens, up, rng.choice((np.zeros(65536, np.uint64), some()))),
        lambda: module.sift(
            known, written, width, rng.choice((np.array([0, 4, 4, 9, 51]), some())), (kind, letter, value, ready), up,
            rng.choice(((tokens[5], np.resize(np.arange(-1, 9, dtype=np.int32), 16), 4), (some(), some(), rng.randrange(-1, 40)))),
            (np.resize(tokens[7], 9) if n else np.ones(9, np.uint16), *tokens[8:15]), rng.choice((np.zeros(65536, np.uint64), some()))),
        lambda: module.register((some(), some(), some(), some(), rng.randrange(-1, 40)), (tokens[5], tokens[1], tokens[4], some(), some(), up)),
        lambda: module.register((np.full(8, 255, np.uint8), np.full(8, 255, np.uint8), some(), np.array(
            [rng.randrange(6) for _ in range(5)], np.uint32), 30), (tokens[5], tokens[1], tokens[4], np.zeros(n, np.int64), np.ones(n, np.bool_), up)),
        lambda: module.matches(tuple, [None] * 3, [1, 2, 3], ("a", "b"), some(), 9, some(), [(1.0, ())], some(), (1.0, ())),
    )  # fmt: skip
    rng.choice(calls)()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--seconds", type=int, default=60)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--library", help=argparse.SUPPRESS)
    a = ap.parse_args()
    if a.library:
        child(a.library, a.seconds, a.seed)
        return
    with tempfile.TemporaryDirectory() as tmp:
        library = build(pathlib.Path(tmp))
        preload = [subprocess.run(["gcc", f"-print-file-name={n}"], check=True, capture_output=True, text=True).stdout.strip() for n in ("libasan.so", "libubsan.so")]
        env = {**os.environ, "LD_PRELOAD": " ".join(preload), "ASAN_OPTIONS": "detect_leaks=0:abort_on_error=0", "PREFLIGHT_CORE": "on"}
        command = [sys.executable, __file__, "--library", str(library), "--seconds", str(a.seconds), "--seed", str(a.seed)]
        sys.exit(1 if subprocess.run(command, env=env).returncode else 0)


if __name__ == "__main__":
    main()
