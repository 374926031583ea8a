"""A job that kills, stalls or floods its worker is a fault of its own; all others are answered, in their order."""

import faulthandler
import os
import pathlib
import signal
import socket
import threading
import time

import pytest

from listing_preflight.errors import ListError
from listing_preflight.images.looked import Fault
from listing_preflight.running import supervisor
from listing_preflight.running.judges import Here
from listing_preflight.running.nest import _ASK, Forking, Spawning, _template
from listing_preflight.running.supervisor import Supervisor


class Poisoned:
    """Answers a number with its double; words do what they say, in `begin` when they are written in capitals."""

    def begin(self, jobs):
        for job in jobs:
            if isinstance(job, str) and job.isupper():
                do(job.lower())
        return [lambda job=job: do(job) for job in jobs]

    def warm(self):
        pass


def do(job):
    if job == "exit":
        os._exit(9)
    if job == "segfault":
        faulthandler.disable()
        os.kill(os.getpid(), signal.SIGSEGV)
    if job == "real time":
        os.kill(os.getpid(), signal.SIGRTMIN + 3)
    if job == "hang":
        time.sleep(3600)
    if job == "allocate":
        return len(bytearray(4 << 30))
    if job == "recurse":
        return do(job)
    if job == "list":
        raise ListError("is damaged", where="marks.lcx")
    return job * 2


KINDS = {"exit": "crashed", "segfault": "crashed", "hang": "timed-out", "allocate": "over-limit", "recurse": "crashed"}


NESTS = {
    "forked": lambda: Forking(Poisoned, Poisoned()),
    "fresh template": lambda: Forking(Poisoned),
    "spawned": lambda: Spawning(Poisoned),
}


@pytest.mark.parametrize(
    ("kind", "at"),
    [("forked", "answering"), ("forked", "beginning"), ("fresh template", "answering"), ("spawned", "answering")],
)
def test_exactly_the_poison_is_a_fault(kind, at):
    jobs = list(range(150))
    places = {3: "exit", 40: "segfault", 77: "hang", 78: "allocate", 149: "recurse"}
    for n, word in places.items():
        jobs[n] = word.upper() if at == "beginning" else word
    with Supervisor(NESTS[kind](), 2, seconds=4.0 if kind != "spawned" else 10.0) as crew:
        first, second = crew.submit(jobs), crew.submit([7])
        answers = first.result()
        assert second.result() == [14]
    assert {n: a.kind for n, a in enumerate(answers) if isinstance(a, Fault)} == {
        n: KINDS[w] for n, w in places.items()
    }
    assert [a for a in answers if not isinstance(a, Fault)] == [n * 2 for n in range(150) if n not in places]


def test_a_fault_says_how_the_worker_ended():
    with Supervisor(Forking(Poisoned, Poisoned()), 1) as crew:
        exits, dies, floods = crew.submit(["exit", "segfault", "allocate"]).result()
    assert exits.detail == "the worker that judged it died (exit 9)"
    assert dies.detail == "the worker that judged it died (signal 11, SIGSEGV)"
    assert floods.detail == "takes more than 2 GB of memory to be judged"


def test_a_signal_without_a_name_is_told_by_its_number():
    with Supervisor(Forking(Poisoned, Poisoned()), 1) as crew:
        (found,) = crew.submit(["real time"]).result()
    assert found.kind == "crashed"
    assert found.detail.endswith(f"died (signal {signal.SIGRTMIN + 3}, unnamed)")


class Counting:
    """Answers with how many jobs it has done, it and those that it was forked from."""

    def __init__(self):
        self.done = 0

    def begin(self, jobs):
        return [lambda job=job: self._count(job) for job in jobs]

    def warm(self):
        pass

    def _count(self, job):
        if job == "exit":
            os._exit(9)
        self.done += 1
        return self.done


def test_after_losses_new_workers_know_what_others_have_answered(monkeypatch):
    monkeypatch.setattr(supervisor, "LESSONS", {1: 2})
    with Supervisor(Forking(Counting, Counting()), 1) as crew:
        first = crew.submit(["a", "exit", "b", "c", "d"]).result()
        second = crew.submit(["exit", "e"]).result()
    assert [a for a in first if not isinstance(a, Fault)] == [1, 1, 2, 3]
    assert second[1] == 3


def test_a_job_that_fails_once_is_answered_when_it_is_tried_alone(tmp_path):
    class Shy(Poisoned):
        def begin(self, jobs):
            return [lambda job=job: self.answer(job) for job in jobs]

        def answer(self, job):
            met = tmp_path / str(job)
            if job == 5 and not met.exists():
                met.touch()
                os._exit(3)
            return job

    with Supervisor(Forking(Shy, Shy()), 2) as crew:
        assert crew.submit(list(range(50))).result() == list(range(50))
    assert (tmp_path / "5").exists()


def test_an_error_of_the_users_files_ends_the_run():
    with Supervisor(Forking(Poisoned, Poisoned()), 1) as crew, pytest.raises(ListError, match=r"marks\.lcx"):
        crew.submit([1, "list", 2]).result()
    with pytest.raises(ListError, match=r"marks\.lcx"):
        Here(Poisoned()).submit([1, "list", 2])


def test_what_fails_in_this_process_is_a_fault_too():
    found = Here(Poisoned()).submit([1, "recurse", 2]).result()
    assert [found[0], found[2]] == [2, 4]
    assert found[1].kind == "crashed"
    assert found[1].detail.startswith("judging failed: RecursionError")


def test_a_worker_makes_room_for_a_fresh_one(monkeypatch):
    monkeypatch.setattr(supervisor, "TASKS", 2)

    class Who(Poisoned):
        def begin(self, jobs):
            return [os.getpid for _ in jobs]

    with Supervisor(Forking(Who, Who()), 1) as crew:
        seen = [crew.submit([0]).result()[0] for _ in range(6)]
    assert len(set(seen)) == 3


def test_where_other_threads_run_nothing_is_forked_from_this_process():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        with Supervisor(Forking(Poisoned, Poisoned()), 1) as crew:
            assert crew.submit([1, "exit", 3]).result()[::2] == [2, 6]
    finally:
        stop.set()
        thread.join()


def test_no_process_outlives_a_crew_that_is_closed_while_one_hangs():
    nest = Forking(Poisoned, Poisoned())
    crew = Supervisor(nest, 2)
    crew.submit(["hang"] * 40)
    pids = [b.worker.pid for b in crew._busy]
    crew.close()
    assert len(pids) == 2
    for pid in pids:
        assert _ends(pid)


def _ends(pid):
    """Whether a process is gone, or dead and not yet collected, within ten seconds."""
    for _ in range(1000):
        stat = pathlib.Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.01)
    return False


def test_a_parent_that_goes_away_while_it_is_answered_is_no_fault():
    mine, theirs = socket.socketpair()
    with theirs:
        mine.sendall(_ASK.pack(b"F", 0))
        mine.close()
        _template(theirs, None, Poisoned, Poisoned())  # ends, and raises nothing
