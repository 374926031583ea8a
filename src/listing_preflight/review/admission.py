"""Only the person who started the page, in this browser: a one-time key, then a cookie; no other site may ask or send."""

import hmac
import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from listing_preflight.service.guard import Guard
from listing_preflight.service.problems import Problem
from listing_preflight.service.watch import refuse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
    "cache-control": "no-store", "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin",
}  # fmt: skip


class Keys:
    """The key that the address of the page bears, and the session that follows from it."""

    def __init__(self) -> None:
        self.key, self._session = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self._name = f"preflight-review-{secrets.token_hex(4)}"  # cookies are shared by all ports of a machine

    def opens(self, given: str) -> bool:
        """Whether a key is the one of the address."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.key.encode())

    @property
    def cookie(self) -> str:
        """The header that makes a browser one of the session."""
        return f"{self._name}={self._session}; HttpOnly; SameSite=Strict; Path=/"

    def knows(self, header: str) -> bool:
        """Whether a request comes from the session."""
        try:
            found = SimpleCookie(header).get(self._name)
        except CookieError:
            return False
        return found is not None and hmac.compare_digest(found.value.encode(), self._session.encode())


class Admission:
    """The outermost layer of the page: who may ask, and the headers that every answer bears."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self._app, self._keys, self._guard = app, keys, Guard(None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *((k.encode(), v.encode()) for k, v in HEADERS.items())]
            await send(message)

        try:
            self._check(Request(scope))
        except Problem as e:
            await refuse(e, sending)
            return
        await self._app(scope, receive, sending)

    def _check(self, request: Request) -> None:
        self._guard.check(request.url.path, request.headers.get("host", ""), "")
        if request.url.path in ("/open", "/healthz"):
            return
        if not self._keys.knows(request.headers.get("cookie", "")):
            raise Problem(401, "unauthorised", "open the address that `preflight review` printed")
        origin = request.headers.get("origin")
        if request.method != "GET" and origin != f"http://{request.headers.get('host')}":
            raise Problem(403, "foreign-origin", "only the page itself may send decisions")
