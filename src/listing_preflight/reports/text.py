"""For people: grouped by listing, the match underlined in its sentence, why, and what to do."""

from typing import IO

from rich.console import Console
from rich.text import Text

from listing_preflight.model.finding import Dropped, Finding, Mention, RightAnswer, Verdict
from listing_preflight.model.hit import PictureMatch
from listing_preflight.model.listing import Aside, Gap, Note, Origin
from listing_preflight.reports import proof
from listing_preflight.reports.messages import advice, message, sentence
from listing_preflight.reports.plain import visible
from listing_preflight.reports.run import RunInfo, Summary

_STYLE = {"high": "bold red", "medium": "yellow", "low": "cyan"}
_DECISION = {"block": "bold red", "review": "yellow", "incomplete": "magenta", "pass": "green"}
_AROUND = 44
_MOST_EVIDENCE = 6
_MOST_RIGHTS = 3
_MOST_LISTS = 4


class TextReport:
    """Writes listings with something to say; the rest is counted."""

    def __init__(self, out: IO[str], *, explain: bool) -> None:
        self._console = Console(file=out, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._explain = explain

    def begin(self, run: RunInfo) -> None:
        """The lists that are looked for."""
        shown = [f"{one['name']} ({one['marks']} marks, {one['works']} pictures)" for one in run.lists[:_MOST_LISTS]]
        if rest := run.lists[_MOST_LISTS:]:
            marks, works = (sum(int(str(one[k])) for one in rest) for k in ("marks", "works"))
            shown.append(f"{len(rest)} more ({marks} marks, {works} pictures)")
        lists = ", ".join(shown)
        self._line("Lists: " + visible(lists or "none"), "dim")

    def add(self, result: Verdict | Gap | Aside | Note) -> None:
        """A listing with findings or gaps, or a gap of a file."""
        if isinstance(result, Gap):
            self._line(f"not checked  {_where(result.origin, ': ')}{visible(result.detail)} [{result.kind}]", "magenta")
        elif isinstance(result, Verdict) and self._worth(result):
            self._listing(result)

    def _worth(self, verdict: Verdict) -> bool:
        return bool(verdict.findings or verdict.gaps or verdict.unread or (self._explain and verdict.dropped))

    def _listing(self, verdict: Verdict) -> None:
        head = Text()
        head.append(f"\n{verdict.decision.upper():<10} ", _DECISION[verdict.decision])
        head.append(visible(verdict.listing.id), "bold")
        site = visible(verdict.marketplace) if verdict.marketplace else "no marketplace named"
        head.append(f"  {site}  {_where(verdict.listing.origin)}", "dim")
        self._console.print(head)
        for finding in verdict.findings:
            self._finding(finding)
        for gap in verdict.gaps:
            self._line(f"  not checked: {visible(gap.detail)} [{gap.kind}]", "magenta")
        for unread in verdict.unread:
            x, y, w, h = unread.box
            self._line(f"  picture {unread.index}: {unread.detail} at {w}×{h} px from ({x}, {y})", "dim")
        for dropped in verdict.dropped if self._explain else ():
            self._dropped(dropped)

    def _finding(self, finding: Finding) -> None:
        head = Text("  ")
        head.append(f"{finding.severity:<7}", _STYLE[finding.severity])
        head.append(f"{finding.rule}  ", "dim")
        head.append(visible(message(finding)))
        self._console.print(head)
        for mention in finding.mentions[:_MOST_EVIDENCE]:
            self._console.print(_quoted(mention))
        if (more := len(finding.mentions) - _MOST_EVIDENCE) > 0:
            self._line(f"         and {more} more places", "dim")
        for picture in finding.pictures:
            self._line(f"         {_picture(picture)}", "")
        for number, right in enumerate(finding.rights[:_MOST_RIGHTS]):
            self._right(right, whole=number == 0)
        if (more := len(finding.rights) - _MOST_RIGHTS) > 0:
            self._line(f"         and {more} more registrations", "dim")
        if finding.kind == "trademark":
            self._line(f"         law: {finding.legal_risk}; marketplace: {finding.platform_risk}", "dim")
        for reason in finding.reasons:
            if self._explain and reason.code in ("legal-risk", "platform-risk"):
                self._line(f"         {visible(sentence(reason))}", "dim")
            if (reason.code == "policy-rule" and finding.kind != "wording") or reason.code.startswith("if-"):
                self._line(f"         {visible(sentence(reason))}", "dim")
        for reason in finding.advice:
            self._line(f"         → {visible(advice(reason))}", "green")
        for rewrite in finding.rewrites:
            self._line(f"         → {rewrite.field}: “{visible(rewrite.after)}” ({rewrite.id})", "green")

    def _right(self, right: RightAnswer, *, whole: bool) -> None:
        """The strongest right with its five lines of proof, others in one."""
        lines = [proof.line(b) or sentence(b) for b in right.because]
        if right.basis == "assumed":
            lines[1] = "status: assumed from general knowledge, no register asked"
        if whole:
            for told in lines:
                self._line(f"         · {visible(told)}", "dim")
            return
        number = f" {right.number}" if right.number else ""
        answers = f"in force {right.in_force.value}, goods {right.covers_goods.value}, territory {right.covers_territory.value}"
        self._line(f"         · also {visible(right.office or 'everywhere')}{visible(number)}: {answers}", "dim")

    def _dropped(self, d: Dropped) -> None:
        self._line(f"  dropped {visible(d.mark)} ({d.field} “{visible(d.text)}”): {visible(sentence(d.reason))}", "dim")

    def end(self, summary: Summary) -> None:
        """Counts, and whether anything asked for was not checked."""
        done, found = summary.by_decision, summary.findings
        self._line("", "")
        self._line(
            f"{summary.listings} listings: {done['block']} block, {done['review']} review, {done['incomplete']} incomplete, "
            f"{done['pass']} pass.  Findings: {found['high']} high, {found['medium']} medium, {found['low']} low.", "bold",
        )  # fmt: skip
        notes = {"not asked for": summary.not_requested, "texts in pictures not readable": summary.unread,
                 "files set aside": summary.set_aside, "dropped with a reason (--explain)": summary.dropped}  # fmt: skip
        said = ", ".join(f"{n} {what}" for what, n in notes.items() if n)
        if said:
            self._line(said + ".", "dim")
        for note in summary.notes:
            columns = ": " + ", ".join(map(visible, note.columns)) if note.columns else ""
            self._line(f"{_where(note.origin)}: {visible(note.detail)}{columns}", "dim")
        if summary.interrupted:
            self._line("INTERRUPTED: this report is partial.", "bold magenta")
        if not summary.complete:
            self._line(f"INCOMPLETE: {summary.gaps} things asked for could not be checked.", "bold magenta")

    def _line(self, text: str, style: str) -> None:
        self._console.print(Text(text, style=style))


def _where(origin: Origin | None, after: str = "") -> str:
    if origin is None:
        return ""
    return visible(origin.file) + (f":{origin.row}" if origin.row else "") + after


def _quoted(mention: Mention) -> Text:
    """The sentence with the match underlined."""
    hit, place = mention.hit, mention.hit.place
    out = Text("         ")
    out.append(
        f"{place.field}[{place.index}] " if place.field in ("bullets", "image", "attributes") else f"{place.field} ",
        "dim",
    )
    if place.path:
        box = place.box or (0, 0, 0, 0)
        crop = f" [{place.crop}]" if place.crop else ""
        out.append(f"{visible(place.path)} {box[2]}×{box[3]} px at ({box[0]}, {box[1]}){crop} ", "dim")
    before, after = (visible(" ".join(part.split("\n"))) for part in (hit.before[-_AROUND:], hit.after[:_AROUND]))
    out.append(("…" if len(hit.before) > _AROUND else "") + before)
    out.append(visible(hit.seen), "underline bold")
    out.append(after + ("…" if len(hit.after) > _AROUND else ""))
    steps = ", ".join(sorted(hit.steps))
    out.append(f"  [{mention.use}{'; ' + steps if steps else ''}]", "dim")
    return out


def _picture(match: PictureMatch) -> str:
    changed = "" if match.alteration == "none" else f", {match.alteration}"
    crop = f" [{match.place.crop}]" if match.place.crop else ""
    where = f"image[{match.place.index}] {visible(match.place.path or '')}{crop}"
    return f"{where} matches {visible(match.known)} ({match.score:.0%}{changed})"
