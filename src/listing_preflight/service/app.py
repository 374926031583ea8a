"""The app: routes, bounds around them, and errors in one form."""

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from listing_preflight import __version__
from listing_preflight.service.checking import Checker
from listing_preflight.service.guard import Guard
from listing_preflight.service.keeper import Keeper
from listing_preflight.service.limits import Limits, Places
from listing_preflight.service.metrics import Metrics
from listing_preflight.service.problems import Problem, of_status
from listing_preflight.service.routes import Routes, router
from listing_preflight.service.watch import Log, Watch


def make_app(keeper: Keeper, limits: Limits, *, token: str | None, log: Log = lambda *_, **__: None) -> FastAPI:
    """The gate as an ASGI app; the caller loads the keeper, and closes keeper and `app.state.checker` after the last request."""
    counted, guard = Metrics(), Guard(token)
    checker = Checker(keeper, limits, counted)
    app = FastAPI(
        title="listing-preflight", version=__version__, docs_url=None, redoc_url=None,
        description="Checks listings for likely trademark, copyright and design risks before they are published.",
    )  # fmt: skip
    app.state.checker, app.state.metrics = checker, counted
    app.include_router(router(Routes(keeper, checker, limits, counted, guard)))
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    requests = Places(limits.requests, "busy", "too many requests at once; come again")
    app.add_middleware(Watch, guard=guard, places=requests, metrics=counted, log=log)
    return app


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return Response(error.body, error.status, headers=error.headers, media_type="application/json")


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    where = ".".join(map(str, error.errors()[0]["loc"][1:])) if error.errors() else None
    told = Problem(422, "bad-parameter", "a parameter is not what it should be", field=where)
    return Response(told.body, told.status, media_type="application/json")


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    told = of_status(error.status_code, str(error.detail))
    return Response(told.body, told.status, headers=error.headers, media_type="application/json")
