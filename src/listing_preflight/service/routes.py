"""The routes of the gate."""

import contextlib
from collections.abc import Callable
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from listing_preflight.errors import PreflightError
from listing_preflight.model.rules import RULES
from listing_preflight.reports import pages
from listing_preflight.reports.jsonl import line
from listing_preflight.service import examples, metrics, uploads
from listing_preflight.service.batch import Batch, Streamed
from listing_preflight.service.bodies import media_type, parsed, pieces, whole
from listing_preflight.service.checking import Checker, listing_of, seconds_of
from listing_preflight.service.examples import content, errors
from listing_preflight.service.guard import Guard
from listing_preflight.service.keeper import Keeper
from listing_preflight.service.limits import Limits, Places
from listing_preflight.service.metrics import Metrics
from listing_preflight.service.problems import Problem

JSON, LINES, FORM = "application/json", "application/x-ndjson", "multipart/form-data"
_LINES = frozenset({LINES, "application/jsonl", "application/jsonlines", "application/x-jsonlines", JSON})
_FORM_SCHEMA = {
    "type": "object", "required": ["listing"],
    "properties": {
        "listing": examples.LISTING_SCHEMA,
        "image": {"type": "array", "items": {"type": "string", "format": "binary"}, "description": "Each with its path in the listing as its file name."},
    },
}  # fmt: skip


class Routes:
    """The handlers, with what they share."""

    def __init__(self, keeper: Keeper, checker: Checker, limits: Limits, metrics: Metrics, guard: Guard) -> None:
        self._keeper, self._checker, self._limits, self._metrics = keeper, checker, limits, metrics
        self._guard = guard
        self._batches = Places(limits.batches, "busy", "too many batches at once; come again")

    async def check(self, request: Request) -> Response:
        """One listing: its verdict. JSON, or a form with the listing and its picture files."""
        began, most = request.scope["began"], self._limits.deadline
        kind, until = media_type(request), began + most
        with self._keeper.borrowed() as state:
            if kind == FORM:
                answer = await self._check_form(request, state, began)
            elif kind == JSON:
                value = parsed(await whole(request, self._limits.body, until))
                seconds = seconds_of(value, most)
                answer = await self._checker.answer(
                    state, listing_of(value, self._checker.roots(state)), began, seconds
                )
            else:
                raise _other_type(JSON, FORM)
        return Response(answer, media_type=JSON)

    async def _check_form(self, request: Request, state: Any, began: float) -> bytes:
        most = self._limits.deadline
        stream = pieces(request, self._limits.body, began + most)
        with uploads.folder(self._checker.folder) as folder:
            async with contextlib.AsyncExitStack() as stack:
                parts = await uploads.form(request, stream, self._limits.body)
                stack.push_async_callback(parts.close)
                value = await uploads.listing_in(parts, folder)
            seconds = seconds_of(value, most)
            listing = listing_of(value, self._checker.roots(state, folder))
            return await self._checker.answer(state, listing, began, seconds)

    async def check_batch(self, request: Request) -> Response:
        """Listings as JSON Lines: their answers in order, as they come. All are judged by one state of the lists."""
        if media_type(request) not in _LINES:
            raise _other_type(LINES)
        async with contextlib.AsyncExitStack() as stack:
            stack.enter_context(self._batches.one())
            batch = Batch(self._checker, stack.enter_context(self._keeper.borrowed()), request)
            reading = await batch.start()
            stack.callback(reading.cancel)
            held = stack.pop_all()

        async def answers() -> Any:
            async with held:
                async for one in batch.answers():
                    yield one

        return Streamed(answers(), LINES)

    async def rules(self) -> Response:
        """The rules: their ids and names."""
        return _json([{"rule": rule, "name": name} for rule, name in RULES.items()])

    async def lists(self) -> Response:
        """The lists that answers come by."""
        with self._keeper.borrowed() as state:
            return _json([dict(one) for one in state.lists])

    async def explain(self, rule: str) -> Response:
        """The page of a rule, or of a published rule of a marketplace."""
        with self._keeper.borrowed() as state:
            told, tag = state.told.settings.rules, state.told.words.tag
            if (known := pages.known(rule)) is not None:
                return _json({"rule": known, "name": RULES[known], "page": pages.page(known, tag)})
            if (found := pages.published(rule, told)) is not None:
                return _json({"rule": found.id, "name": found.id, "page": pages.made(found)})
        raise Problem(404, "not-found", "no rule of that id or name", field="rule")

    async def reload(self) -> Response:
        """Read lists, seller file, policy and decisions anew; only where a token is set. The state before stays where that fails."""
        if not self._guard.has_token:
            raise Problem(404, "not-found", "reload over HTTP needs a token; send SIGHUP to the process")
        try:
            await self._keeper.reload()
        except PreflightError as e:
            raise Problem(503, "reload-failed", str(e)) from None
        return await self.lists()

    async def healthz(self) -> Response:
        """Whether the process lives."""
        return _json({"status": "alive"})

    async def readyz(self) -> Response:
        """Whether answers can be relied on: lists loaded and young enough, engines there."""
        why = self._keeper.unready
        if why is None:
            return _json({"status": "ready"})
        return _json({"reason": why[0], "detail": why[1]}, 503)

    async def metrics(self) -> Response:
        """Counters for Prometheus."""
        with self._keeper.borrowed() as state:
            dates = [(str(one["name"]), str(one["date"] or "")) for one in state.lists]
        ready = self._keeper.unready is None
        loads = (self._keeper.loads, self._keeper.failures)
        page = self._metrics.page(waiting=self._checker.places.taken, ready=ready, dates=dates, loads=loads)
        return Response(page, headers={"Content-Type": metrics.CONTENT_TYPE})


def _json(value: Any, status: int = 200) -> Response:
    return Response(line(value) if isinstance(value, dict) else orjson.dumps(value), status, media_type=JSON)


def _other_type(*known: str) -> Problem:
    return Problem(415, "media-type", f"the body is of another type than {' or '.join(known)}", field="content-type")


def router(routes: Routes) -> APIRouter:
    """The routes with what the description of the interface says of them."""
    made = APIRouter()
    answer = {200: {"description": "A verdict"} | content(JSON, examples.ANSWER_SCHEMA, examples.ANSWER)}
    listing = content(JSON, examples.LISTING_SCHEMA, examples.LISTING)["content"]
    form = {FORM: {"schema": _FORM_SCHEMA, "encoding": {"listing": {"contentType": JSON}}}}
    lines = content(LINES, {"type": "string"}, orjson.dumps(examples.LISTING).decode() + "\n")
    lines_out = {
        200: {"description": "Answers, one a line"}
        | content(LINES, {"type": "string"}, orjson.dumps(examples.ANSWER).decode() + "\n")
    }
    always = (401, 403, 429)

    def add(path: str, call: Callable[..., Any], method: str = "GET", **told: Any) -> None:
        made.add_api_route(path, call, methods=[method], response_class=Response, response_model=None, **told)

    body = {"requestBody": {"required": True, "content": listing | form}}
    add(
        "/v1/check",
        routes.check,
        "POST",
        responses=answer | errors(400, 408, 413, 415, 422, 503, *always),
        openapi_extra=body,
    )
    body = {"requestBody": {"required": True, **lines}}
    add(
        "/v1/check-batch",
        routes.check_batch,
        "POST",
        responses=lines_out | errors(408, 413, 415, 503, *always),
        openapi_extra=body,
    )
    add("/v1/rules", routes.rules, responses=_told([{"rule": "TM001", "name": "mark-in-text"}]) | errors(*always))
    add("/v1/lists", routes.lists, responses=_told(examples.ANSWER["lists"]) | errors(503, *always))
    page = {"rule": "TM001", "name": "mark-in-text", "page": "# TM001 …"}
    add("/v1/explain/{rule}", routes.explain, responses=_told(page) | errors(404, 422, 503, *always))
    add("/v1/reload", routes.reload, "POST", responses=_told(examples.ANSWER["lists"]) | errors(404, 503, *always))
    add("/healthz", routes.healthz, responses=_told({"status": "alive"}))
    not_ready = {
        503: {"description": "Not ready"} | content(JSON, {"type": "object"}, {"reason": "loading", "detail": "…"})
    }
    add("/readyz", routes.readyz, responses=_told({"status": "ready"}) | not_ready)
    add(
        "/metrics",
        routes.metrics,
        responses={200: {"description": "Counters", "content": {"text/plain": {}}}} | errors(503, *always),
    )
    return made


def _told(example: Any) -> dict[int | str, dict[str, Any]]:
    kind = "array" if isinstance(example, list) else "object"
    return {200: {"description": "Done"} | content(JSON, {"type": kind}, example)}
