"""Check a draft that anybody wrote: which required elements it has, lacks, leaves unclear or contradicts."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from listing_preflight.complaint.case import Case, Facts
from listing_preflight.complaint.folded import fold

COUNTER = (
    "signature",
    "material_and_location",
    "perjury_good_faith_mistake",
    "name_address_phone",
    "consent_to_jurisdiction",
    "accept_service",
)
_HIDDEN = r"\[(?:private|redacted|removed)\]|\*\[private\]\*"
_URL = re.compile(r"https?://[^\s)>\]]+")


class Element(NamedTuple):
    """One required element of a draft and its state: present, missing, unclear or contradicted."""

    element: str
    state: str


def check(draft: str, route: str, case: Path | None) -> list[Element]:
    """The elements of a route with their states; with a case its facts are held against the draft."""
    text = fold(draft).text
    if case:
        Case(case).head()  # a folder that is no case would answer nothing
    facts = Case(case).facts() if case else Facts()
    tests = _COUNTER if route == "counter" else _OTHER[route]
    return [Element(name, test(text, facts)) for name, test in tests.items()]


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _said(pattern: str) -> Callable[[str, Facts], str]:
    found = re.compile(pattern, re.IGNORECASE)
    return lambda text, _: "present" if found.search(_flat(text)) else "missing"


_SWORN = r"penalt(?:y|ies) of (?:the )?perjury"


def _perjury(text: str, _: Facts) -> str:
    flat = _flat(text)
    sworn = re.search(_SWORN, flat, re.IGNORECASE)
    faith = re.search(r"good[- ]?faith|in good faith", flat, re.IGNORECASE)
    mistake = re.search(r"mistake|misidentif", flat, re.IGNORECASE)
    if sworn and faith and mistake:
        return "present"
    return "unclear" if (sworn and (faith or mistake)) or (faith and mistake) else "missing"


def _consent(text: str, _: Facts) -> str:
    flat = _flat(text)
    return (
        "present"
        if re.search(
            r"(?:consent|submit|agree|signif\w+ my consent)\W+(?:\w+\W+){0,4}?jurisdiction", flat, re.IGNORECASE
        )
        else "missing"
    )


def _service(text: str, _: Facts) -> str:
    flat = _flat(text)
    return (
        "present"
        if re.search(r"accept(?:ance of)? (?:service|process)|service of process", flat, re.IGNORECASE)
        else "missing"
    )


def _material(text: str, facts: Facts) -> str:
    """The removed material and where it stood: an address or id that is no address of the takedown notice itself."""
    ids = {str(r["value"]) for r in facts.of("listing_ids")}
    own = {u.rstrip(".,;)") for u in _URL.findall(text)}
    places = {u for u in own if not _is_notice(u)}
    named = {i for i in ids if i in text or any(i in u for u in places)}
    other = re.search(r"\bB0[A-Z0-9]{8}\b|\b(?:item|listing|product)\s*(?:id|no\.?|number)?\s*[:#]?\s*[0-9]{8,}", text)
    if ids:
        return "present" if named else "contradicted" if places or other else "missing"
    if places or other or re.search(rf"(?i)(?:material|content|url|location)[^\n]{{0,60}}(?:{_HIDDEN})", text):
        return "present"
    return "missing"


def _is_notice(url: str) -> bool:
    return bool(
        re.search(
            r"github\.com/github/dmca|lumendatabase|/dmca/(?:blob|commit|tree)|takedown|dmca-notice|/legal/|/help/|/policies/|docs\.github",
            url,
            re.IGNORECASE,
        )
    )


def _contact(text: str, _: Facts) -> str:
    """Name, address and telephone; what a publisher redacted was there."""
    hidden = len(re.findall(_HIDDEN, text))
    phone = re.search(
        r"(?i)(?:tel|phone|mobile|telephone|\bm\b)\W{0,6}(?:\+?[0-9(][0-9 ()./-]{6,}|\[private\])|(?<!\w)\+[0-9][0-9 ()./-]{8,}",
        text,
    )
    address = re.search(
        r"(?i)(?:address|street|avenue|road|\bsuite\b|straße|strasse|p\.?o\.? box)|\b[0-9]{5}(?:-[0-9]{4})?\b", text
    )
    name = re.search(r"(?i)\bname\b\s*[:\[]|^\s*(?:I am|my name is)\b", text, re.MULTILINE)
    if hidden or (phone and address):
        return "present"
    return "unclear" if phone or address or name else "missing"


def _signature(text: str, _: Facts) -> str:
    """A signature stands after the last required statement, or is labelled; redacted lines there may or may not be one."""
    label = re.search(
        r"(?im)^\W*(?:(?:electronic |physical |digital )?signature|signed(?: by)?)\b[ \t]*:?[ \t]*(.*)$", text
    )
    if label:
        after = label.group(1).strip(" _.:-") or text[label.end() :].strip().split("\n")[0].strip(" _.:-")
        return "present" if after else "missing"
    if re.search(r"(?m)^\s*/(?:s/)?\s*[^/\n]{2,60}/?\s*$|/s/", text) or re.search(
        r"(?i)electronic signature that is", _flat(text)
    ):
        return "present"
    last = max(
        (m.end() for m in re.finditer(r"(?i)agent of such person|service of process|jurisdiction|perjury", text)),
        default=0,
    )
    tail = text[last:].strip(" .\n")
    if re.search(_HIDDEN, tail) and not re.search(
        r"(?i)(?:email|address|phone|name)\W{0,4}\[private\]\s*$", tail.strip()
    ):
        return "present"
    closing = re.search(
        r"(?im)^\s*(?:regards|sincerely|yours|best|kind regards|thank you)[^\n]*\n+\s*([^\n]{2,60})", tail
    )
    if closing:
        return "present"
    lone = len(re.findall(rf"(?m)^\s*(?:{_HIDDEN})\s*$", text))
    return "unclear" if lone >= 3 else "missing"


_COUNTER: Mapping[str, Callable[[str, Facts], str]] = {
    "signature": _signature, "material_and_location": _material, "perjury_good_faith_mistake": _perjury,
    "name_address_phone": _contact, "consent_to_jurisdiction": _consent, "accept_service": _service,
}  # fmt: skip


def _names(field: str) -> Callable[[str, Facts], str]:
    """Whether the draft names every value of a field of the case; without a case whether it names any such thing."""

    def test(text: str, facts: Facts) -> str:
        values = [str(r["value"]) for r in facts.of(field)]
        held = [v for v in values if v.casefold() in text.casefold()]
        shape = {
            "listing_ids": r"\bB0[A-Z0-9]{8}\b|\b[0-9]{9,}\b|https?://\S+",
            "complaint_ids": r"\b[0-9]{8,}\b|[A-Z]{2,5}-[0-9-]{4,}",
            "marks": r"\b[A-Z]{4,}\b|[\"“„«]",
        }
        if values:
            return "present" if len(held) == len(set(values)) else "unclear" if held else "missing"
        return "present" if re.search(shape.get(field, r"\S"), text) else "missing"

    return test


_REVIEW = r"(?:review|check|scan|audit|examin|geprüft|überprüft|vérifi|revis|controll|検査|確認|检查|檢查)\w*[^.\n。]{0,80}[0-9]+|[0-9]+[^.\n。]{0,60}(?:listings|angebote|annonces|anuncios|inserzioni|件|商品)"
_PREVENT = r"prevent|from now on|before (?:publishing|listing)|künftig|von nun an|vorbeug|désormais|prévention|en adelante|desde ahora|d'ora in poi|prevenzione|再発防止|今後|预防|今后|預防|今後"
_CAUSE = r"root cause|because|cause|ursache|grund|causa|原因|根本"
_ACTION = r"(?:removed|deleted|edited|changed|corrected|closed|entfernt|gelöscht|geändert|supprim|modifi|eliminad|retirad|rimoss|modificat|削除|修正|删除|修改|刪除)\w*"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}|(?:January|February|March|April|May|June|July|August|September|October|November|December) [0-9]{1,2}"
_PROOF = r"invoice|rechnung|facture|factura|fattura|請求書|发票|發票|licen[cs]e|lizenz|authori[sz]ation|attached|enclosed|beigefügt|ci-joint|adjunt|alleg|随附|隨附|添付"
_ERROR = r"error|irrtum|erreur|\berror\b|errore|誤り|错误|錯誤|有误|有誤"


def _dated(text: str, facts: Facts) -> str:
    acted = _said(_ACTION)(text, facts)
    return acted if acted == "missing" else "present" if re.search(_DATE, text) else "unclear"


_OTHER: Mapping[str, Mapping[str, Callable[[str, Facts], str]]] = {
    "plan": {
        "violations": _names("listing_ids"), "root_cause": _said(_CAUSE), "terms": _names("marks"), "actions": _dated,
        "review": _said(_REVIEW), "supplier": _said(r"supplier|lieferant|fournisseur|proveedor|fornitore|仕入先|供应商|供應商"),
        "prevention": _said(_PREVENT),
    },
    "retraction": {
        "reference": _names("complaint_ids"), "listings": _names("listing_ids"), "request": _said(_ERROR),
        "direct": _said(r"yourself|directly|direct to|selbst|directement|vous-même|directamente|usted mismo|direttamente|lei stesso|直接|ご自身|本人"),
    },
    "proof": {"reference": _names("complaint_ids"), "listings": _names("listing_ids"), "document": _said(_PROOF)},
    "edit": {"listings": _names("listing_ids"), "terms": _names("marks"), "actions": _dated},
    "dispute": {"reference": _names("complaint_ids"), "listings": _names("listing_ids"), "right": _names("number"), "grounds": _said(r"regist|regist|eingetragen|eintragung|enregistr|登録|注册|註冊")},
    "supplier": {"listings": _names("listing_ids"), "questions": _said(_PROOF)},
    "acknowledge": {"listings": _names("listing_ids"), "actions": _said(_ACTION)},
}  # fmt: skip
