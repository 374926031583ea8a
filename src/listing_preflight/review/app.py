"""The page of decisions: what it shows, and what it writes."""

import asyncio
import importlib.resources
import json
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response

from listing_preflight.errors import PreflightError
from listing_preflight.model.rules import RULES
from listing_preflight.reports import pages
from listing_preflight.reports.catalog import LANGUAGES, catalog
from listing_preflight.reports.plain import visible
from listing_preflight.review import deciding, evidence, phrases, rewrites
from listing_preflight.review.admission import Admission, Keys
from listing_preflight.review.crops import Crops
from listing_preflight.review.folder import Decision
from listing_preflight.review.marks import Known
from listing_preflight.review.queue import Filter, Queue
from listing_preflight.review.sources import Sources
from listing_preflight.service.bodies import parsed
from listing_preflight.service.faults import answer_problems
from listing_preflight.service.problems import Problem

MOST_ROWS = 200
"""Rows of the queue in one answer."""
MOST_BODY = 20_000
_KINDS = {
    "page.js": "text/javascript; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
Handler = Callable[..., Any]


class Page:
    """The handlers of the page, with what they share."""

    def __init__(
        self, queue: Queue, sources: Sources, crops: Crops, keys: Keys, marks: Known, *, lang: str, author: str
    ) -> None:  # fmt: skip
        self._queue, self._sources, self._crops, self._keys, self._marks = queue, sources, crops, keys, marks
        self._lang, self._author = lang, author

    async def open(self, key: str = "") -> Response:
        """From the printed address to the page: the key becomes a cookie, and leaves the address."""
        if not self._keys.opens(key):
            raise Problem(401, "unauthorised", "open the address that `preflight review` printed")
        return Response(status_code=303, headers={"Location": "/", "Set-Cookie": self._keys.cookie})

    async def page(self) -> Response:
        """The page itself; it holds no text of a seller."""
        return Response(_asset("page.html").replace("{lang}", self._lang), media_type="text/html")

    async def asset(self, name: str) -> Response:
        """Its script and its style."""
        if name not in _KINDS:
            raise Problem(404, "not-found", "no such file")
        return Response(_asset(name), headers={"Content-Type": _KINDS[name]})

    async def words(self, lang: str = "") -> Response:
        """The words of the page in a language."""
        tag = lang if lang in LANGUAGES else self._lang
        told = catalog(tag)
        tables = {name: dict(told.tables.get(name, {})) for name in ("values", "fields", "steps", "rules")}
        tables["rules"] = {rule: told.find("rules", rule) or name for rule, name in RULES.items()}
        return _json({"lang": tag, "languages": LANGUAGES, "ui": phrases.of(tag), **tables})

    async def state(self) -> Response:
        """What changes while people work: the version of the folder, what waits, what is wrong."""
        version = await asyncio.to_thread(self._queue.refresh)
        report, faults = self._queue.report, self._queue.folder.faults
        return _json({
            "version": version, "open": self._queue.open, "findings": report.findings, "baselined": report.baselined,
            "lacking": report.lacking._asdict() if report.lacking else None, "report": visible(report.path.name), "decisions": len(self._queue.folder.decisions),
            "faults": [*(f.text for f in faults[:20]), *report.faults[:20]], "author": self._author, "choices": deciding.CHOICES,
            "texts": {"ready": self._sources.is_loaded, "found": self._sources.found},
            "lists": {"changed": self._marks.changed, "missing": self._marks.missing},
        })  # fmt: skip

    async def queue(
        self, show: str = "open", severity: str = "", rule: str = "", q: str = "", start: int = 0, n: int = 100
    ) -> Response:  # fmt: skip
        """Some rows of the queue."""
        await asyncio.to_thread(self._queue.refresh)
        found = await asyncio.to_thread(self._queue.rows, Filter(show, severity, rule, q[:200]))
        start, n = max(0, start), max(0, min(n, MOST_ROWS))
        return _json({"total": len(found), "rows": [evidence.head(r) for r in found[start : start + n]]})

    async def cause(self, cause: str, start: int = 0) -> Response:
        """One group: what it says, some of its findings, the decisions about it."""
        await asyncio.to_thread(self._queue.refresh)
        row = self._queue.row(cause)
        if row is None:
            raise Problem(404, "not-found", "no such cause in this report")
        shown = await asyncio.to_thread(evidence.findings, self._queue.report, self._sources, row.group, max(0, start))
        told = evidence.head(row) | evidence.about(self._queue.report, row.group) | {"start": start, "items": shown}
        told["held"] = [self._held(i, n, None) for i, n in row.standing.by_decision.items()]
        told["held"] += [self._held(i, 0, why) for i, why in row.standing.ended.items()]
        told["can_follow_mark"] = row.group.target in self._marks.states
        return _json(told)

    def _held(self, wanted: str, findings: int, ended: str | None) -> dict[str, Any]:
        found: Decision | None = self._queue.folder.by_id(wanted)
        if found is None:
            return {"id": wanted, "findings": findings, "ended": ended}
        one = found.told
        return {
            "id": wanted, "findings": findings, "ended": ended, "status": one.status, "author": visible(one.author), "reason": visible(one.reason),
            "date": one.date.isoformat(), "expires": one.expires.isoformat() if one.expires else None, "until": sorted(one.until),
        }  # fmt: skip

    async def rule(self, rule: str, lang: str = "") -> Response:
        """The page of a rule."""
        if rule not in RULES:
            raise Problem(404, "not-found", "no such rule")
        return _json({"rule": rule, "page": pages.page(rule, lang if lang in LANGUAGES else self._lang)})

    async def decide(self, request: Request) -> Response:
        """Write a decision; 409 where one of its scope is there already."""
        told = await _sent(request)
        row = self._queue.row(str(told.get("cause")))
        if row is None:
            raise Problem(404, "not-found", "no such cause in this report", field="cause")
        choice = _asked(deciding.chosen, told)
        wanted = (
            [(i.listing, i.file, i.row) for i in deciding.covered(row.group, choice)] if choice.until_listing else []
        )
        states = self._sources.states(wanted)
        made = _asked(deciding.row, row.group, choice, self._queue.today, self._marks.states, states)
        _asked(self._queue.folder.check, made)
        return _json({"id": await asyncio.to_thread(self._write, made)}, 201)

    def _write(self, made: Mapping[str, Any]) -> str:
        try:
            return self._queue.folder.write(made)
        except PreflightError as e:
            taken = "of this scope is there" in e.what
            raise Problem(409 if taken else 503, "taken" if taken else "not-written", str(e)) from None

    async def undo(self, request: Request) -> Response:
        """Take a decision back."""
        wanted = str((await _sent(request)).get("id"))
        try:
            done = await asyncio.to_thread(self._queue.folder.take_back, wanted)
        except PreflightError as e:
            raise Problem(503, "not-written", str(e)) from None
        if not done:
            raise Problem(409, "gone", "the decision is not there any more")
        return _json({"id": wanted})

    async def accept(self, request: Request) -> Response:
        """Keep a proposed rewrite for `fix`, or let go of it."""
        told = await _sent(request)
        try:
            kept = await asyncio.to_thread(rewrites.keep, self._queue, told)
        except PreflightError as e:
            raise Problem(503, "not-written", str(e)) from None
        if kept is None:
            raise Problem(404, "not-found", "no such rewrite in this report", field="id")
        return _json(kept)

    async def accepted(self) -> Response:
        """The rewrites that were accepted, and the command that takes them."""
        return _json(await asyncio.to_thread(rewrites.kept, self._queue))

    async def picture(self, offset: int, number: int, place: int) -> Response:
        """The seller's picture with the place of a finding drawn into it."""
        listing, told = self._place(offset, number, place)
        found = self._sources.picture(listing, told["index"])
        if found is None or not found.path:
            raise Problem(404, "not-found", "the picture is not at hand; start review with --catalog")
        return await self._copy(found.path, found.roots, told.get("frame") or 0, told.get("box"))

    async def known(self, offset: int, number: int, place: int) -> Response:
        """The protected picture beside it."""
        listing, told = self._place(offset, number, place)
        found = listing["findings"][number]
        held = found.get("work") or found.get("mark") or {}
        folder = self._marks.folders.get(held.get("list", ""))
        if not folder or not told.get("known"):
            raise Problem(404, "not-found", "the list's picture is not at hand")
        return await self._copy(told["known"], (folder,), 0, None)

    def _place(self, offset: int, number: int, place: int) -> tuple[dict[str, Any], dict[str, Any]]:
        item = next(
            (i for g in self._queue.report.groups.values() for i in g.items if (i.offset, i.number) == (offset, number)), None
        )  # fmt: skip
        if item is None:
            raise Problem(404, "not-found", "no such finding")
        listing, found = self._queue.report.record(item)
        if not 0 <= place < len(found["evidence"]):
            raise Problem(404, "not-found", "no such place")
        return listing, found["evidence"][place]

    async def _copy(self, path: str, roots: tuple[str, ...], frame: int, box: Any) -> Response:
        file = await asyncio.to_thread(self._crops.of, path, roots, frame, tuple(box) if box else None)
        if file is None:
            raise Problem(404, "not-found", "the picture cannot be read")
        return Response(file.read_bytes(), media_type="image/webp")


async def _sent(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise Problem(415, "media-type", "the body is JSON")
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > MOST_BODY:
            raise Problem(413, "too-large", "the body is too long")
    return parsed(data)


def _asked(call: Any, *args: Any) -> Any:
    """What a call gives; what is wrong with the request as 422 with the field."""
    try:
        return call(*args)
    except PreflightError as e:
        raise Problem(422, "bad-choice", e.what, field=e.where.removeprefix("--") or None) from None


def _asset(name: str) -> str:
    return importlib.resources.files(__package__).joinpath("data", name).read_text("utf-8")


def _json(value: Any, status: int = 200) -> Response:
    try:
        body = orjson.dumps(value)
    except TypeError:  # a lone surrogate in an id
        body = json.dumps(value).encode()
    return Response(body, status, media_type="application/json")


def make_app(page: Page, keys: Keys) -> FastAPI:
    """The page as an ASGI app."""
    app = FastAPI(title="listing-preflight review", docs_url=None, redoc_url=None, openapi_url=None)
    routes: dict[str, Handler] = {
        "/open": page.open, "/": page.page, "/asset/{name}": page.asset, "/words": page.words, "/state": page.state, "/queue": page.queue,
        "/cause/{cause}": page.cause, "/rule/{rule}": page.rule, "/accepted": page.accepted,
        "/picture/{offset}/{number}/{place}": page.picture, "/known/{offset}/{number}/{place}": page.known,
    }  # fmt: skip
    for path, call in routes.items():
        app.add_api_route(path, call, methods=["GET"], response_class=Response, response_model=None)
    changes: dict[str, Handler] = {"/decide": page.decide, "/undo": page.undo, "/accept": page.accept}
    for path, call in changes.items():
        app.add_api_route(path, call, methods=["POST"], response_class=Response, response_model=None)
    answer_problems(app)
    app.add_middleware(Admission, keys=keys)
    return app
