"""serve: the gate over HTTP."""

import contextlib
import importlib.util
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from listing_preflight.cli.configured import ConfiguredCommand
from listing_preflight.cli.options import (
    Options,
    judging_options,
    list_options,
    log_option,
    option,
    suppressions_option,
)
from listing_preflight.errors import UsageError

if TYPE_CHECKING:
    from listing_preflight.service.state import Told

Policy = Literal["block", "review", "pass"]
_LIBRARIES = ("fastapi", "httpx", "prometheus_client", "python_multipart", "uvicorn")
REMEDY = 'pip install "listing-preflight[serve]"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """The values of the options that `serve` alone has."""

    host: str
    port: int
    token_file: str | None
    on_incomplete: Policy
    deadline_ms: int
    max_body: int
    max_queue: int


def need_extra(command: str) -> None:
    """UsageError where the libraries of the extra are not installed."""
    missing = [name for name in _LIBRARIES if importlib.util.find_spec(name) is None]
    if missing:
        raise UsageError(f"needs {missing[0]}, which is not installed", where=command, remedy=REMEDY)


@click.command("serve", cls=ConfiguredCommand)
@list_options
@judging_options
@suppressions_option
@log_option
@option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; others than loopback need a token."
)
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8321,
    show_default=True,
    help="Port to listen on; 0 is any free one.",
)
@option("--token-file", metavar="FILE", help="File with the token that callers send as `Authorization: Bearer`.")
@option(
    "--on-incomplete",
    type=click.Choice(["block", "review", "pass"]),
    default="block",
    show_default=True,
    help="What a caller is to do where something could not be checked.",
)
@option(
    "--deadline-ms",
    type=click.IntRange(min=1),
    default=30_000,
    show_default=True,
    metavar="N",
    help="Longest time to an answer.",
)
@option(
    "--max-body",
    type=click.IntRange(min=1),
    default=32 << 20,
    show_default=True,
    metavar="BYTES",
    help="Longest body, pictures included.",
)
@option(
    "--max-queue",
    type=click.IntRange(min=1),
    default=64,
    show_default=True,
    metavar="N",
    help="Listings that wait at once; more are told to come again.",
)
@option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that look at pictures.",
)
@option("-q", "--quiet", is_flag=True, help="Nothing on standard error but errors.")
def command(**options: Any) -> int:
    """Serve the gate over HTTP, on this machine alone unless a token is set."""
    need_extra("serve")
    own = {one.name: options.pop(one.name) for one in fields(Serving)}
    return _run(Serving(**own), Options(**options))


def _run(own: Serving, options: Options) -> int:
    from listing_preflight.service.app import make_app
    from listing_preflight.service.guard import check_address, read_token
    from listing_preflight.service.journal import Journal
    from listing_preflight.service.keeper import Keeper
    from listing_preflight.service.limits import Limits
    from listing_preflight.service.server import Service, bound

    token = read_token(Path(own.token_file)) if own.token_file else None
    check_address(own.host, token)
    limits = Limits(
        body=own.max_body, deadline=own.deadline_ms / 1000, queue=own.max_queue, policy=own.on_incomplete,
        requests=4 * own.max_queue,
    )  # fmt: skip
    keeper = Keeper(lambda: _told(options), absent=_absent)
    with Journal(options.log_file) as journal, contextlib.closing(bound(own.host, own.port)) as sock:
        app = make_app(keeper, limits, token=token, log=journal)
        host, port = sock.getsockname()[:2]
        _say(options, f"serving on http://{f'[{host}]' if ':' in host else host}:{port}")
        Service(
            app, keeper, say=lambda text: _say(options, text), follows_day=options.day is None, tidy=app.state.checker.close
        ).run(sock)  # fmt: skip
    return 0


def _say(options: Options, text: str) -> None:
    from listing_preflight.reports.plain import visible

    with contextlib.suppress(OSError, ValueError):  # nobody may listen any more, and the service goes on
        print(f"preflight: {visible(text)}", file=sys.stderr, flush=True) if not options.quiet else None


def _told(options: Options) -> "Told":
    """All that the options name, read anew."""
    from listing_preflight.cli.prepare import announce, roots, settings, stale
    from listing_preflight.decisions.suppression_files import read_suppressions
    from listing_preflight.reports.catalog import catalog
    from listing_preflight.service.state import Told

    told = settings(options)
    announce(told.marketplaces, "--marketplace")
    return Told(
        settings=told, words=catalog(options.lang or "en"), roots=roots(options.image_root),
        decisions=read_suppressions(Path(options.suppressions)) if options.suppressions else (),
        stale=lambda: stale(told.lists, options),
    )  # fmt: skip


def _absent(told: "Told") -> str | None:
    """Why words in pictures cannot be read, where that is asked for."""
    from listing_preflight.images import engines

    return engines.absent(told.settings.ocr) if told.settings.images else None


def own() -> list[click.Parameter]:
    """The options that `serve` alone has, which a configuration file may set too."""
    names = {one.name for one in fields(Serving)}
    return [param for param in command.params if param.name in names]
