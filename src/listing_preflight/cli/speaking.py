"""Commands and groups whose help speaks the language that was asked for; a phrase without translation stays English."""

import inspect
from typing import Any

import click

from listing_preflight.cli.language import asked_for
from listing_preflight.reports.translate import translated

_MOST = 80
"""Characters of a command's line in the help of its group."""


def _said(text: str, ctx: click.Context) -> str:
    """A text of the help in the language of the arguments that the program was started with."""
    return translated(text, asked_for(ctx.find_root().obj or ()))


class SpeakingCommand(click.Command):
    """A command."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        _write_help(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options."""
        _write_options(self, ctx, formatter)


class ReaderGoneError(Exception):
    """Nobody reads standard output any more."""


class SpeakingGroup(click.Group):
    """A group of commands."""

    command_class = SpeakingCommand
    group_class = type

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; click itself would call a reader that goes away findings (exit code 1)."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ReaderGoneError from None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the group is for."""
        _write_help(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options and commands."""
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A line a command."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, _said(_paragraphs(c)[0], ctx)) for name, c in found if c is not None]
        with formatter.section(_said("Commands", ctx)):
            formatter.write_dl([(name, told if len(told) <= _MOST else told[: _MOST - 1] + "…") for name, told in rows])


def _write_help(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text("\n\n".join(_said(one, ctx) for one in _paragraphs(command)))


def _paragraphs(command: click.Command) -> list[str]:
    """The help of a command, each paragraph on one line."""
    return [" ".join(one.split()) for one in inspect.cleandoc(command.help or "").split("\n\n")]


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = [row for p in command.get_params(ctx) if isinstance(p, click.Option) and (row := _row(p, ctx))]
    with formatter.section(_said("Options", ctx)):
        formatter.write_dl(rows)


def _row(option: click.Option, ctx: click.Context) -> tuple[str, str] | None:
    """An option's line; what click adds about defaults stays behind what is said of it."""
    record, told = option.get_help_record(ctx), option.help
    if record is None or not told:
        return record
    return record[0], record[1].replace(told, _said(told, ctx), 1)
