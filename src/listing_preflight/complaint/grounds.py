"""One check per ground: what the facts say of a complaint: supports, contradicts, or unknown; never a verdict."""

from collections.abc import Callable, Mapping

from listing_preflight.complaint import on_catalogue, on_notice, on_register
from listing_preflight.complaint.matter import Check, Matter, unknown

_TESTS: Mapping[str, Callable[[Matter], Check]] = {
    "number_found": on_register.number_found, "in_force": on_register.in_force, "owner_matches": on_register.owner_matches,
    "mark_matches": on_register.mark_matches, "class_covers": on_register.class_covers,
    "territory_covers": on_register.territory_covers, "in_listing": on_catalogue.in_listing,
    "authorised": on_catalogue.authorised, "registered_before_listing": on_register.registered_before_listing,
    "notice_complete": on_notice.notice_complete,
}  # fmt: skip
GROUNDS = tuple(_TESTS)


def checks(matter: Matter) -> list[Check]:
    """All checks, in the order of GROUNDS."""
    if matter.head["family"] == "not a notice":
        why = "the text is no notice of the platform, an owner or a court: nothing in it is tested"
        return [unknown(ground, why) for ground in GROUNDS]
    return [_TESTS[ground](matter) for ground in GROUNDS]
