"""The five lines under a finding that a seller can check: mark, status, goods, territory, authority on file."""

from listing_preflight.model.finding import Reason, RightAnswer
from listing_preflight.reports.catalog import Catalog, catalog, fill

ENGLISH = catalog("en")

_FORCE = {
    "registered": "registered", "unstated": "said by nobody, the list's own word", "contested": "registered and contested", "weak": "registered and weak",
    "pending": "applied for, not registered", "unknown": "nobody can tell whether it is in force",
    "dead": "not in force", "generic": "the word is generic there", "supplemental": "on the supplemental register alone",
    "grace": "its term ended on {expired}; it can be renewed until {until}", "expired": "its term ended on {expired} and the time to renew it on {until}",
    "not-yet-registered": "not registered before {day}", "not-yet-filed": "not applied for before {day}",
}  # fmt: skip
_GOODS = {
    "equal": "class {class} of these goods ({goods}) is among its classes ({classes})",
    "related": "class {class} of these goods ({goods}) is coordinated with its classes ({classes})",
    "text-related": "these goods ({goods}) are near to its “{text}” (classes {classes})",
    "excluded": "these goods ({goods}) are excluded from it: “{text}”",
    "unrelated": "class {class} of these goods ({goods}) is outside its classes ({classes})",
    "no-classes": "the list tells no class of it",
    "unknown": "no class could be told for these goods (its classes: {classes})",
    "untold": "no classes to compare these goods ({goods}) with",
}
_TERRITORY = {
    "yes": "binds {marketplace} through {through}",
    "everywhere": "said to hold everywhere, so on {marketplace}",
    "comparable": "binds {marketplace} in GB through a comparable mark, unverified without a GB record",
    "part": "a right of {through}; {marketplace} reaches the European Union, whether {through} too is unknown",
    "no": "a right of {office} does not bind {marketplace}",
    "unknown": "where {marketplace} sells is unknown, so whether a right of {office} binds it",
    "untold": "no territory told, so whether it binds {marketplace} is unknown",
}
SENTENCES = {
    "authority-none": "no authority on file",
    "authority-asserted": "the listing's seller key asserts it ({as}): asserted, no document on file",
    "authority-own": "the seller's own mark {document}",
    "authority-covered": "covered by the seller's {kind} {document}",
    "authority-ends-soon": "covered by the seller's {kind} {document}, which ends on {ends}",
    "authority-not-covered": "the {kind} on file does not cover this sale: {limit}",
    "own-mark-other-goods": "the seller's own mark does not cover these goods",
    "own-mark-other-territory": "the seller's own mark does not cover this marketplace",
    "own-mark-later": "the seller's own mark ({ours}) is later than this one ({theirs})",
    "own-mark-undated": "the seller's own mark has no date, so that nobody can tell whether it came before this one",
    "own-mark-not-in-force": "the seller's own mark is not in force ({status})",
    "right-dead": "no right in force ({status})",
    "right-generic": "the word is generic here ({status})",
    "right-disclaimed": "only words that the registration disclaims stand here ({words})",
    "weak-disclaimed": "its owner claims no right in the word alone ({words})",
    "weak-descriptive": "{name} is itself a word for such goods",
    "weak-crowded": "{owners} owners hold this word in the class",
    "weak-common-word": "it is also an ordinary word",
}
"""What is said of authority and of strength, here and elsewhere."""
LIMITS = {
    "from": "it has not begun", "until": "it has ended", "classes": "other classes", "classes-unknown": "the class of the goods is unknown",
    "territories": "other territories", "marketplaces": "other marketplaces", "skus": "another listing", "invoice-lines": "the listing stands on no line of the invoice",
    "use": "such a document covers the sale of the genuine goods, not this wording", "document": "no document is named", "document-missing": "the document is missing",
    "document-empty": "the document is empty",
    "document-changed": "the document is not the one whose digest was noted",
}  # fmt: skip


TABLES = {"force": _FORCE, "goods": _GOODS, "territory": _TERRITORY, "limits": LIMITS}
"""The tables in English, named as a catalog names them."""


def line(reason: Reason, words: Catalog = ENGLISH) -> str | None:
    """One line of proof in words; None for a reason that is none."""
    head, _, tail = reason.code.partition("-")
    untold = words.line("not-told")
    params = {k: str(v) if v else untold for k, v in reason.params.items()}
    if reason.code == "proof-mark":
        return words.line("mark", **params)
    if head == "force" and tail == "untold":
        return words.line("force-untold")
    if head == "force":
        return _force(reason, params, words)
    if head == "goods" and tail in _GOODS:
        if not reason.params["goods"]:
            params["goods"] = words.line("unknown-goods")
        return words.line("goods", said=_said("goods", tail, params, words))
    if head == "territory" and tail in _TERRITORY:
        return _territory(reason, params, words)
    if reason.code in SENTENCES and head in ("authority", "own"):
        return words.line("authority", said=authority(reason, words))
    return None


def _force(reason: Reason, params: dict[str, str], words: Catalog) -> str:
    tail = reason.code.removeprefix("force-")
    office = params["office"] if reason.params.get("office") else words.line("no-office")
    seen = params["seen"] if reason.params.get("seen") else words.line("no-day")
    return words.line(
        "force", office=office, said=_said("force", tail, params, words), status=params["status"], seen=seen
    )


def _territory(reason: Reason, params: dict[str, str], words: Catalog) -> str:
    tail = reason.code.removeprefix("territory-")
    if not reason.params.get("marketplace"):
        if tail == "everywhere":
            return words.line("everywhere-nowhere")
        params["marketplace"] = words.line("no-marketplace")
    return words.line("territory", said=_said("territory", tail, params, words))


def _said(table: str, key: str, params: dict[str, str], words: Catalog) -> str:
    return fill(words.find(table, key) or TABLES[table][key], params)


def authority(reason: Reason, words: Catalog = ENGLISH) -> str:
    """What is on file, in words; a limit that failed is spelled out."""
    params = {k: str(v) for k, v in reason.params.items()}
    if limit := params.get("limit"):
        params["limit"] = words.find("limits", limit) or LIMITS.get(limit, limit)
    if kind := params.get("kind"):
        params["kind"] = words.word("values", kind)
    return fill(words.find("sentences", reason.code) or SENTENCES[reason.code], params)


def right_lines(right: RightAnswer, words: Catalog = ENGLISH) -> list[str]:
    """The lines of proof of one registration; an assumed one has no status that a register told."""
    lines = [line(b, words) or b.code for b in right.because]
    if right.basis == "assumed" and len(lines) > 1:
        lines[1] = words.line("status-assumed")
    return lines
