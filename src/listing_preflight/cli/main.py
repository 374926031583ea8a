"""The commands; each imports what it needs when it runs, so that help and version are instant."""

import atexit
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from listing_preflight import __version__
from listing_preflight.cli import complaint, configured, reviewing, serving, watchlists
from listing_preflight.cli.configured import ConfiguredCommand
from listing_preflight.cli.language import asked_for
from listing_preflight.cli.options import (
    Options,
    baseline_option,
    judging_options,
    lang_option,
    list_options,
    log_option,
    many_options,
    option,
    reading_options,
    run_options,
    suppressions_option,
    together,
)
from listing_preflight.cli.speaking import ReaderGoneError, SpeakingGroup
from listing_preflight.errors import PreflightError
from listing_preflight.reports.plain import visible
from listing_preflight.reports.translate import error, translated
from listing_preflight.running.process import COLLECTED

INTERNAL, INTERRUPTED = 70, 130
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 120}


@click.group(cls=SpeakingGroup, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="preflight", help="Show the version and exit.")
def cli() -> None:
    """Check e-commerce listings for likely trademark, copyright and design risks before they are published."""


@cli.command(cls=ConfiguredCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@list_options
@judging_options
@baseline_option
@suppressions_option
@log_option
@reading_options
@run_options
def scan(paths: tuple[str, ...], **options: Any) -> int:
    """Scan export files and catalog folders; `-` is standard input."""
    from listing_preflight.cli.scanning import run

    return run(paths, Options(**options))


@cli.command(cls=ConfiguredCommand)
@list_options
@judging_options
@suppressions_option
@log_option
@option("-q", "--quiet", is_flag=True, help="Nothing on standard error.")
def gate(**options: Any) -> int:
    """Check one listing, JSON on standard input; one listing line on standard output."""
    from listing_preflight.cli.gating import run

    return run(Options(**options))


@cli.command(cls=ConfiguredCommand)
@click.argument("file", metavar="FILE")
@click.option(
    "-o",
    "--output",
    "copy",
    required=True,
    metavar="OUT",
    help="The corrected copy; OUT.changes.csv and .json tell what changed.",
)
@click.option(
    "--accept",
    multiple=True,
    required=True,
    metavar="safe|ID",
    help="Rewrites to take: `safe` for every one that a cell has alone, or ids of the report (repeatable).",
)
@list_options
@judging_options
@suppressions_option
@reading_options
@option("-q", "--quiet", is_flag=True, help="Nothing on standard error.")
def fix(file: str, copy: str, accept: tuple[str, ...], **options: Any) -> int:
    """Write a corrected copy of an export with accepted rewrites, in its own format, and a list of the changes.

    Rewrites: a title in the permitted form (Case, compatible with NAME 12), one without a likeness (NAME style), search terms without a name.

    Each is judged again before it is offered. Why a finding has no rewrite is told, for each one in OUT.changes.json.
    """
    from listing_preflight.cli.fixing import run

    return run(Path(file), Path(copy), accept, Options(**options))


@cli.command()
@click.argument("folder", default=".", metavar="[DIR]")
@click.option("--ci", type=click.Choice(["github", "gitlab", "pre-commit"]), help="A file for this service as well.")
def init(folder: str, ci: str | None) -> int:
    """Write what a shop starts with: settings, a list, a seller file, a folder of decisions. Nothing is replaced."""
    from listing_preflight.cli.starting import run

    return run(Path(folder), ci)


@cli.group()
def baseline() -> None:
    """Accept today's findings, so that only new ones are told."""


paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
over_paths = together(
    [paths_argument, list_options, judging_options, suppressions_option, reading_options, many_options]
)
"""What the commands take that look through a catalog for decisions."""


@baseline.command("create", cls=ConfiguredCommand)
@over_paths
@click.option("-o", "--output", "folder", required=True, metavar="BASELINE", help="The folder to write.")
def baseline_create(paths: tuple[str, ...], folder: str, **options: Any) -> int:
    """Accept every finding of the paths; exit 0 whatever is found."""
    from listing_preflight.cli.baselines import create

    return create(paths, Path(folder), Options(**options))


@baseline.command("diff", cls=ConfiguredCommand)
@over_paths
@baseline_option
def baseline_diff(paths: tuple[str, ...], **options: Any) -> int:
    """Which findings are new, risen or gone; the exit code is that of a scan with the baseline."""
    from listing_preflight.cli.baselines import diff

    return diff(paths, Options(**options))


@baseline.command("prune", cls=ConfiguredCommand)
@over_paths
@baseline_option
def baseline_prune(paths: tuple[str, ...], **options: Any) -> int:
    """Take out what is not found any more; the paths are the whole catalog. Nothing new is accepted."""
    from listing_preflight.cli.baselines import prune

    return prune(paths, Options(**options))


@cli.command(cls=ConfiguredCommand)
@over_paths
@click.option(
    "--finding", multiple=True, metavar="FINGERPRINT", help="Findings to answer, by fingerprint (repeatable)."
)
@click.option("--listing", metavar="PATTERN", help="Listings to answer for: an id or a shell pattern.")
@click.option("--mark", metavar="NAME|LIST:ID", help="The mark, or the work as LIST:ID, to answer for.")
@click.option("--use", multiple=True, metavar="USE", help="The only use to answer for (repeatable).")
@click.option(
    "--status", required=True, metavar="STATUS", help="compatible use, descriptive, false match, accepted risk."
)
@click.option("--reason", required=True, help="Why, for whoever reads it next year.")
@click.option("--author", required=True, help="Who decides.")
@click.option("--expires", metavar="YYYY-MM-DD", help="The last day of the decision.")
@click.option(
    "--until", multiple=True, metavar="EVENT", help="`mark changes` or `listing changes` ends it (repeatable)."
)
def suppress(
    paths: tuple[str, ...], finding: tuple[str, ...], listing: str | None, mark: str | None, use: tuple[str, ...], status: str,
    reason: str, author: str, expires: str | None, until: tuple[str, ...], **options: Any,
) -> int:  # fmt: skip
    """Write a decision about findings into the folder of --suppressions, one file each."""
    from listing_preflight.cli.suppressing import Answer, run

    answer = Answer(
        finding=finding, listing=listing, mark=mark, use=use, status=status, reason=reason, author=author, expires=expires, until=until,
    )  # fmt: skip
    return run(paths, answer, Options(**options))


@cli.command()
@click.argument("rule")
@option("--policy", multiple=True, metavar="FILE", help="Policy pack of your own that holds the rule (repeatable).")
@lang_option
def explain(rule: str, policy: tuple[str, ...], lang: str | None) -> int:
    """What a rule means, why it matters and what to do."""
    from listing_preflight.cli.language import of_environment
    from listing_preflight.cli.rules import explain_rule

    return explain_rule(rule, policy, lang or of_environment())


@cli.command()
@click.option("--marketplace", metavar="NAME", help="The published rules of this marketplace, with their sources.")
@click.option("--stale", type=click.IntRange(min=0), metavar="DAYS", help="What nobody has looked at for so many days.")
@lang_option
def rules(marketplace: str | None, stale: int | None, lang: str | None) -> int:
    """The rules."""
    del lang  # `of_command` reads it, as for help and errors
    from listing_preflight.cli.rules import print_pack, print_rules

    if stale is not None:
        from listing_preflight.cli.staleness import print_stale

        return print_stale(stale, marketplace)
    return print_pack(marketplace) if marketplace else print_rules()


@cli.command()
@click.argument("file", required=False)
@reading_options
def doctor(file: str | None, **options: Any) -> int:
    """Which engines and lists are available and why not; with FILE, what it is and how each column is read."""
    from listing_preflight.cli.doctoring import run

    return run(file, Options(**options))


@cli.group(name="cache")
def cache_group() -> None:
    """What is kept between runs: compiled lists, what was read in pictures."""


@cache_group.command("info")
def cache_info() -> int:
    """Where it lies and how large it is."""
    from listing_preflight.cli import lists

    return lists.cache_info()


@cache_group.command("clear")
def cache_clear() -> int:
    """Empty it."""
    from listing_preflight.cli import lists

    return lists.cache_clear()


@cli.group(name="config")
def config_group() -> None:
    """Settings."""


@config_group.command("show", cls=ConfiguredCommand)
@list_options
@judging_options
@baseline_option
@suppressions_option
@log_option
@reading_options
@run_options
@click.pass_context
def config_show(ctx: click.Context, /, **_: Any) -> int:
    """Every setting of scan with its value and where it comes from."""
    return configured.show(ctx)


cli.add_command(watchlists.group)
cli.add_command(complaint.group)
cli.add_command(serving.command)
cli.add_command(reviewing.command)
configured.SETTINGS.extend([*scan.params, *serving.own()])


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code; no traceback ever reaches a user. SIGTERM ends it as Ctrl-C does."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy would start threads that nothing here keeps busy
    gc.set_threshold(*COLLECTED)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(_run(list(sys.argv[1:] if args is None else args)))


def console() -> None:
    """The program itself: as `main`, and at its very end the memory of the process is left to the system, which takes it back at once.

    What was registered with `atexit` before this is called is not run: who needs it (a tool that measures a run) calls `main`.
    """
    codes: list[object] = []
    atexit.register(_leave, codes)  # registered first, it is the last to run
    try:
        main()
    except SystemExit as e:
        codes.append(e.code)
        raise


def _leave(codes: list[object]) -> None:
    try:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(AttributeError, ValueError):  # there is none, or it is closed
                stream.flush()
    except BrokenPipeError:
        os._exit(INTERRUPTED)
    except OSError:
        return  # Python says so
    if codes and isinstance(codes[0], int):
        os._exit(codes[0])


def _run(args: list[str]) -> int:
    _say_what_the_console_can()
    try:
        return int(cli.main(args, prog_name=_called(), standalone_mode=False, obj=args) or 0)
    except click.ClickException as e:
        e.show()
        return 2
    except PreflightError as e:
        print(f"preflight: {visible(error(e, asked_for(args)))}", file=sys.stderr)
        return e.exit_code
    except (click.Abort, KeyboardInterrupt):
        print(f"preflight: {translated('interrupted', asked_for(args))}", file=sys.stderr)
        return INTERRUPTED
    except (BrokenPipeError, ReaderGoneError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    except Exception as e:
        words, what = asked_for(args), visible(f"{type(e).__name__}: {e}")
        print(f"preflight: {translated(f'internal error: {what}', words)}", file=sys.stderr)
        print(
            translated("This is a fault of the program: please report it with the command that you ran.", words),
            file=sys.stderr,
        )
        return INTERNAL


def _called() -> str:
    """The name that the command was called by: completion scripts hang on it."""
    name = Path(sys.argv[0]).stem
    return name if name == "listing-preflight" else "preflight"


def _say_what_the_console_can() -> None:
    """A console whose code page lacks a character shows its escape; nothing stops for it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    console()
