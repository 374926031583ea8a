"""The app: routes, bounds around them, and errors in one form."""

from fastapi import FastAPI

from listing_preflight import __version__
from listing_preflight.service.checking import Checker
from listing_preflight.service.faults import answer_problems
from listing_preflight.service.guard import Guard
from listing_preflight.service.keeper import Keeper
from listing_preflight.service.limits import Limits, Places
from listing_preflight.service.metrics import Metrics
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
    answer_problems(app)
    requests = Places(limits.requests, "busy", "too many requests at once; come again")
    app.add_middleware(Watch, guard=guard, places=requests, metrics=counted, log=log)
    return app
