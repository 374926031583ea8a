"""From a listing to the answer about it, by its deadline: pictures and long texts in processes, other verdicts in one thread."""

import asyncio
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pebble import ProcessExpired

from listing_preflight.images.looked import Looked
from listing_preflight.model.finding import Decision
from listing_preflight.model.listing import Listing, Origin
from listing_preflight.readers.formats.native import ListingError, make_listing
from listing_preflight.reports.jsonl import line
from listing_preflight.service.keeper import Keeper
from listing_preflight.service.limits import Limits, Places
from listing_preflight.service.metrics import Metrics
from listing_preflight.service.problems import Problem
from listing_preflight.service.state import Judged, State, is_long

_STRICTEST: tuple[Decision, ...] = ("block", "incomplete", "review", "pass")
_RESERVE, _RESERVED_SHARE = 0.25, 0.2
"""Seconds, or share of the deadline, that are kept for the verdict: pictures that take longer are gaps in it."""
_LEAST, _GRACE = 0.001, 0.5
"""Seconds that a verdict is waited for at least; where pictures have used the deadline, what is known of them is worth half a second."""


class Checker:
    """Answers about listings; one for the life of a service."""

    def __init__(self, keeper: Keeper, limits: Limits, metrics: Metrics) -> None:
        self._keeper, self.limits, self._metrics = keeper, limits, metrics
        self._judging = ThreadPoolExecutor(1, thread_name_prefix="judge")
        self._waiting = ThreadPoolExecutor(limits.queue + limits.batches, thread_name_prefix="wait")
        self._folder = tempfile.TemporaryDirectory(prefix="preflight-serve-")
        self.folder = Path(self._folder.name)
        """Where pictures of requests lie while they are looked at."""
        self._nothing = self.folder / "nothing"
        self._nothing.mkdir()
        self.places = Places(limits.queue, "busy", "too many listings are waiting; come again")

    def roots(self, state: State, *own: Path) -> tuple[str, ...]:
        """Folders that the paths of a request lead into: its own, and those of --image-root; else one that holds nothing."""
        return (*map(str, own), *state.told.roots) or (str(self._nothing),)

    async def answer(self, state: State, listing: Listing, began: float, seconds: float) -> bytes:
        """The answer about a listing; Problem 429 where too many are waiting."""
        with self.places.one():
            return await self.verdict(state, listing, began, seconds)

    async def verdict(self, state: State, listing: Listing, began: float, seconds: float) -> bytes:
        """The answer of the contract as JSON: verdict, lists, time spent, policy."""
        return self._told(state, await self._judged(state, listing, began + seconds, seconds), began)

    async def _judged(self, state: State, listing: Listing, until: float, seconds: float) -> Judged:
        found: list[Looked] = []
        if listing.pictures:
            looked_until = until - min(_RESERVE, _RESERVED_SHARE * seconds)
            found = await self._in(self._waiting, state.look, listing, looked_until)
        try:
            async with asyncio.timeout(max(_GRACE if listing.pictures else _LEAST, until - time.monotonic())):
                judged: Judged = await self._by_size(state, listing, found, until)
        except TimeoutError:
            detail = f"nothing was checked: the deadline of {seconds * 1000:.0f} ms was over"
            return state.unchecked(listing, "timed-out", detail)
        except ProcessExpired as e:
            return state.unchecked(listing, "crashed", f"nothing was checked: the worker died (exit {e.exitcode})")
        return judged

    async def _by_size(self, state: State, listing: Listing, found: list[Looked], until: float) -> Any:
        if not is_long(listing):
            return await self._in(self._judging, state.judge, listing, found)
        verdicts = await self._in(self._waiting, state.apart, listing, found, until)
        return await self._in(self._judging, state.tell, verdicts)

    async def _in(self, pool: ThreadPoolExecutor, call: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(pool, call, *args)

    def _told(self, state: State, judged: Judged, began: float) -> bytes:
        verdicts, lines = judged
        worst = min(range(len(verdicts)), key=lambda n: _STRICTEST.index(verdicts[n].decision))
        stale = state.told.stale()
        gaps = [*stale, *(gap for v in verdicts for gap in v.gaps)]
        unread = sum(len(v.unread) for v in verdicts)
        incomplete = any(v.decision == "incomplete" for v in verdicts) or bool(gaps)
        decision, policy = self._decision(verdicts[worst].decision, incomplete=incomplete)
        self._metrics.saw(verdicts, gaps)
        unchecked = line({"gaps": len(gaps), "unread": unread, "not_requested": sum(v.not_requested for v in verdicts),
                          "stale": [gap.detail for gap in stale]})  # fmt: skip
        more = f', "verdicts": [{", ".join(lines)}]' if len(lines) > 1 else ""
        ms = (time.monotonic() - began) * 1000
        return (
            f'{{"verdict": {lines[worst]}, "lists": {state.head}, "ms": {ms:.1f}, "policy": {policy}, '
            f'"decision": "{decision}", "unchecked": {unchecked}{more}}}'
        ).encode()

    def _decision(self, decision: str, *, incomplete: bool) -> tuple[str, str]:
        """What the caller is to do, and as JSON the policy that was applied: the stricter of verdict and policy."""
        if not incomplete or decision == "block":
            return decision, "null"
        if decision == "review" and self.limits.policy != "block":
            return decision, "null"
        return self.limits.policy, f'"on-incomplete:{self.limits.policy}"'

    def close(self) -> None:
        """Let go of the threads; what is still judged ends first."""
        self._judging.shutdown(wait=True, cancel_futures=True)
        self._waiting.shutdown(wait=False, cancel_futures=True)
        self._folder.cleanup()


def listing_of(value: dict[str, Any], roots: tuple[str, ...], row: int = 1) -> Listing:
    """The listing of a request; Problem 422 names the field where it is none."""
    try:
        return make_listing(value, Origin(file="-", row=row), roots)
    except ListingError as e:
        field, colon, _ = str(e).partition(": ")
        raise Problem(422, "not-a-listing", str(e), field=field if colon else None) from None


def seconds_of(value: dict[str, Any], most: float) -> float:
    """The deadline of a request in seconds, taken out of its object: never longer than that of the service."""
    told = value.pop("deadline_ms", None)
    if told is None:
        return most
    if isinstance(told, bool) or not isinstance(told, int | float) or not told > 0:
        raise Problem(422, "bad-deadline", "deadline_ms is a number of milliseconds above 0", field="deadline_ms")
    return min(told, most * 1000) / 1000
