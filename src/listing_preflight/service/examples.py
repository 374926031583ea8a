"""What the description of the interface shows: a listing, an answer, an error, each as it is sent."""

from typing import Any

LISTING: dict[str, Any] = {
    "id": "SKU-1", "marketplace": "amazon.com", "category": "Shoes", "title": "Veltora trail running shoes",
    "bullets": ["Light and quick to dry"], "description": "For <b>long</b> days outside.", "deadline_ms": 2000,
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "verdict": {"type": "listing", "id": "SKU-1", "marketplace": "amazon.com", "source": {"file": "-", "row": 1, "sheet": None},
                "decision": "pass", "findings": [], "gaps": [], "unread": []},
    "lists": [{"name": "shoes", "digest": "5f0c6c4a", "date": "2026-11-20"}], "ms": 11.5, "policy": None, "decision": "pass",
    "unchecked": {"gaps": 0, "unread": 0, "not_requested": 0, "stale": []},
}  # fmt: skip
ERROR: dict[str, Any] = {
    "error": {"code": "not-a-listing", "message": "title: must be text, not list", "field": "title"}
}
_TEXT = {"type": ["string", "number", "null"]}
_WORDS: dict[str, Any] = {"type": "string", "minLength": 1}
_TEXTS = ("title", "description", "brand", "manufacturer", "search_terms")
_PICTURE = {
    "type": "object", "properties": dict.fromkeys(("path", "url", "text"), _WORDS),
    "anyOf": [{"required": [k]} for k in ("path", "url", "text")],
}  # fmt: skip
LISTING_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "One listing in its native form; other keys are carried through and not scanned.",
    "properties": {
        "id": {"type": ["string", "integer", "null"]},
        **dict.fromkeys((*_TEXTS, "marketplace", "category"), _TEXT),
        "bullets": {"type": "array", "items": _TEXT},
        "attributes": {"type": "object", "additionalProperties": _TEXT},
        "images": {"type": "array", "items": _PICTURE},
        "seller": {"type": "object", "properties": {k: {"type": "array", "items": _WORDS} for k in ("own_brands", "authorised")}},
        "deadline_ms": {"type": "number", "exclusiveMinimum": 0, "description": "A shorter deadline than the service's own."},
    },
    "anyOf": [
        *({"required": [k], "properties": {k: _WORDS}} for k in _TEXTS),
        {"required": ["bullets"], "properties": {"bullets": {"type": "array", "minItems": 1, "items": _WORDS}}},
        {"required": ["images"], "properties": {"images": {"type": "array", "minItems": 1, "items": _PICTURE}}},
    ],
}  # fmt: skip
ANSWER_SCHEMA: dict[str, Any] = {
    "type": "object", "required": ["verdict", "lists", "ms", "policy", "decision", "unchecked"],
    "properties": {
        "verdict": {"type": "object", "required": ["type", "id", "decision", "findings", "gaps", "unread"],
                    "description": "The listing line of a report, preflight.report/1."},
        "lists": {"type": "array", "items": {"type": "object", "required": ["name", "digest", "date"]}},
        "ms": {"type": "number"},
        "policy": {"type": ["string", "null"], "description": "on-incomplete:POLICY where it was applied."},
        "decision": {"enum": ["pass", "review", "block"], "description": "The verdict's decision, or what the policy makes of it."},
        "unchecked": {"type": "object", "description": "How much was not looked at, whatever the decision."},
        "verdicts": {"type": "array", "description": "All verdicts, where several marketplaces were asked for."},
    },
}  # fmt: skip
ERROR_SCHEMA: dict[str, Any] = {
    "type": "object", "required": ["error"],
    "properties": {"error": {"type": "object", "required": ["code", "message", "field"], "properties": {
        "code": {"type": "string"}, "message": {"type": "string"}, "field": {"type": ["string", "null"]}}}},
}  # fmt: skip


def content(kind: str, schema: dict[str, Any], example: Any) -> dict[str, Any]:
    """The content of a body or answer."""
    return {"content": {kind: {"schema": schema, "example": example}}}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Answers that are no verdict."""
    told = {400: "Broken", 401: "No valid token", 403: "Foreign host", 404: "Unknown", 408: "The body came too slowly",
            413: "Too large", 415: "Another type of body", 422: "Not a listing; the field is named",
            429: "Too much at once; come again after Retry-After", 503: "Not ready"}  # fmt: skip
    return {n: {"description": told[n]} | content("application/json", ERROR_SCHEMA, ERROR) for n in statuses}
