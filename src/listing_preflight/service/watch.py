"""Around every request: who may ask, how many at once, how long it took; a log without anything that a caller wrote."""

import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from listing_preflight.service.guard import Guard
from listing_preflight.service.limits import Places
from listing_preflight.service.metrics import Metrics
from listing_preflight.service.problems import Problem

Log = Callable[..., None]
_CLOSED = 499
"""Status in metrics and logs where the caller went before the answer."""


class Watch:
    """The outermost layer of the app."""

    def __init__(self, app: ASGIApp, *, guard: Guard, places: Places, metrics: Metrics, log: Log) -> None:
        self._app, self._guard, self._places, self._metrics, self._log = app, guard, places, metrics, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), _CLOSED
        scope["began"] = began

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._admitted(scope, receive, sending)
        except Exception as e:  # its text might hold what a seller wrote: its kind and place are told
            self._log("fault", level="error", kind=type(e).__name__, at=_place(e))
            if status == _CLOSED:
                await refuse(Problem(500, "internal", f"internal error ({type(e).__name__})"), sending)
        finally:
            self._over(scope, status, time.monotonic() - began)

    async def _admitted(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        try:
            self._guard.check(
                scope["path"], headers.get(b"host", b"").decode("latin-1"),
                headers.get(b"authorization", b"").decode("latin-1"),
            )  # fmt: skip
            with self._places.one():
                await self._app(scope, receive, send)
        except Problem as e:
            await refuse(e, send)

    def _over(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "other")
        self._metrics.answered(route, status, seconds)
        self._log("request", method=_method(scope), route=route, status=status, ms=round(seconds * 1000, 1))


def _place(error: Exception) -> str:
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{Path(last.filename).name}:{last.lineno}"


def _method(scope: Scope) -> str:
    method = str(scope["method"])
    return method if method in ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE") else "other"


async def refuse(problem: Problem, send: Send) -> None:
    """Answer with a problem before any route was asked."""
    body = problem.body
    told: dict[str, Any] = {"Content-Type": "application/json", "Content-Length": str(len(body)), **problem.headers}
    headers = [(k.lower().encode(), v.encode()) for k, v in told.items()]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
