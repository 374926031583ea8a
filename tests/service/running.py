"""A service in a thread of the test, on a free port, with what it was told."""

import contextlib
import datetime
import threading
from types import SimpleNamespace

from listing_preflight.reports.catalog import catalog
from listing_preflight.scan import Settings
from listing_preflight.service.app import make_app
from listing_preflight.service.keeper import Keeper
from listing_preflight.service.limits import Limits
from listing_preflight.service.server import Service, bound
from listing_preflight.service.state import Told
from listing_preflight.watchlists.index import open_lists

DAY = datetime.date(2026, 11, 29)


def told(marks, *, suppressions=(), roots=(), stale=tuple, **settings):
    """What a service reads at each load."""
    found = open_lists([marks], keep=False, say=lambda _: None)
    settings = {"images": False, "cache": False, **settings}
    made = Settings(lists=found.lists, index=found.index, day=DAY, **settings)
    return Told(settings=made, words=catalog("en"), decisions=suppressions, roots=roots, stale=stale)


@contextlib.contextmanager
def serving(load, *, token=None, absent=lambda _: None, log=lambda *_, **__: None, wait=True, **limits):
    """A service that answers at `.url`; `.keeper` and `.app` are its parts."""
    keeper = Keeper(load, absent=absent)
    app = make_app(keeper, Limits(**limits), token=token, log=log)
    sock = bound("127.0.0.1", 0)
    said = []
    service = Service(app, keeper, say=said.append, follows_day=False, tidy=app.state.checker.close)
    thread = threading.Thread(target=service.run, args=(sock,))
    thread.start()
    try:
        while wait and thread.is_alive() and not (said or keeper.fault):
            thread.join(0.02)
        yield SimpleNamespace(
            url=f"http://127.0.0.1:{sock.getsockname()[1]}", keeper=keeper, app=app, said=said, server=service.server
        )  # fmt: skip
    finally:
        service.server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()
