"""What the notice itself says and lacks."""

from listing_preflight.complaint.completeness import completeness, lacking
from listing_preflight.complaint.letter import unread
from listing_preflight.complaint.matter import Check, Matter, unknown


def notice_complete(matter: Matter) -> Check:
    """Whether the complaint names who complains, which right and which listing."""
    ground, head = "notice_complete", matter.head
    if head["family"] not in ("owner complaint", "seller letter"):
        return unknown(ground, "no complaint of an owner to judge")
    right = head["marks"] or head["numbers"] or matter.facts.of("work") or matter.facts.of("own_page")
    without = [
        *([] if head["complainant"] or head["contact"] else ["complainant and contact"]), *([] if right else ["the right: mark, number or work"]),
        *([] if head["listing_ids"] else ["the listing"]),
    ]  # fmt: skip
    held = matter.of("complainant", "contact", "marks", "number", "listing_ids")
    further = "".join(f"; {law} also asks for: {', '.join(names)}" for law, names in elements_lacking(matter).items())
    gaps = [g for one in head.get("notices", ()) for g in unread(one["notes"])]
    if without and gaps:
        return unknown(ground, f"not found: {', '.join(without)}; parts of the notice were not read: {'; '.join(gaps)}")
    if without:
        return Check(ground, "contradicts", held, f"missing: {', '.join(without)}{further}")
    return Check(ground, "supports", held, f"who complains, the right and the listing are named{further}")


def elements_lacking(matter: Matter) -> dict[str, list[str]]:
    """By law or platform, the elements that a complaint which is at hand as a whole does not have."""
    return lacking(completeness(matter))
