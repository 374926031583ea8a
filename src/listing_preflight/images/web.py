"""One picture over http or https: every hop's address is checked, and the connection goes to that very address."""

import contextlib
import http.client
import ipaddress
import queue
import socket
import ssl
import threading
import time
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from listing_preflight import __version__
from listing_preflight.images.addresses import Address, is_public

SECONDS = 30.0
"""Time of one picture, redirects included."""
CONNECT_SECONDS = 8.0
_GLANCE_SECONDS = 0.2
"""How often a look-up is asked whether it is still wanted."""
MOST_BYTES = 32 << 20
REDIRECTS = 3
_PIECE = 1 << 16
_MOVED = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_SERVICES = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080}
)
"""Ports of other services above 1023 that browsers never ask over http either; below, only 80 and 443 are asked."""
_PATH = "/%:@!$&'()*+,;=-._~"
AGENT = f"listing-preflight/{__version__}"


class FetchError(Exception):
    """Why a picture was not fetched."""


class Target(NamedTuple):
    """Where one request goes."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


class Answer(NamedTuple):
    """What a server said in the end; the body is empty for 304."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def resolve(host: str, port: int) -> list[str]:
    """Addresses of a host, as the system resolves it."""
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Limits of a fetch, and what says which addresses may be asked; tests put in their own."""

    allowed: Callable[[Address], bool] = is_public
    resolve: Callable[[str, int], Sequence[str]] = resolve
    seconds: float = SECONDS
    most_bytes: int = MOST_BYTES
    redirects: int = REDIRECTS


@dataclass(slots=True, eq=False)
class Wire:
    """The socket of the moment, which another thread may cut: slow answers end at their time, whatever they trickle."""

    at: socket.socket | None = None
    is_cut: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def holds(self, one: socket.socket) -> None:
        """From now on this is the socket to cut."""
        with self._lock:
            self.at = one
            if self.is_cut:
                self._shut()

    def cut(self) -> None:
        """End whatever is read or written now, and later."""
        with self._lock:
            self.is_cut = True
            self._shut()

    def _shut(self) -> None:
        if self.at is not None:
            with contextlib.suppress(OSError):
                # The plain call, also of a TLS socket: its own would free what the reading thread still uses.
                socket.socket.shutdown(self.at, socket.SHUT_RDWR)


def get(url: str, headers: Mapping[str, str], terms: Terms, wire: Wire) -> Answer:
    """The answer to a GET, redirects followed; FetchError where there is none."""
    end = time.monotonic() + terms.seconds
    timer = threading.Timer(terms.seconds, wire.cut)
    timer.daemon = True
    timer.start()
    try:
        answer = _follow(url, headers, terms, wire, end)
        if wire.is_cut:  # what was cut looks like an answer that ended
            raise TimeoutError
        return answer
    except (OSError, http.client.HTTPException, ValueError) as e:
        if wire.is_cut or time.monotonic() >= end:
            raise FetchError(f"not done after {terms.seconds:.0f} s") from None
        raise FetchError(_why(e)) from None
    finally:
        timer.cancel()


def _why(e: Exception) -> str:
    if isinstance(e, ssl.SSLCertVerificationError):
        return f"its certificate does not hold ({e.verify_message})"
    if isinstance(e, TimeoutError):
        return "the server does not answer"
    if isinstance(e, http.client.HTTPException):
        return f"the answer is broken ({type(e).__name__})"
    return f"the connection failed ({getattr(e, 'strerror', None) or e})"


def _follow(url: str, headers: Mapping[str, str], terms: Terms, wire: Wire, end: float) -> Answer:
    at = target(url)
    for _ in range(terms.redirects + 1):
        answer = _hop(at, headers, terms, wire, end)
        where = answer.headers.get("location")
        if answer.status not in _MOVED or where is None:
            return answer
        url = urllib.parse.urljoin(url, where)
        after = target(url)
        if at.scheme == "https" and after.scheme == "http":
            raise FetchError("it is redirected from https to http")
        at = after
    raise FetchError(f"more than {terms.redirects} redirects")


def target(url: str) -> Target:
    """The parts of an address; FetchError where it is none that is fetched."""
    url = url.strip(" ")
    if any(ord(c) < 32 or c in "\\\x7f" for c in url):
        raise FetchError("the address holds characters that none has")
    try:
        parts = urllib.parse.urlsplit(url)
        scheme, host, port = parts.scheme.casefold(), parts.hostname, parts.port
        path = urllib.parse.quote(parts.path or "/", safe=_PATH)
        query = f"?{urllib.parse.quote(parts.query, safe=_PATH + '?')}" if parts.query else ""
        if scheme not in _PORTS:
            raise FetchError("the address is neither http nor https")
        if parts.username is not None or parts.password is not None:
            raise FetchError("the address holds a user name")
        name = host if host is None or ":" in host else host.encode("idna").decode()
    except ValueError:
        raise FetchError("the address cannot be understood") from None
    if not name or "%" in name:
        raise FetchError("the address names no host")
    port = _PORTS[scheme] if port is None else port
    if port in _SERVICES or (port < 1024 and port not in _PORTS.values()):
        raise FetchError(f"port {port} is another service's")
    return Target(scheme, name, port, path + query)


def _hop(at: Target, headers: Mapping[str, str], terms: Terms, wire: Wire, end: float) -> Answer:
    with (
        contextlib.closing(_connected(at, terms, wire, end)) as plain,
        contextlib.closing(_secured(plain, at, wire)) as ready,
    ):
        # The connection is made: this object only speaks over it, and may never open one of its own.
        speaker = http.client.HTTPConnection(at.host, at.port)
        speaker.auto_open = 0
        speaker.sock = ready
        told = {"Host": at.authority, "User-Agent": AGENT, "Accept": "image/*", "Accept-Encoding": "identity"}
        speaker.request("GET", at.path, headers=told | {"Connection": "close"} | dict(headers))
        with speaker.getresponse() as response:
            return _answer(response, terms)


def _connected(at: Target, terms: Terms, wire: Wire, end: float) -> socket.socket:
    trouble: OSError = TimeoutError()
    for address in _checked(at, terms, wire, end):
        left = min(CONNECT_SECONDS, end - time.monotonic())
        if left <= 0 or wire.is_cut:
            raise TimeoutError
        try:
            made = socket.create_connection((address, at.port), timeout=left)
        except OSError as e:
            trouble = e
        else:
            wire.holds(made)
            return made
    raise trouble


def _checked(at: Target, terms: Terms, wire: Wire, end: float) -> list[str]:
    """Addresses of the host that may be asked: those looked up here, and no later answer of a name server."""
    try:
        found = _resolved(at, terms, wire, end)
    except (OSError, UnicodeError):
        if wire.is_cut:
            raise TimeoutError from None
        raise FetchError(f"no such host: {at.host}") from None
    public = [address for address in dict.fromkeys(found) if terms.allowed(ipaddress.ip_address(address))]
    if not public:
        raise FetchError(f"{at.host} is not at a public address")
    return public


def _resolved(at: Target, terms: Terms, wire: Wire, end: float) -> Sequence[str]:
    """The look-up in a thread that is left behind when its time is over: the system's own cannot be cut."""
    done: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            done.put(terms.resolve(at.host, at.port))
        except Exception as e:
            done.put(e)

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    while not wire.is_cut and time.monotonic() < end:
        with contextlib.suppress(queue.Empty):
            found = done.get(timeout=_GLANCE_SECONDS)
            if isinstance(found, Exception):
                raise found
            return found
    raise TimeoutError


def _secured(plain: socket.socket, at: Target, wire: Wire) -> socket.socket:
    """The socket that is spoken over: for https one that has shown a certificate for the host's name."""
    if at.scheme == "http":
        return plain
    ready = context().wrap_socket(plain, server_hostname=at.host, do_handshake_on_connect=False)
    wire.holds(ready)
    try:
        ready.do_handshake()
    except BaseException:
        ready.close()
        raise
    return ready


@cache
def context() -> ssl.SSLContext:
    """TLS with the system's certificates, and certifi's beside them where that is installed."""
    made = ssl.create_default_context()
    with contextlib.suppress(ImportError):
        import certifi

        made.load_verify_locations(certifi.where())
    return made


def _answer(response: http.client.HTTPResponse, terms: Terms) -> Answer:
    headers = {k.casefold(): v for k, v in response.getheaders()}
    if response.status != 200:
        return Answer(response.status, headers, b"")
    if headers.get("content-encoding", "identity").strip().casefold() not in ("identity", ""):
        raise FetchError("it is sent compressed, which was not asked for")
    declared = response.length
    if declared is not None and declared > terms.most_bytes:
        raise FetchError(f"{declared} bytes, more than {terms.most_bytes}")
    body = bytearray()
    # read1 takes what has come and no more: a chunk that claims a negative size would have `read` take all there is.
    while piece := response.read1(_PIECE):
        body += piece
        if len(body) > terms.most_bytes:
            raise FetchError(f"more than {terms.most_bytes} bytes")
    if declared is not None and len(body) != declared:
        raise FetchError(f"{len(body)} of {declared} bytes came")
    return Answer(response.status, headers, bytes(body))
