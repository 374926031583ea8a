"""Write docs/reference from the code: options, settings, exit codes and the keys of every file; a test holds it to the code.

python scripts/make_reference.py
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from listing_preflight.cli import config, configured
from listing_preflight.cli.main import cli
from listing_preflight.readers.names import MODULES
from listing_preflight.decisions import baseline_files, suppression_files
from listing_preflight.judging import seller
from listing_preflight.model.mark import KINDS, STATUSES
from listing_preflight.readers import draft
from listing_preflight.reports.records import SCHEMA
from listing_preflight.running import resume
from listing_preflight.watchlists import entries

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
HEAD = "<!-- made by scripts/make_reference.py from the code; edit the code -->\n"


VERSIONS = """| written | schema | read by later versions |
|---|---|---|
| report | `{report}` | fields are added, never renamed or taken out; another number is another format |
| baseline | `{baseline}` | entries hold the parts of their fingerprint: when its version rises they are followed on reading, and written anew by \
`baseline prune` or `create`; a newer one is refused |
| finished chunks of `--resume` | `{resume}` | another number, program or Python: every listing is judged again |
| watch-list | none | keys are added; a list carries its own version and day and is updated apart from the package |
| compiled list | in its head | compiled anew from its lists; the cache does it by itself |
"""


def commands(group: click.Group, path: str = "listing-preflight") -> Iterator[tuple[str, click.Command]]:
    """Every command with its whole name, in the order of names."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def options_page() -> str:
    """Every command with its arguments and options."""
    out = [HEAD, "# Commands and options\n", "`preflight` is the same command under its short name.\n"]
    for name, command in commands(cli):
        ctx = click.Context(command, info_name=name)
        pieces = " ".join(command.collect_usage_pieces(ctx))
        told = " ".join((command.help or "").split())
        out += [f"\n## {name}\n", f"`{name} {pieces}`\n", f"{told}\n"]
        rows = [record for p in command.params if (record := p.get_help_record(ctx))]
        out += (
            ["\n| option | what it does |\n|---|---|", *(f"| `{_cell(o)}` | {_cell(h)} |" for o, h in rows), ""]
            if rows
            else []
        )
    return "\n".join(out)


def settings_page() -> str:
    """Every key of preflight.toml with its variable and flag."""
    out = [
        HEAD, "# preflight.toml\n",
        ("Settings stand in `preflight.toml`, or under `[tool.preflight]` of `pyproject.toml`, found from the working directory upward, or in the file "
        "of `--config`; never in what is scanned. A flag wins over the environment, that over the file. Paths are relative to the file. Options that can be "
        "repeated are lists here; in a variable paths are separated as in `PATH`, reports by line ends, other values by spaces.\n\n"
        "`preflight config show` prints every setting with its value and where it comes from.\n"),
        "| key | variable | flag | what it does |", "|---|---|---|---|",
    ]  # fmt: skip
    for param in sorted(configured.SETTINGS, key=config.key_of):
        if isinstance(param, click.Option) and param.expose_value:
            flags = " ".join([*param.opts, *param.secondary_opts])
            out.append(
                f"| `{config.key_of(param)}` | `{config.variable_of(param)}` | `{flags}` | {_cell(param.help or '')} |"
            )
    return "\n".join([*out, ""])


def files_page() -> str:
    """The keys of every file that people write, and the versions of those that the program writes."""
    return "\n".join([
        HEAD, "# Files\n",
        "Unknown keys are errors with a suggestion, but for those that begin with `x-`. Lists, seller files, overlays and decisions are YAML or JSON.\n",
        "## Watch-list\n", _keys("`list`", entries.LIST_FIELDS), _keys("An entry of `marks`", entries.MARK_FIELDS),
        _keys("An entry of `registrations`", entries.REGISTRATION_FIELDS), _keys("An entry of `works`", entries.WORK_FIELDS),
        f"Kinds: {', '.join(KINDS)}. States: {', '.join(STATUSES)}, or an office's own code (`US:710`).\n",
        "## Seller file\n", _keys("An entry of `authorisations`", seller.FIELDS), f"Kinds: {', '.join(seller.KINDS)}.\n",
        "## Decision\n", _table(suppression_files.KEYS),
        "## Mapping\n", "Column to field: " + ", ".join(f"`{f}`" for f in draft.TARGETS) + ".\n",
        "## Formats that are read\n", ", ".join(f"`{one}`" for one in MODULES) + ".\n",
        "## Versions\n", VERSIONS.format(report=SCHEMA, baseline=baseline_files.SCHEMA, resume=resume.SCHEMA),
    ])  # fmt: skip


def _keys(title: str, keys: frozenset[str]) -> str:
    return f"{title}: {', '.join(f'`{k}`' for k in sorted(keys))}.\n"


def _table(rows: Mapping[str, str]) -> str:
    return "\n".join(["| key | what it is |", "|---|---|", *(f"| `{k}` | {_cell(v)} |" for k, v in rows.items()), ""])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def service_page() -> str:
    """Every route of `serve` with what it answers."""
    from listing_preflight.service.app import make_app
    from listing_preflight.service.keeper import Keeper
    from listing_preflight.service.limits import Limits

    keeper = Keeper(lambda: None)
    app = make_app(keeper, Limits(), token=None)
    told = app.openapi()
    app.state.checker.close()
    keeper.close()
    out = [HEAD, "# The gate over HTTP\n", "`/openapi.json` of a running service says the same for machines, with examples.\n",
           "| route | what it does | answers |", "|---|---|---|"]  # fmt: skip
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            answers = [f"{status} {answer['description']}" for status, answer in sorted(one["responses"].items())]
            out.append(f"| `{method.upper()} {path}` | {_cell(one['description'])} | {_cell('; '.join(answers))} |")
    return "\n".join([*out, ""])


PAGES = {"service.md": service_page, "commands.md": options_page, "settings.md": settings_page, "files.md": files_page}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
