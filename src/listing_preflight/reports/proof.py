"""The five lines under a finding that a seller can check: mark, status, goods, territory, authority on file."""

from listing_preflight.model.finding import Reason

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
    "authority-not-covered": "a {kind} is on file and does not cover this sale: {limit}",
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
    "use": "an invoice covers the sale of the genuine goods, not this wording", "document": "no document is named", "document-missing": "the document is missing",
    "document-empty": "the document is empty",
    "document-changed": "the document is not the one whose digest was noted",
}  # fmt: skip


def line(reason: Reason) -> str | None:
    """One line of proof in words; None for a reason that is none."""
    head, _, tail = reason.code.partition("-")
    params = {k: str(v) if v else "not told" for k, v in reason.params.items()}
    if reason.code == "proof-mark":
        return "mark {name}, number {number}, owner {owner}".format_map(params)
    if head == "force" and tail == "untold":
        return "status: not told".format_map(params)
    if head == "force":
        where = params.get("office", "not told").replace("not told", "no office named")
        said = _FORCE[tail].format_map(params)
        return f"status at {where}: {said} ({params['status']}); data of {params.get('seen', '').replace('not told', 'a day not told') or 'a day not told'}"
    if head == "goods" and tail in _GOODS:
        return "goods: " + _GOODS[tail].format_map({**params, "goods": params["goods"].replace("not told", "unknown")})
    if head == "territory" and tail in _TERRITORY:
        named = params.get("marketplace", "").replace("not told", "no marketplace")
        if tail == "everywhere" and named == "no marketplace":
            return "territory: said to hold everywhere"
        return "territory: " + _TERRITORY[tail].format_map({**params, "marketplace": named})
    if reason.code in SENTENCES and head in ("authority", "own"):
        return "authority: " + authority(reason)
    return None


def authority(reason: Reason) -> str:
    """What is on file, in words; a limit that failed is spelled out."""
    params = {k: str(v) for k, v in reason.params.items()}
    if limit := params.get("limit"):
        params["limit"] = LIMITS.get(limit, limit)
    return SENTENCES[reason.code].format_map(params)
