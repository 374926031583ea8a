"""From --suppressions and --baseline to the filters that verdicts pass; what they have to say goes to standard error."""

from pathlib import Path

from listing_preflight.cli.language import warn
from listing_preflight.cli.options import Options
from listing_preflight.decisions.baseline import Accepting
from listing_preflight.decisions.suppressions import Deciding
from listing_preflight.model.finding import Verdict
from listing_preflight.scan import Result, Settings


class Decisions:
    """What people decided before: suppressions first, then the baseline, which holds back what nobody has looked at."""

    def __init__(self, deciding: Deciding | None, accepting: Accepting | None) -> None:
        self._deciding, self._accepting = deciding, accepting

    def of(self, result: Result) -> Result:
        """A result with its findings marked; what is no verdict passes as it is."""
        for one in (self._deciding, self._accepting):
            if one is not None and isinstance(result, Verdict):
                result = one.apply(result)
        return result

    def tell(self, *, whole: bool) -> None:
        """Say which decisions ended, answer nothing or too much; `whole`: everything was checked."""
        for notice in self._deciding.notices(whole=whole) if self._deciding else ():
            warn(f"{notice.where}: {notice.text}")


def decisions(options: Options, told: Settings) -> Decisions:
    """The filters that the options name, read and checked before anything is scanned."""
    deciding = accepting = None
    if options.suppressions:
        from listing_preflight.decisions.suppression_files import read_suppressions

        deciding = Deciding(read_suppressions(Path(options.suppressions)), told.day, strict=told.strict_images)
    if options.baseline:
        from listing_preflight.decisions.baseline_files import read_baseline

        accepting = Accepting(read_baseline(Path(options.baseline)), strict=told.strict_images)
    return Decisions(deciding, accepting)
