"""Ask a running gate: `Client` and `AsyncClient`, with timeouts, few retries, and answers as plain values."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, NoReturn, Self

import httpx

from listing_preflight.errors import PreflightError

RETRIES = 3
LONGEST_WAIT = 10.0
"""Seconds that are waited before a retry at most, whatever the service asks for."""
_BUSY = frozenset({429, 503})
_LINES = {"Content-Type": "application/x-ndjson"}
Listing = Mapping[str, Any]
Pictures = Mapping[str, bytes]
"""Picture files by the path that the listing names them with."""


class ServiceError(PreflightError):
    """The service gave no verdict; `status` 0 where it could not be reached."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None) -> None:
        self.status, self.code, self.field = status, code, field
        super().__init__(message, where=f"{status} {code}" if status else code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the service says of one listing. `decision` is what to do, the policy for incomplete verdicts applied."""

    decision: Literal["pass", "review", "block"]
    verdict: Mapping[str, Any]
    lists: tuple[Mapping[str, Any], ...]
    ms: float
    policy: str | None
    unchecked: Mapping[str, Any]
    verdicts: tuple[Mapping[str, Any], ...]
    """All verdicts, one for each marketplace; `verdict` is the strictest."""

    @property
    def may_publish(self) -> bool:
        """Whether nothing speaks against it."""
        return self.decision == "pass"


def _answer(value: Mapping[str, Any]) -> Answer:
    return Answer(
        decision=value["decision"], verdict=value["verdict"], lists=tuple(value["lists"]), ms=value["ms"], policy=value["policy"],
        unchecked=value["unchecked"], verdicts=tuple(value.get("verdicts") or (value["verdict"],)),
    )  # fmt: skip


def _fault(value: Any, status: int) -> ServiceError:
    told = value.get("error") if isinstance(value, dict) else None
    if not isinstance(told, dict):
        return ServiceError(status, "no-answer", "the answer is none of this service")
    return ServiceError(status, str(told.get("code")), str(told.get("message")), told.get("field"))


def _read(response: httpx.Response) -> Any:
    try:
        value = response.json()
    except ValueError:
        value = None
    if response.status_code != httpx.codes.OK or not isinstance(value, dict):
        raise _fault(value, response.status_code)
    return value


def _reason(response: httpx.Response) -> str | None:
    """Why a service is not ready; what stands before it may answer in its place."""
    if response.status_code == httpx.codes.OK:
        return None
    try:
        return str(response.json().get("reason"))
    except (ValueError, AttributeError):
        return f"answer {response.status_code}"


def _one(text: str) -> Answer | ServiceError:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return _fault(None, 200)
    if not isinstance(value, dict):
        return _fault(None, 200)
    return _fault(value, 200) if "error" in value else _answer(value)


def _told(listing: Mapping[str, Any]) -> bytes:
    """A listing as JSON; what JSON cannot hold, an empty cell that is no number among it, is refused before it is sent."""
    try:
        return json.dumps(listing, allow_nan=False).encode()
    except (TypeError, ValueError) as e:
        raise ServiceError(422, "bad-listing", f"the listing is not JSON: {e}") from None


def _body(listing: Listing, pictures: Pictures | None, deadline_ms: int | None) -> dict[str, Any]:
    told = _told({**listing} if deadline_ms is None else {**listing, "deadline_ms": deadline_ms})
    if not pictures:
        return {"content": told, "headers": {"Content-Type": "application/json"}}
    files = [("listing", (None, told, "application/json"))]
    return {
        "files": [*files, *(("image", (name, data, "application/octet-stream")) for name, data in pictures.items())]
    }


def _wait(response: httpx.Response, tried: int) -> float:
    """Seconds before the next try: as the service asks, or longer each time, never all callers at once."""
    asked = response.headers.get("retry-after", "")
    least = float(asked) if asked.isdigit() else 0.5 * 2**tried
    return min(LONGEST_WAIT, least) * random.uniform(1.0, 1.25)  # noqa: S311 - spreads callers, hides nothing


def _options(url: str, token: str | None, timeout: float) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return {"base_url": url, "headers": headers, "timeout": timeout, "trust_env": False}


def _unreachable(error: httpx.HTTPError) -> NoReturn:
    raise ServiceError(0, "unreachable", f"the service could not be asked ({type(error).__name__}: {error})") from None


class Client:
    """Asks from ordinary code; a context manager. `timeout`: seconds of one try; retries follow on 429 and 503 alone."""

    def __init__(
        self, url: str = "http://127.0.0.1:8321", *, token: str | None = None, timeout: float = 30.0, retries: int = RETRIES,
        transport: httpx.BaseTransport | None = None,
    ) -> None:  # fmt: skip
        self._http = httpx.Client(**_options(url, token, timeout), transport=transport)
        self._retries = retries

    def check(self, listing: Listing, *, pictures: Pictures | None = None, deadline_ms: int | None = None) -> Answer:
        """The answer about one listing; ServiceError where there is none."""
        return _answer(_read(self._post("/v1/check", **_body(listing, pictures, deadline_ms))))

    def check_batch(self, listings: Iterable[Listing]) -> Iterator[Answer | ServiceError]:
        """Answers in the order of the listings, as they come; a listing that is none yields its error."""
        body, tried = b"".join(_told({**one}) + b"\n" for one in listings), 0
        while True:
            try:
                with self._http.stream("POST", "/v1/check-batch", content=body, headers=_LINES) as response:
                    if response.status_code not in _BUSY or tried >= self._retries:
                        if response.status_code != httpx.codes.OK:
                            response.read()
                            _read(response)
                        yield from map(_one, filter(None, response.iter_lines()))
                        return
            except httpx.HTTPError as e:
                _unreachable(e)
            time.sleep(_wait(response, tried))
            tried += 1

    def ready(self) -> str | None:
        """None when answers can be relied on, else the reason."""
        try:
            told = self._http.get("/readyz")
        except httpx.HTTPError:
            return "unreachable"
        return _reason(told)

    def _post(self, path: str, **told: Any) -> httpx.Response:
        tried = 0
        while True:
            try:
                response = self._http.post(path, **told)
            except httpx.HTTPError as e:
                _unreachable(e)
            if response.status_code not in _BUSY or tried >= self._retries:
                return response
            time.sleep(_wait(response, tried))
            tried += 1

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()


class AsyncClient:
    """The same for asyncio."""

    def __init__(
        self, url: str = "http://127.0.0.1:8321", *, token: str | None = None, timeout: float = 30.0, retries: int = RETRIES,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:  # fmt: skip
        self._http = httpx.AsyncClient(**_options(url, token, timeout), transport=transport)
        self._retries = retries

    async def check(
        self, listing: Listing, *, pictures: Pictures | None = None, deadline_ms: int | None = None
    ) -> Answer:
        """The answer about one listing; ServiceError where there is none."""
        return _answer(_read(await self._post("/v1/check", **_body(listing, pictures, deadline_ms))))

    async def check_batch(self, listings: Iterable[Listing]) -> AsyncIterator[Answer | ServiceError]:
        """Answers in the order of the listings, as they come; a listing that is none yields its error."""
        body, tried = b"".join(_told({**one}) + b"\n" for one in listings), 0
        while True:
            try:
                async with self._http.stream("POST", "/v1/check-batch", content=body, headers=_LINES) as response:
                    if response.status_code not in _BUSY or tried >= self._retries:
                        if response.status_code != httpx.codes.OK:
                            await response.aread()
                            _read(response)
                        async for text in response.aiter_lines():
                            if text:
                                yield _one(text)
                        return
            except httpx.HTTPError as e:
                _unreachable(e)
            await asyncio.sleep(_wait(response, tried))
            tried += 1

    async def ready(self) -> str | None:
        """None when answers can be relied on, else the reason."""
        try:
            told = await self._http.get("/readyz")
        except httpx.HTTPError:
            return "unreachable"
        return _reason(told)

    async def _post(self, path: str, **told: Any) -> httpx.Response:
        tried = 0
        while True:
            try:
                response = await self._http.post(path, **told)
            except httpx.HTTPError as e:
                _unreachable(e)
            if response.status_code not in _BUSY or tried >= self._retries:
                return response
            await asyncio.sleep(_wait(response, tried))
            tried += 1

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        await self.close()
