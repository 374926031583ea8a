"""Run the app on an address until it is told to end; load before the first answer, reload on SIGHUP and at the turn of the day."""

import asyncio
import contextlib
import datetime
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator

import uvicorn
from fastapi import FastAPI

from listing_preflight.errors import PreflightError, UsageError
from listing_preflight.service.keeper import Keeper

GRACE = 30
"""Seconds that requests have to end in when the service is told to stop."""
_EACH = 30.0
"""Seconds between two looks whether a new day has begun."""
Say = Callable[[str], None]


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens; UsageError where the address cannot be had. Port 0 is any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as e:
        made.close()
        raise UsageError(
            f"cannot be listened on ({e.strerror})", where=f"{host}:{port}", remedy="Give another --port"
        ) from None
    return made


class Server(uvicorn.Server):
    """Ends in peace on the signals that end it: what was asked for is answered, the exit code is the caller's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the service where the event loop takes them."""
        loop = asyncio.get_running_loop()
        try:
            for one in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(one, self.handle_exit, one, None)
        except (NotImplementedError, ValueError, RuntimeError):  # Windows, or a thread of a test
            if threading.current_thread() is threading.main_thread():
                with super().capture_signals():
                    yield
                return
        yield


class Service:
    """One server with its keeper; `tidy` closes what the app holds."""

    def __init__(
        self, app: FastAPI, keeper: Keeper, *, say: Say, follows_day: bool, tidy: Callable[[], None] = lambda: None
    ) -> None:
        self._keeper, self._say, self._follows_day, self._tidy = keeper, say, follows_day, tidy
        self._fault: PreflightError | None = None
        app.router.lifespan_context = self._life
        config = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=GRACE, lifespan="on",
            ws="none", backlog=512,
        )  # fmt: skip
        self.server = Server(config)

    def run(self, sock: socket.socket) -> None:
        """Serve until a signal; PreflightError where the lists do not load at the start."""
        try:
            self.server.run(sockets=[sock])
        finally:
            self._tidy()
            self._keeper.close()
            sock.close()
        if self._fault is not None:
            raise self._fault

    @contextlib.asynccontextmanager
    async def _life(self, _: FastAPI) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError, AttributeError):
            loop.add_signal_handler(signal.SIGHUP, self._reload_soon)
        self._tasks = {asyncio.create_task(self._start())}
        try:
            yield
        finally:
            for task in self._tasks:
                task.cancel()

    async def _start(self) -> None:
        try:
            await self._keeper.reload()
        except PreflightError as e:
            self._fault, self.server.should_exit = e, True
            return
        why = self._keeper.unready
        self._say(f"ready{f', but {why[0]}: {why[1]}' if why else ''}")
        while self._follows_day:
            await asyncio.sleep(_EACH)
            if self._keeper.is_of_yesterday(datetime.datetime.now().astimezone().date()):
                await self._reload()

    def _reload_soon(self) -> None:
        task = asyncio.create_task(self._reload())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _reload(self) -> None:
        try:
            await self._keeper.reload()
        except PreflightError as e:
            self._say(f"the lists could not be reloaded; the ones before stay: {e}")
        else:
            self._say("the lists were reloaded")
