"""What an app answers where a request is none, or its framework refuses it: the same problem as JSON."""

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from listing_preflight.service.problems import Problem, of_status


def answer_problems(app: FastAPI) -> None:
    """Let an app answer problems of its own, of its framework and of parameters in one form."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


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
