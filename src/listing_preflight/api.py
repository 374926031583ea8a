"""The program as a library: `scan` and `gate`, and an engine that answers many calls.

Stable are the names in `__all__`, their parameters, and the records that `record` gives (schema preflight.report/1): they change
only with the first number of the version, after a release that warns. All else in the package may change at any time.
Nothing here prints, ends the process, changes its settings or uses the network unless `fetch_images` is set.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Self

from listing_preflight.decisions.baseline import Accepting
from listing_preflight.decisions.baseline_files import read_baseline
from listing_preflight.decisions.suppression_files import read_suppressions
from listing_preflight.decisions.suppressions import Deciding
from listing_preflight.errors import ListError, PreflightError, UsageError
from listing_preflight.judging.overlay import Overlay, read_overlay
from listing_preflight.judging.seller import read_seller
from listing_preflight.model.finding import Finding, Verdict
from listing_preflight.model.listing import Gap, Listing, Origin
from listing_preflight.policy.pack_reader import read_packs
from listing_preflight.readers.catalog import read_path
from listing_preflight.readers.formats.native import ListingError, make_listing
from listing_preflight.readers.options import ReadOptions
from listing_preflight.reports.records import gap_record, listing_record
from listing_preflight.scan import Result, Scanner, Settings
from listing_preflight.watchlists.bundled import bundled
from listing_preflight.watchlists.index import open_lists

Named = str | PathLike[str]
__all__ = ["Engine", "Finding", "Gap", "Listing", "PreflightError", "Verdict", "gate", "record", "scan"]


class Engine:
    """Lists made ready once, for any number of listings; a context manager, so that no worker process outlives it.

    `lists`: files or folders of lists, compiled or imported ones; without any, or with `with_bundled`, the bundled ones.
    `marketplaces`: for listings that name none. `day`: the day that terms are judged on; today without it.
    `seller`, `policy`, `overlay`, `suppressions`, `baseline`: as the options of `preflight scan`. With a seller file what listings
    say of their seller is not looked at. Raises PreflightError, whose text names file, line and remedy, before anything is checked.
    """

    def __init__(
        self, *, lists: Sequence[Named] = (), with_bundled: bool = False, marketplaces: Sequence[str] = (),
        seller: Named | None = None, day: datetime.date | None = None, policy: Sequence[Named] = (), overlay: Named | None = None,
        suppressions: Named | None = None, baseline: Named | None = None, images: bool = True, ocr: str = "auto",
        strict_images: bool = False, fetch_images: bool = False, explain: bool = False, cache: bool = True, workers: int = 1,
    ) -> None:  # fmt: skip
        found = open_lists(_named(lists, with_bundled=with_bundled), keep=cache, say=lambda _: None)
        if not any(one.marks or one.works for one in found.lists):
            raise ListError("no mark and no picture to look for", where=", ".join(map(str, lists)))
        self._explain = explain
        self._settings = Settings(
            lists=found.lists, index=found.index, day=day or datetime.datetime.now().astimezone().date(),
            marketplaces=tuple(marketplaces), seller=read_seller(Path(seller)) if seller else None, trust_claims=not seller,
            images=images, ocr=ocr, strict_images=strict_images, fetch=fetch_images, cache=cache, explain=explain,
            rules=read_packs([Path(p) for p in policy]), overlay=read_overlay(Path(overlay)) if overlay else Overlay(),
            workers=workers,
        )  # fmt: skip
        self._decisions = read_suppressions(Path(suppressions)) if suppressions else ()
        self._baseline = read_baseline(Path(baseline)) if baseline else None
        self._scanner: Scanner | None = None

    def __enter__(self) -> Self:
        self._scanner = Scanner(self._settings)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End what runs beside the process; a closed engine can be entered again."""
        if self._scanner is not None:
            self._scanner.__exit__()
            self._scanner = None

    def scan(self, *paths: Named) -> Iterator[Verdict | Gap]:
        """Verdicts in the order of the input, one for each marketplace of a listing; gaps of files where they occur."""
        items = (item for path in paths for item in read_path(_there(path), Path(path).name, ReadOptions()))
        yield from self._run(items)

    def gate(self, listing: Mapping[str, Any], *, image_roots: Sequence[Named] = (".",)) -> tuple[Verdict, ...]:
        """The verdicts of one listing in its native form (contract of `preflight gate`), one for each marketplace."""
        try:
            made = make_listing(dict(listing), Origin(file="-", row=1), tuple(map(str, image_roots)))
        except ListingError as e:
            raise UsageError(str(e), where="listing") from None
        return tuple(v for v in self._run([made]) if isinstance(v, Verdict))

    def record(self, result: Verdict | Gap) -> dict[str, Any]:
        """A result as the line of a JSON Lines report has it."""
        return record(result, explain=self._explain)

    def _run(self, items: Any) -> Iterator[Verdict | Gap]:
        if self._scanner is None:
            raise UsageError("the engine is closed", where="Engine", remedy="Use it in a with statement")
        strict = self._settings.strict_images
        filters: list[Deciding | Accepting] = [Deciding(self._decisions, self._settings.day, strict=strict)]
        filters += [Accepting(self._baseline, strict=strict)] if self._baseline else []
        for result in self._scanner.run(items):
            yield from _decided(result, filters)


def _decided(result: Result, filters: Sequence[Deciding | Accepting]) -> Iterator[Verdict | Gap]:
    if isinstance(result, Verdict):
        for one in filters:
            result = one.apply(result)
        yield result
    elif isinstance(result, Gap):
        yield result


def _named(lists: Sequence[Named], *, with_bundled: bool) -> list[Path]:
    named = [Path(p) for p in lists]
    return [*named, bundled() / "marks"] if with_bundled or not named else named


def _there(path: Named) -> Path:
    if not Path(path).exists():
        raise UsageError("no such file or folder", where=str(path))
    return Path(path)


def record(result: Verdict | Gap, *, explain: bool = False) -> dict[str, Any]:
    """A verdict or gap as plain values: the listing or gap line of schema preflight.report/1."""
    return gap_record(result) if isinstance(result, Gap) else listing_record(result, explain=explain)


def scan(*paths: Named, **options: Any) -> list[Verdict | Gap]:
    """All results of some paths; `options` are those of Engine. For large inputs use an Engine, which yields as it goes."""
    with Engine(**options) as engine:
        return list(engine.scan(*paths))


def gate(listing: Mapping[str, Any], **options: Any) -> tuple[Verdict, ...]:
    """The verdicts of one listing; `options` are those of Engine. For many listings keep an Engine open."""
    with Engine(**options) as engine:
        return engine.gate(listing)
