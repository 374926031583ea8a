"""What people decided: suppressions and the baseline."""

import json

from fuzz.target import Target, written
from listing_preflight.decisions.baseline import Parts
from listing_preflight.decisions.baseline_files import MANIFEST, SCHEMA, read_baseline
from listing_preflight.decisions.suppression_files import read_suppressions

DECISION = b"""listing: [S1, "SHOE-*"]
mark: NIKE
use: [identity, keyword]
status: accepted risk
reason: a surname
author: Ada
date: 2026-11-01
expires: 2027-01-01
severity: medium
"""
PARTS = Parts("TM001", "amazon.com", "S1", "nike", "identity")
ENTRY = json.dumps({"fingerprint": PARTS.fingerprint, "accepted": {"high": 2}} | PARTS._asdict()) + "\n"


def suppression(data, folder):
    written(folder / "d", "one.yaml", data)
    read_suppressions(folder / "d")


def shard(data, folder):
    digits = PARTS.fingerprint.partition(":")[2][:3]
    written(folder / "b", MANIFEST, json.dumps({"schema": SCHEMA}).encode())
    written(folder / "b" / digits[:2], f"{digits}.jsonl", data)
    read_baseline(folder / "b")


def head(data, folder):
    written(folder / "h", MANIFEST, data)
    read_baseline(folder / "h")


TARGETS = (
    Target("suppressions", lambda: [DECISION], suppression),
    Target("baseline", lambda: [ENTRY.encode()], shard),
    Target("baseline-head", lambda: [json.dumps({"schema": SCHEMA}).encode()], head),
)
