"""Who may ask: a token where one is set, and without one only callers who name this machine."""

import hashlib
import hmac
import ipaddress
from pathlib import Path

from listing_preflight.errors import UsageError, read_named
from listing_preflight.service.problems import Problem

SHORTEST = 16
"""Characters of a token."""
OPEN = frozenset({"/healthz", "/readyz", "/openapi.json"})
"""Paths that need no token: they tell nothing of listings."""


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_token(path: Path) -> str:
    """The token of a file: its one line."""
    token = read_named(path).strip()
    if len(token.split()) > 1:
        raise UsageError("holds more than one word", where=f"--token-file {path}", remedy="One token, nothing else")
    if len(token) < SHORTEST or not token.isascii():
        remedy = 'For example: python -c "import secrets; print(secrets.token_urlsafe(32))"'
        what = f"the token is too short: at least {SHORTEST} ASCII characters"
        raise UsageError(what, where=f"--token-file {path}", remedy=remedy)
    return token


def check_address(host: str, token: str | None) -> None:
    """UsageError where others than this machine could ask without a token."""
    if token is None and not is_loopback(host):
        remedy = "Give --token-file, or listen on 127.0.0.1"
        raise UsageError("only loopback addresses are served without a token", where=f"--host {host}", remedy=remedy)


class Guard:
    """Admits a request, or says why not."""

    def __init__(self, token: str | None) -> None:
        self._digest = hashlib.sha256(token.encode()).digest() if token else None

    @property
    def has_token(self) -> bool:
        """Whether callers prove themselves."""
        return self._digest is not None

    def check(self, path: str, host: str, authorization: str) -> None:
        """Problem 401 without the token; 403 where a page of another site has been led to this machine (its name in Host)."""
        if self._digest is None:
            if not is_loopback(_name(host)):
                raise Problem(
                    403, "foreign-host", "without a token only requests to this machine's own name are answered"
                )
            return
        if path in OPEN:
            return
        kind, _, given = authorization.partition(" ")
        # of digests, so that the time tells neither the token's letters nor its length
        same = hmac.compare_digest(hashlib.sha256(given.strip().encode("utf-8", "replace")).digest(), self._digest)
        if kind.casefold() != "bearer" or not same:
            raise Problem(401, "unauthorised", "a valid token is needed", headers={"WWW-Authenticate": "Bearer"})


def _name(host: str) -> str:
    """A Host header without its port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.count(":") == 1 else host
