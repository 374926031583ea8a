"""Run one target for a time: libFuzzer where atheris is installed, else mutations of the seeds; what crashes is kept and gone past."""

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

SLOW = 20
"""Seconds of processor time after which one input counts as a hang."""
MOST = 1 << 16
"""Bytes of an input."""


class HangError(Exception):
    """One input took too long."""


class Run:
    """The count of a run, and the first input of each distinct crash."""

    def __init__(self, target, folder, end):
        self.target, self.end, self.calls, self.crashes = target, end, 0, {}
        self.folder, self.work = folder, Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        self.began = time.monotonic()

    def __call__(self, data):
        from fuzz.target import attempt

        (self.folder / "last").write_bytes(data)
        signal.setitimer(signal.ITIMER_PROF, SLOW)
        try:
            fault = attempt(self.target, data, self.work)
        except HangError as e:
            fault = e
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        self.calls += 1
        if fault is not None:
            self.keep(data, fault)
        if self.calls % 64 == 0 and time.monotonic() > self.end:
            self.finish()

    def keep(self, data, fault):
        here = [
            f
            for f in traceback.extract_tb(fault.__traceback__)
            if "listing_preflight" in f.filename or "fuzz" in f.filename
        ]
        at = f"{Path(here[-1].filename).name}:{here[-1].name}" if here else "?"
        key = f"{type(fault).__name__} at {at}"
        if key not in self.crashes:
            name = hashlib.sha256(data).hexdigest()[:12]
            (self.folder / f"{self.target.name}-{name}").write_bytes(data)
            self.crashes[key] = {"input": f"{self.target.name}-{name}", "said": str(fault)[:200]}
            (self.folder / f"{self.target.name}-{name}.trace").write_text(
                "".join(traceback.format_exception(fault)), "utf-8", "backslashreplace"
            )

    def finish(self):
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        told = {"calls": self.calls, "cpu_s": round(sum(u.ru_utime + u.ru_stime for u in used), 1),
                "peak_mb": used[0].ru_maxrss // 1024, "crashes": self.crashes}  # fmt: skip
        (self.folder / "told.json").write_text(json.dumps(told), "utf-8")
        shutil.rmtree(self.work, ignore_errors=True)
        sys.stdout.flush()
        os._exit(0)


TOKENS = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\x80", b"\r", b"\n", b'"', b"'", b"<", b"&", b"]]>", b"<!--", b"&#x110000;", b"\x1b[0m", b"\\ud800", b"{", b"[", b"[" * 2000,
    b"{a: " * 200, b"&a [*a]", b"!!python/object", b"? {a: b}\n: c", b"<<: *a", b"9" * 5000, b"1e999", b"NaN", b"-1", b"0000-00-00", b"null", b"true", b"2026-13-45", b"PK\x03\x04", b"\x1f\x8b\x08", b"\xe2\x80\xae", b"=cmd|", b"\t", b",,,,,",
)  # fmt: skip


def mutated(data, others, chance):
    """The bytes with one to eight changes."""
    out = bytearray(data)
    for _ in range(1 << chance.randrange(4)):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(7):
            case 0 if out:
                out[at % len(out)] ^= 1 << chance.randrange(8)
            case 1 if out:
                out[at % len(out)] = chance.randrange(256)
            case 2:
                del out[at : at + (1 << chance.randrange(8))]
            case 3:
                out[at:at] = chance.choice(TOKENS)
            case 4:
                out[at : at + chance.randrange(8)] = chance.choice(TOKENS)
            case 5:
                one, start = chance.choice(others), chance.randrange(1 + len(others[0]))
                out[at:at] = one[start : start + (1 << chance.randrange(10))]
            case _:
                out[at:at] = out[at : at + (1 << chance.randrange(8))] * chance.randrange(1, 5)
    return bytes(out[:MOST])


def by_mutation(run, seeds, seed):
    chance = random.Random(seed)
    for one in seeds:
        run(one)
    while True:
        run(mutated(chance.choice(seeds), seeds, chance))


def by_coverage(run, seeds, seconds, seed, folder):
    import atheris

    for n, one in enumerate(seeds):
        (folder / "seeds" / str(n)).write_bytes(one)
    words = ("".join(rf"\x{byte:02x}" for byte in token) for token in TOKENS if len(token) < 60)
    (folder / "words").write_text("".join(f'"{word}"\n' for word in words), "ascii")
    options = [f"-max_total_time={seconds + 60}", f"-max_len={MOST}", "-timeout=600", "-rss_limit_mb=0", f"-seed={seed}",
               f"-dict={folder / 'words'}", "-verbosity=0", str(folder / "corpus"), str(folder / "seeds")]  # fmt: skip
    atheris.Setup([sys.argv[0], *options], run)
    signal.signal(signal.SIGPROF, hang)
    atheris.Fuzz()


def hang(*_):
    raise HangError(f"more than {SLOW} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--engine", choices=("atheris", "mutations"), default="mutations")
    parser.add_argument("--seed", type=int, default=22)
    given = parser.parse_args()
    for name in ("seeds", "corpus"):
        (given.folder / name).mkdir(parents=True, exist_ok=True)
    if given.engine == "atheris":
        import atheris

        with atheris.instrument_imports(include=["listing_preflight"], enable_loader_override=False):
            from fuzz.targets import TARGETS
    else:
        from fuzz.targets import TARGETS
    target = TARGETS[given.target]
    resource.setrlimit(resource.RLIMIT_AS, (target.memory, target.memory))
    sys.stderr = (given.folder / "stderr").open("w", encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGPROF, hang)
    seeds = list(target.seeds())
    run = Run(target, given.folder, time.monotonic() + given.seconds)
    if given.engine == "atheris":
        by_coverage(run, seeds, int(given.seconds), given.seed, given.folder)
    else:
        by_mutation(run, seeds, given.seed)


if __name__ == "__main__":
    main()
