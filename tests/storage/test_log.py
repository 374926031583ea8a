"""The log that a run and a service append to: events with level, time, command and version."""

import json

import pytest

from listing_preflight import __version__
from listing_preflight.cli.journal import Journal
from listing_preflight.errors import UsageError
from listing_preflight.service.journal import Journal as ServiceJournal
from listing_preflight.storage.log import open_log


def test_an_event_is_a_line_that_harms_no_reader(tmp_path):
    file, log = open_log(tmp_path / "log.jsonl", "scan")
    with file:
        log.info("seen", what="\x1b[31m\u202e\n")
    (line,) = (tmp_path / "log.jsonl").read_text("utf-8").splitlines()
    told = json.loads(line)
    assert line.isascii()
    assert (told["event"], told["level"], told["command"], told["version"]) == ("seen", "info", "scan", __version__)


@pytest.mark.parametrize("journal", [lambda path: Journal(path, "scan"), ServiceJournal])
def test_a_place_that_cannot_be_written_is_told_with_its_option(tmp_path, journal):
    with pytest.raises(UsageError, match=r"--log-file .*: cannot be written"):
        journal(str(tmp_path))


def test_run_and_service_append_to_one_file(tmp_path):
    path = tmp_path / "log.jsonl"
    with Journal(str(path), "scan") as one:
        one.ended({"listings": 1}, 0)
    with ServiceJournal(str(path)) as log:
        log("started", lists=2)
    assert [json.loads(line)["command"] for line in path.read_text("utf-8").splitlines()] == ["scan", "serve"]
