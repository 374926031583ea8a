"""A batch: listings as JSON Lines in, answers as JSON Lines out, in order and as they come."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from listing_preflight.service.bodies import parsed, pieces
from listing_preflight.service.checking import Checker, listing_of, seconds_of
from listing_preflight.service.problems import Problem
from listing_preflight.service.state import State

PATIENCE = 600.0
"""Seconds in which the body of a batch has to come."""


class Streamed(Response):
    """A response whose body comes piece by piece. Unlike that of the framework it never takes from what the caller still sends."""

    def __init__(self, pieces: AsyncIterator[bytes], media_type: str) -> None:
        super().__init__(media_type=media_type)
        del self.headers["content-length"]
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the pieces as they come."""
        del scope, receive
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for piece in self._pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class Batch:
    """One batch. What comes in is read whatever becomes of what goes out: a caller that sends all before it reads is not left hanging;
    what waits in between is never more than the bound of a body.
    """

    def __init__(self, checker: Checker, state: State, request: Request) -> None:
        self._checker, self._state, self._request = checker, state, request
        self._lines: deque[bytes] = deque()
        self._more = asyncio.Event()
        self._fault: Problem | None = None
        self._is_whole = self._has_gone = False
        self._row = 0

    async def start(self) -> "asyncio.Task[None]":
        """Begin to read; returns when the first line, or what is wrong with the body, is there."""
        task = asyncio.create_task(self._read())
        await self._more.wait()
        if self._fault is not None and not self._lines:
            raise self._fault
        return task

    async def _read(self) -> None:
        rest: list[bytes] = []
        try:
            async for piece in pieces(self._request, self._checker.limits.body, time.monotonic() + PATIENCE):
                rest.append(piece)
                if b"\n" in piece:
                    *lines, last = b"".join(rest).split(b"\n")
                    self._lines += lines
                    rest = [last]
                    self._more.set()
            self._lines.append(b"".join(rest))
        except Problem as e:
            self._fault = e
        self._is_whole = True
        self._more.set()
        while (await self._request.receive())["type"] != "http.disconnect":
            pass
        self._has_gone = True

    async def answers(self) -> AsyncIterator[bytes]:
        """One line for each listing, an error where a line is none; an error last where the body was not taken to its end."""
        while True:
            while self._lines:
                if self._has_gone:
                    return
                self._row += 1
                if (text := self._lines.popleft()).strip():
                    yield await self._answer(text) + b"\n"
            if self._is_whole:
                break
            self._more.clear()
            await self._more.wait()
        if self._fault is not None:
            yield self._fault.body + b"\n"

    async def _answer(self, text: bytes) -> bytes:
        began = time.monotonic()
        try:
            value = parsed(text)
            seconds = seconds_of(value, self._checker.limits.deadline)
            listing = listing_of(value, self._checker.roots(self._state), self._row)
            return await self._checker.verdict(self._state, listing, began, seconds)
        except Problem as e:
            return e.at_line(self._row)
        except Exception as e:  # one listing does not end the batch
            return Problem(500, "internal", f"internal error ({type(e).__name__})").at_line(self._row)
