"""Who judges: this process, or workers under supervision."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from listing_preflight.errors import PreflightError
from listing_preflight.images.looked import Fault
from listing_preflight.running.nest import Make, open_nest
from listing_preflight.running.supervisor import Supervisor
from listing_preflight.running.worker import Checker, tried


class Answers(Protocol):
    """Answers that may still be under way."""

    def result(self) -> list[Any]:
        """The answer, or Fault, of each job."""
        ...


class Judges(Protocol):
    """Takes jobs and gives their answers."""

    def submit(self, jobs: Sequence[Any]) -> Answers:
        """Hand jobs over."""
        ...

    def close(self) -> None:
        """End what runs beside this process."""
        ...


class Known(NamedTuple):
    """Answers that are there."""

    answers: list[Any]

    def result(self) -> list[Any]:
        """They are."""
        return self.answers


class Here:
    """Judges in this process: what fails is tried again alone, what hangs or dies takes the process with it."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker

    def submit(self, jobs: Sequence[Any]) -> Answers:
        """Answer at once."""
        made = tried(lambda: self._checker.begin(jobs))
        found = [made] * len(jobs) if isinstance(made, Fault | PreflightError) else [tried(one) for one in made]
        return Known(
            [self._again(job) if isinstance(a, Fault) else _told(a) for job, a in zip(jobs, found, strict=True)]
        )

    def close(self) -> None:
        """Nothing runs beside it."""

    def _again(self, job: Any) -> Any:
        return _told(tried(lambda: next(answer() for answer in self._checker.begin([job]))))


def _told(answer: Any) -> Any:
    if isinstance(answer, PreflightError):
        raise answer
    return answer


def supervised(make: Make, ready: Checker, workers: int) -> Judges:
    """Workers under supervision, made ready as `make` does; `ready` is the same in this process."""
    return Supervisor(open_nest(make, ready), workers)
