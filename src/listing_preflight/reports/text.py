"""For a seller: by cause, one line each for what is wrong, where, why and what to do; a summary at the end."""

import re
from collections import Counter
from typing import IO

from rich.console import Console
from rich.text import Text

from listing_preflight.model.finding import RANK, Verdict
from listing_preflight.model.listing import Gap, Origin
from listing_preflight.reports.cards import Card, Cards, field_name
from listing_preflight.reports.catalog import Catalog
from listing_preflight.reports.messages import sentence
from listing_preflight.reports.plain import visible
from listing_preflight.reports.run import Result, RunInfo, Summary, Telling
from listing_preflight.reports.store import Group, Store
from listing_preflight.reports.translate import translated

_STYLE = {"high": "bold red", "medium": "yellow", "low": "cyan"}
_PAD = " " * 8
_BLANKS = re.compile(r"\s+")
_MOST_PLACES = 3
"""Listings of one cause that are quoted without -v."""
_MOST_ASIDE = 20
"""Lines about what was not checked without -v."""
_MOST_RIGHTS = 3


class _Console(Console):
    """A console that leaves the end of a run to its caller."""

    def on_broken_pipe(self) -> None:
        """Called while the error is handled: it goes on to who writes the report."""
        raise BrokenPipeError


class TextReport:
    """Gathers by cause and tells at the end; with `brief` the summary alone."""

    def __init__(self, out: IO[str], telling: Telling) -> None:
        self._console = _Console(file=out, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._telling, self._words = telling, telling.words
        self._cards, self._store = Cards(telling.words), Store()
        self._aside: list[tuple[str, str]] = []
        self._more: Counter[str] = Counter()

    def begin(self, run: RunInfo) -> None:
        """The lists that are looked for, in one line."""
        if self._telling.brief:
            return
        marks, works = (sum(int(str(one[k])) for one in run.lists) for k in ("marks", "works"))
        names = ", ".join(str(one["name"]) for one in run.lists)
        few = len(run.lists) == 1 or self._telling.verbose
        shown = self._words.say(
            "lists-few" if few else "lists-count", n=len(run.lists), names=names, marks=marks, works=works
        )
        told = visible(shown) if run.lists else self._words.say("no-lists")
        self._line(self._words.say("lists", names=told), "dim")

    def add(self, result: Result) -> None:
        """Keep a listing's findings, and what could not be checked."""
        if self._telling.brief:
            return
        if isinstance(result, Gap):
            self._not_checked(result, _where(result.origin))
        elif isinstance(result, Verdict):
            self._listing(result)

    def _listing(self, result: Verdict) -> None:
        # what was answered is counted: a person who looks for what is new need not read it again
        self._store.add([c for c in self._cards.of(result) if not c["suppressed"]])
        for gap in result.gaps:
            self._not_checked(gap, f"{visible(result.listing.id)}  {_where(result.listing.origin)}")
        self._of_pictures(result)
        for d in result.dropped if self._telling.explain else ():
            field, reason = self._words.word("fields", d.field), visible(sentence(d.reason, self._words))
            told = self._words.say("dropped", mark=visible(d.mark), field=field, text=visible(d.text), reason=reason)
            self._keep(f"{visible(result.listing.id)}: {told}", "dim")

    def _of_pictures(self, verdict: Verdict) -> None:
        for u in verdict.unread:
            x, y, w, h = u.box
            told = self._words.say(
                "unread", index=u.index + 1, x=x, y=y, w=w, h=h, detail=visible(translated(u.detail, self._words))
            )
            self._keep(f"{visible(verdict.listing.id)}: {told}", "dim")

    def _not_checked(self, gap: Gap, where: str) -> None:
        kind = self._words.word("gaps", gap.kind)
        self._keep(
            f"{self._words.say('not-checked')}  {where}: {visible(translated(gap.detail, self._words))} [{kind}]",
            "magenta",
        )

    def _keep(self, line: str, style: str) -> None:
        held = sum(1 for _, one in self._aside if one == style) if len(self._aside) < _MOST_ASIDE * 2 else _MOST_ASIDE
        if self._telling.verbose or self._telling.explain or held < _MOST_ASIDE:
            self._aside.append((line, style))
        else:
            self._more[style] += 1

    def end(self, summary: Summary) -> None:
        """The causes, what was not checked, and the counts."""
        if not self._telling.brief:
            self._causes()
            self._line("", "")
            for line, style in self._aside:
                self._line(line, style)
            for style, n in self._more.items():
                self._line(self._words.say("gaps-more", n=n), style)
        self._store.close()
        for line, style in summary_lines(summary, self._telling):
            self._line(line, style)

    def _causes(self) -> None:
        hidden = 0
        for group in self._store.groups():
            if group.rank <= RANK["low"] and not self._telling.verbose:
                hidden += group.findings
            else:
                self._cause(group)
        if hidden:
            self._line("", "")
            self._line(self._words.say("low-hidden", n=hidden), "dim")

    def _cause(self, group: Group) -> None:
        card = group.first
        severity = self._words.word("values", card["severity"])
        head = Text("\n")
        head.append(f"{severity.upper():<8}", _STYLE[card["severity"]])
        head.append(visible(card["subject"]), "bold")
        head.append(f": {visible(card['what'])}")
        head.append(f"  [{card['rule']}]", "dim")
        self._console.print(head)
        most = None if self._telling.verbose else _MOST_PLACES
        for n, one in enumerate(self._store.of_cause(group.cause)):
            if most is not None and n >= most:
                break
            self._where(one)
            if (one["severity"], one["what"]) != (
                card["severity"],
                card["what"],
            ):  # other goods or words, another answer
                own = self._words.word("values", one["severity"])
                self._line(f"{_PAD}  {own}: {visible(one['what'])}", _STYLE[one["severity"]])
        if most is not None and group.findings > most:
            self._line(_PAD + self._words.say("listings-more", n=group.findings - most), "dim")
        if why := why_line(card):
            self._line(f"{_PAD}{self._words.say('why')}: {visible(why)}", "")
        for advice in card["advice"]:
            self._line(f"{_PAD}{self._words.say('do')}: {visible(advice)}", "green")
        if self._telling.verbose:
            self._proof(card)

    def _where(self, card: Card) -> None:
        """The listing and the sentence with the match underlined."""
        places = card["places"] if self._telling.verbose else card["places"][:1]
        for n, place in enumerate(places):
            out = Text(_PAD)
            out.append(visible(card["listing"]) if n == 0 else " " * len(visible(card["listing"])), "bold")
            out.append(f"  {visible(field_name(place, self._words))}: ", "dim")
            out.append_text(self._quoted(place))
            if n == 0:
                site = card["site"] or self._words.say("no-marketplace")
                out.append(f"  ({visible(site)}, {_at(card)})", "dim")
            self._console.print(out)
        if (more := len(card["places"]) - len(places)) > 0:
            self._line(f"{_PAD}  {self._words.say('places-more', n=more)}", "dim")
        for w in card["rewrites"]:
            told = f"{self._words.say('rewrite')} {self._words.word('fields', w['field'])}: “{visible(w['after'])}” ({w['id']})"
            self._line(f"{_PAD}  {told}", "green")

    def _quoted(self, place: Card) -> Text:
        out = Text()
        if place["path"]:
            out.append(visible(boxed(place, self._words)) + " ", "dim")
        if "known" in place:
            changed = f", {place['alteration']}" if place["alteration"] else ""
            told = self._words.say(
                "matches-known", known=place["known"], score=f"{place['score']:.0%}", changed=changed
            )
            out.append(visible(told))
            return out
        out.append(visible(_BLANKS.sub(" ", place["before"])))
        seen = visible(place["text"])
        out.append(seen if self._console.is_terminal else f"[{seen}]", "underline bold")
        out.append(visible(_BLANKS.sub(" ", place["after"])))
        if self._telling.verbose and place["steps"]:
            steps = ", ".join(self._words.word("steps", s) for s in place["steps"])
            out.append(f"  [{self._words.word('values', place['use'])}; {steps}]", "dim")
        return out

    def _proof(self, card: Card) -> None:
        for line in card["proof"]:
            self._line(f"{_PAD}· {visible(line)}", "dim")
        for line in card["rights"][:_MOST_RIGHTS]:
            self._line(f"{_PAD}· {visible(line)}", "dim")
        if (more := len(card["rights"]) - _MOST_RIGHTS) > 0:
            self._line(f"{_PAD}· {self._words.say('rights-more', n=more)}", "dim")
        law, platform = (self._words.word("values", card[k]) for k in ("legal", "platform"))
        self._line(_PAD + self._words.say("risks", law=law, platform=platform), "dim")
        for line in [
            *(card["why"] if card["policy"] else ()),
            *card["ifs"],
            *(card["basis"] if self._telling.explain else ()),
        ]:
            self._line(_PAD + visible(line), "dim")
        for rule in card["policy"]:
            seen = self._words.say("seen", day=rule["seen"])
            self._line(visible(f"{_PAD}{rule['rule']}: {rule['text']} ({rule['source']}; {seen})"), "dim")

    def _line(self, text: str, style: str) -> None:
        self._console.print(Text(text, style=style))


def why_line(card: Card) -> str:
    """Why it matters in a clause: the marketplace's rule where one fits, else the reasons behind the first."""
    if card["policy"] and card["kind"] != "wording":
        return f"{card['policy'][0]['rule']}: {card['policy'][0]['text']}"
    return "; ".join(card["why"])


def boxed(place: Card, words: Catalog) -> str:
    """A place in a picture in words."""
    if place["box"] is None:
        return words.say("whole-picture", path=place["path"])
    x, y, w, h = place["box"]
    crop = f" [{place['crop']}]" if place["crop"] else ""
    return words.say("box", path=place["path"], x=x, y=y, w=w, h=h) + crop


def summary_lines(summary: Summary, telling: Telling) -> list[tuple[str, str]]:
    """The counts, and whether anything asked for was not checked, each with its style."""
    words, done, found = telling.words, summary.by_decision, summary.findings
    told = words.say(
        "summary", listings=summary.listings, block=done["block"], review=done["review"], incomplete=done["incomplete"],
        passed=done["pass"], high=found["high"], medium=found["medium"], low=found["low"],
    )  # fmt: skip
    out = [(told, "bold")]
    if summary.not_rechecked:
        out.append((words.say("not-rechecked", n=summary.not_rechecked), "bold"))
    counted = {
        k: getattr(summary, k) for k in ("not_requested", "unread", "set_aside", "dropped", "suppressed", "shared")
    }
    if notes := ", ".join(words.say(f"note-{k}", n=n) for k, n in counted.items() if n):
        out.append((notes + ".", "dim"))
    for note in summary.notes:
        columns = ": " + ", ".join(map(visible, note.columns)) if note.columns else ""
        out.append((f"{_where(note.origin)}: {visible(note.detail)}{columns}", "dim"))
    if summary.interrupted:
        out.append((words.say("interrupted"), "bold magenta"))
    if summary.gaps:
        out.append((words.say("incomplete", n=summary.gaps), "bold magenta"))
    if summary.strict and summary.unread:
        out.append((words.say("incomplete-unread", n=summary.unread), "bold magenta"))
    return out


def _at(card: Card) -> str:
    return visible(card["file"]) + (f":{card['row']}" if card["row"] else "")


def _where(origin: Origin | None) -> str:
    return "" if origin is None else visible(origin.file) + (f":{origin.row}" if origin.row else "")
