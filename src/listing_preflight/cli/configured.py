"""A command whose options may come from the environment or a configuration file, each fault named where it stands."""

import os
import sys
from typing import Any, NoReturn

import click
from click.core import ParameterSource

from listing_preflight.cli import config
from listing_preflight.cli.language import asked_for
from listing_preflight.cli.speaking import SpeakingCommand
from listing_preflight.errors import UsageError
from listing_preflight.reports.plain import visible
from listing_preflight.reports.translate import translated

SETTINGS: list[click.Parameter] = []
"""Every option that a configuration file may set: those of scan, registered with the commands."""


class ConfiguredCommand(SpeakingCommand):
    """Reads the configuration before the options, and refuses one that lies in what is scanned."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context with the values of a configuration file as defaults."""
        if {"--help", "-h"} & set(args):
            return super().make_context(info_name, args, parent, **extra)
        found = config.load(args, [*self.params, *SETTINGS])
        for text in config.unknown_variables([*self.params, *SETTINGS]):
            print(f"warning: {visible(text)}", file=sys.stderr)
        extra["default_map"] = {
            p.name: found.values[key] for p in self.params if (key := config.key_of(p)) in found.values
        }  # fmt: skip
        try:
            ctx = super().make_context(info_name, args, parent, **extra)
        except click.BadParameter as e:
            _refuse(e, found)
        ctx.meta["configuration"] = found
        named = ctx.params.get("paths") or ctx.params.get("file") or ()
        config.refuse_scanned(found, (named,) if isinstance(named, str) else named)
        return ctx


def _refuse(error: click.BadParameter, found: config.Configuration) -> NoReturn:
    """The fault again, named by variable, or by file and line, where it does not come from the command line."""
    param, ctx = error.param, error.ctx
    source = ctx.get_parameter_source(param.name or "") if param is not None and ctx is not None else None
    if param is not None and source is ParameterSource.ENVIRONMENT:
        name = config.variable_of(param)
        raise UsageError(error.message.rstrip("."), where=f"{name}={os.environ.get(name, '')}") from None
    if param is not None and source is ParameterSource.DEFAULT_MAP:
        key = config.key_of(param)
        raise UsageError(f"{key}: {error.message.rstrip('.')}", where=found.where(key)) from None
    if type(error) is not click.BadParameter or ctx is None:
        raise error
    words = asked_for(ctx.find_root().obj or ())
    raise click.BadParameter(translated(error.message, words), ctx=ctx, param=param) from None


def origin(ctx: click.Context, param: click.Parameter) -> str:
    """Where the value of an option comes from."""
    found: config.Configuration = ctx.meta["configuration"]
    source = ctx.get_parameter_source(param.name or "")
    if source is ParameterSource.DEFAULT_MAP:
        return found.where(config.key_of(param))
    if source is ParameterSource.ENVIRONMENT:
        return f"environment ({config.variable_of(param)})"
    return "command line" if source is ParameterSource.COMMANDLINE else "default"


def show(ctx: click.Context) -> int:
    """Print every setting of scan with its value and where it comes from."""
    found: config.Configuration = ctx.meta["configuration"]
    click.echo(visible(f"configuration file: {found.path or 'none'}"))
    for param in sorted(ctx.command.params, key=config.key_of):
        if not param.expose_value:
            continue
        value = ctx.params[param.name or ""]
        if isinstance(value, tuple):
            value = ", ".join(":".join(v) if isinstance(v, tuple) else str(v) for v in value)
        shown = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        click.echo(visible(f"{config.key_of(param):<18} {shown:<24} {origin(ctx, param)}"))
    return 0
