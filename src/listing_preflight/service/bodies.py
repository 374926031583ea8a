"""Read bodies within bounds: counted while they stream, with an end to waiting, whatever their headers claim."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import ClientDisconnect, Request

from listing_preflight.readers.carriers.json_values import loads
from listing_preflight.service.problems import Problem

_DRAIN_SECONDS = 5.0
"""How long a body that is too large is still taken in and thrown away, so that its sender reads the answer."""
_GONE = 499


async def pieces(request: Request, most: int, until: float) -> AsyncIterator[bytes]:
    """The body as it comes; Problem 413 once it is longer than `most` bytes, 408 when it is not whole at `until`."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most and request.headers.get("expect"):
        raise _too_large(most)
    stream, taken = request.stream(), 0
    while True:
        piece = await _next(stream, until)
        if piece is None:
            return
        taken += len(piece)
        if taken > most:
            await _drain(stream, until)
            raise _too_large(most)
        yield piece


async def _next(stream: AsyncIterator[bytes], until: float) -> bytes | None:
    try:
        async with asyncio.timeout(max(0.0, until - time.monotonic())):
            return await anext(stream)
    except StopAsyncIteration:
        return None
    except TimeoutError:
        message = "the body was not whole by the deadline"
        raise Problem(408, "body-timeout", message, headers={"Connection": "close"}) from None
    except ClientDisconnect:
        raise Problem(_GONE, "gone", "the caller has gone") from None


async def _drain(stream: AsyncIterator[bytes], until: float) -> None:
    until = min(until, time.monotonic() + _DRAIN_SECONDS)
    try:
        while await _next(stream, until) is not None:
            pass
    except Problem:
        return


def _too_large(most: int) -> Problem:
    return Problem(413, "too-large", f"the body is longer than {most} bytes", headers={"Connection": "close"})


async def whole(request: Request, most: int, until: float) -> bytes:
    """The whole body."""
    return b"".join([piece async for piece in pieces(request, most, until)])


def media_type(request: Request) -> str:
    """The type of a body, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().casefold()


def parsed(data: bytes) -> dict[str, Any]:
    """The JSON object of a body; Problem 400 where it is no JSON, 422 where it is no object."""
    try:
        value = loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Problem(
            400, "not-json", "the body is empty" if not data.strip() else "the body is not JSON in UTF-8"
        ) from None
    if not isinstance(value, dict):
        raise Problem(422, "not-a-listing", "a listing is a JSON object")
    return value
