"""Whether the classes and goods of a registration cover the goods of a listing, and how near they come."""

from typing import NamedTuple, Self

from listing_preflight.judging import editions, likeness
from listing_preflight.judging.goods import Goods, coordinated
from listing_preflight.model.finding import Reason
from listing_preflight.model.mark import Registration
from listing_preflight.model.tri import Tri


class Cover(NamedTuple):
    """The answer, how it was come to (equal, related, unrelated, unknown), and why."""

    covers: Tri
    relation: str
    reason: Reason

    def left_open(self) -> Self:
        """The same where another noun of the listing is of the classes: what is not plain is not known."""
        return self._replace(
            covers=Tri.UNKNOWN, relation="unknown", reason=Reason("goods-unknown", dict(self.reason.params))
        )


def of(row: Registration, goods: Goods) -> Cover:
    """Whether a registration covers the goods: equal class, related goods, or neither; unknown where either is."""
    relation, code, params = _relation(row, goods)
    answer = {"equal": Tri.YES, "unrelated": Tri.NO}.get(relation, Tri.UNKNOWN)
    first = _named_class(row.classes or frozenset(), relation, goods)
    told = {
        "goods": goods.told(), "class": first or 0, "classes": ", ".join(map(str, sorted(row.classes or ()))), **params,
    }  # fmt: skip
    return Cover(answer, relation, Reason(f"goods-{code}", told))


def _named_class(classes: frozenset[int], relation: str, goods: Goods) -> int | None:
    """The class of the goods that the relation rests on, or else the likeliest."""
    for number, _ in goods.classes:
        near = coordinated().get(number, frozenset()) if relation == "related" else frozenset({number})
        if number in goods.likely and near & classes:
            return number
    return goods.first()


def of_classes(classes: frozenset[int], goods: Goods) -> Tri:
    """Whether some classes cover the goods, nothing else being known."""
    if not classes or not goods.likely:
        return Tri.UNKNOWN
    if classes & goods.likely:
        return Tri.YES
    return Tri.UNKNOWN if _coordinate(classes, goods) else Tri.NO


def _coordinate(classes: frozenset[int], goods: Goods) -> bool:
    return any(coordinated().get(c, frozenset()) & classes for c in goods.likely)


def _relation(row: Registration, goods: Goods) -> tuple[str, str, dict[str, str | int]]:
    likely = editions.classes_as_of(goods.likely, goods.moved, row.filed)
    if row.excluded_goods and (named := likeness.names(row.excluded_goods, goods.nouns)):
        return "unrelated", "excluded", {"text": named}
    if row.classes and likely & row.classes:
        return "equal", "equal", {}
    if row.goods and goods.nouns and (near := likeness.nearest(row.goods, goods.nouns)):
        return "related", "text-related", {"text": near}
    if not row.classes:
        return "unknown", "no-classes", {}
    if not likely:
        return "unknown", "unknown", {}
    if _coordinate(row.classes, goods):
        return "related", "related", {}
    return "unrelated", "unrelated", {}
