"""What the service counts, as Prometheus reads it; no label holds anything that a caller wrote."""

import datetime
from collections.abc import Iterable, Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Counters of one service."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = self._counter("requests", "Requests answered.", "route", "status")
        self._verdicts = self._counter("verdicts", "Verdicts by decision.", "decision")
        self._gaps = self._counter("gaps", "Things that could not be checked.", "kind")
        self._loads = Gauge(
            "preflight_list_loads",
            "Times that the lists were read since the start.",
            ("result",),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "preflight_request_seconds", "Time from the first byte to the answer.", ("route",), buckets=_BUCKETS,
            registry=self._registry,
        )  # fmt: skip
        self._waiting = Gauge("preflight_waiting", "Listings that wait for their verdict.", registry=self._registry)
        self._ready = Gauge("preflight_ready", "1 while the service is ready.", registry=self._registry)
        self._age = Gauge("preflight_list_age_days", "Age of a list's data.", ("list",), registry=self._registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"preflight_{name}", told, labels, registry=self._registry)

    def answered(self, route: str, status: int, seconds: float) -> None:
        """A request is over."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def saw(self, verdicts: Iterable[Verdict], gaps: Sequence[Gap]) -> None:
        """Verdicts were given."""
        for one in verdicts:
            self._verdicts.labels(one.decision).inc()
        for gap in gaps:
            self._gaps.labels(gap.kind).inc()

    def page(
        self, *, waiting: int, ready: bool, dates: Iterable[tuple[str, str | None]], loads: tuple[int, int]
    ) -> bytes:
        """The page that Prometheus reads; `dates` are the lists with the day of their data, `loads` those done and those that failed."""
        for result, count in zip(("done", "failed"), loads, strict=True):
            self._loads.labels(result).set(count)
        self._waiting.set(waiting)
        self._ready.set(int(ready))
        self._age.clear()
        today = datetime.datetime.now().astimezone().date()
        for name, date in dates:
            try:
                age = (today - datetime.date.fromisoformat((date or "")[:10])).days
            except ValueError:
                continue
            self._age.labels(name).set(age)
        return generate_latest(self._registry)
