"""A record that kills, stalls or floods its worker inside Spark is a gap of its own; and a lost row is never called complete."""

import pytest

from listing_preflight.spark import job
from tests.conftest import MARKS

pytest.importorskip("pyspark", reason="needs the spark extra")
KINDS = {"exit": "crashed", "segfault": "crashed", "hang": "timed-out", "allocate": "over-limit", "recurse": "crashed"}


class Poisoned:
    """In the place of the module of tasks; what is nested in a function travels to the workers by value."""

    @property
    def scan(self):
        def scan(batches, asked, known, schema):
            import os
            import signal
            import time

            from listing_preflight.running import supervisor
            from listing_preflight.scan import Engine
            from listing_preflight.spark import task

            def take(word):
                if word == "exit":
                    os._exit(9)
                if word == "segfault":
                    os.kill(os.getpid(), signal.SIGSEGV)
                if word == "hang":
                    time.sleep(3600)
                if word == "allocate":
                    return len(bytearray(4 << 30))
                return take(word)

            real = Engine._judged

            def judged(self, listing, seen, texts):
                title = listing.first("title")
                if title.startswith("POISON "):
                    take(title.split()[1])
                return real(self, listing, seen, texts)

            for one in task._scanners.values():
                one.__exit__()
            task._scanners.clear()
            Engine._judged, supervisor.SECONDS = judged, 5.0
            yield from task.scan(batches, asked, known, schema)

        return scan

    @property
    def count(self):
        from listing_preflight.spark import task

        return task.count


def test_exactly_the_poison_is_a_gap_and_a_lost_row_is_told(spark, tmp_path, monkeypatch):
    from listing_preflight.spark import scan, summary

    monkeypatch.setattr(job, "task", Poisoned())
    (tmp_path / "marks.yaml").write_text(MARKS, "utf-8")
    rows = [(f"S{n}", f"NIKE dupe shoes number {n}") for n in range(120)]
    for n, word in enumerate(KINDS):
        rows.insert(n * 20 + 3, (f"P-{word}", f"POISON {word}"))
    frame = spark.createDataFrame(rows, "id string, title string").coalesce(1)
    found = scan(frame, lists=[tmp_path / "marks.yaml"])
    found.write.parquet(str(tmp_path / "out"))
    written = spark.read.parquet(str(tmp_path / "out"))
    told = written.collect()
    assert {r["id"]: [g["kind"] for g in r["gaps"]] for r in told if r["gaps"]} == {
        f"P-{w}": [k] for w, k in KINDS.items()
    }
    assert {r["decision"] for r in told if not r["gaps"]} == {"review"}
    counts = summary(written, frame)
    assert (counts["rows_in"], counts["rows_out"], counts["gaps"], counts["complete"]) == (125, 125, 5, False)
    good = frame.where("title not like 'POISON%'")
    assert summary(written.where("size(gaps) = 0"), good)["complete"] is True
    assert summary(written.where("size(gaps) = 0 and id != 'S7'"), good)["complete"] is False
