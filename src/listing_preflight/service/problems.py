"""What a request is told when it gets no verdict: a status and `{"error": {"code", "message", "field"}}`."""

from collections.abc import Mapping

import orjson

from listing_preflight.reports.plain import visible

MOST_SHOWN = 300
"""Characters of a message: it may quote what the caller sent."""
_CODES = {404: "not-found", 405: "method-not-allowed"}


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """A request that cannot be answered; never a verdict."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status, self.code, self.message, self.field = status, code, message, field
        self.headers = dict(headers or {})
        super().__init__(message)

    @property
    def told(self) -> dict[str, object]:
        """What is wrong; whatever it quotes has lost its control characters and lone surrogates."""
        field = None if self.field is None else visible(self.field)[:MOST_SHOWN]
        return {"error": {"code": self.code, "message": visible(self.message)[:MOST_SHOWN], "field": field}}

    @property
    def body(self) -> bytes:
        """The same as JSON."""
        return orjson.dumps(self.told)

    def at_line(self, number: int) -> bytes:
        """The same for a line of a batch."""
        return orjson.dumps(self.told | {"line": number})


def of_status(status: int, detail: str) -> Problem:
    """The problem of a status that the framework itself answers with."""
    return Problem(status, _CODES.get(status, f"http-{status}"), detail)


def busy(code: str, message: str, seconds: int = 1) -> Problem:
    """Too much at once: come again."""
    return Problem(429, code, message, headers={"Retry-After": str(seconds)})


def unready(reason: str) -> Problem:
    """No lists to judge by yet."""
    return Problem(503, reason, "the lists are not loaded yet", headers={"Retry-After": "2"})
