"""The review page in a thread of the test: a report, a folder of decisions, and what a browser asks for."""

import contextlib
import datetime
import threading
from types import SimpleNamespace

import httpx

from listing_preflight.cli.scanning import items_of
from listing_preflight.readers.options import ReadOptions
from listing_preflight.review.admission import Keys
from listing_preflight.review.app import Page, make_app
from listing_preflight.review.crops import Crops
from listing_preflight.review.folder import Folder
from listing_preflight.review.marks import known
from listing_preflight.review.queue import Queue
from listing_preflight.review.report import Report
from listing_preflight.review.run import server
from listing_preflight.review.sources import Sources
from listing_preflight.service.server import bound
from listing_preflight.watchlists.index import open_lists

DAY = datetime.date(2026, 11, 29)


@contextlib.contextmanager
def paged(report, folder, lists, copies, *, catalog=(), author="Ada", lang="en"):
    """A page at `.address`; `.client` is a browser's session with it."""
    found = Report(report)
    marks = known(found, open_lists(lists, keep=False, say=lambda _: None).lists)
    sources = Sources(found)
    sources.load(lambda: items_of([str(c) for c in catalog], ReadOptions()))
    keys = Keys()
    copies.mkdir(exist_ok=True)
    crops = Crops(copies)
    page = Page(Queue(found, Folder(folder), DAY, marks.states), sources, crops, keys, marks, lang=lang, author=author)
    sock = bound("127.0.0.1", 0)
    running = server(make_app(page, keys))
    thread = threading.Thread(target=running.run, args=([sock],))
    thread.start()
    url = f"http://127.0.0.1:{sock.getsockname()[1]}"
    address = f"{url}/open?key={keys.key}"
    try:
        with httpx.Client(base_url=url, trust_env=False, timeout=30, headers={"Origin": url}) as client:
            client.get(f"/open?key={keys.key}")
            yield SimpleNamespace(url=url, address=address, client=client, report=found)
    finally:
        running.should_exit = True
        thread.join(30)
        crops.close()
        assert not thread.is_alive()
