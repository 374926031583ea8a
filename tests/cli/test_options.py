"""The typed options are what the commands hand over: no name and no default differs."""

import dataclasses

import click
import pytest

from listing_preflight.cli.configured import ConfiguredCommand
from listing_preflight.cli.main import cli, suppress
from listing_preflight.cli.options import Options
from listing_preflight.cli.suppressing import Answer

FIELDS = {one.name: one.default for one in dataclasses.fields(Options)}


def _commands(group):
    for one in group.commands.values():
        yield from _commands(one) if isinstance(one, click.Group) else [one]


COMMANDS = [one for one in _commands(cli) if isinstance(one, ConfiguredCommand)]


def _shared(command):
    return {p.name for p in command.params if getattr(p, "envvar", None) and p.expose_value}


def _least(command):
    """The shortest command line that the command takes."""
    needed = [p for p in command.params if p.required]
    return [text for p in needed for text in ([p.opts[0]] if isinstance(p, click.Option) else []) + ["x"]]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_default_of_an_option_is_that_of_its_field(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = command.make_context(command.name, _least(command)).params
    assert {name: given[name] for name in _shared(command)} == {name: FIELDS[name] for name in _shared(command)}


def test_every_field_is_an_option_of_some_command():
    assert {name for command in COMMANDS for name in _shared(command)} == FIELDS.keys()


def test_a_decision_takes_all_that_suppress_asks_for():
    own = {p.name for p in suppress.params} - {"paths"} - _shared(suppress) - {"config"}
    assert own == {one.name for one in dataclasses.fields(Answer)}
