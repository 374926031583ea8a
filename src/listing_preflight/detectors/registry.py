"""All detectors: a new one is a file of its own and a line here."""

from collections.abc import Callable, Iterator, Sequence

from listing_preflight.detectors import known_images, marks_in_images, marks_in_text, watermarks
from listing_preflight.detectors.known_images import KnownPictures
from listing_preflight.detectors.marks_in_text import MarksInText, Matcher
from listing_preflight.detectors.marks_over_fields import MarksOverFields
from listing_preflight.detectors.protocol import Detector, PictureDetector, Seen, Sight, Tools
from listing_preflight.images.looked import Looked
from listing_preflight.model.listing import Picture


class _Texts:
    """Names in the texts of listings."""

    def __init__(self, tools: Tools) -> None:
        self._inner = MarksInText(tools.matcher, tools.registers, named=tools.named)

    def see(self, batch: Sequence[Sight]) -> list[Seen]:
        found = self._inner.see([s.listing for s in batch], [s.bound for s in batch if s.bound is not None])
        return [_of_texts(one) for one in found]


def _of_texts(seen: marks_in_text.Seen) -> Seen:
    return Seen(hits=seen.hits, yielded=seen.yielded, passed_over=seen.passed_over, passed=seen.passed)


class _OverFields:
    """Names over the seams of fields."""

    def __init__(self, tools: Tools) -> None:
        self._inner = MarksOverFields(tools.forms, tools.words)

    def see(self, batch: Sequence[Sight]) -> list[Seen]:
        return [Seen(hits=tuple(self._inner.see(s.listing))) for s in batch]


class _Words:
    """Names in the words of pictures."""

    def told(self, picture: Picture, matcher: Matcher) -> Seen:
        return Seen(hits=marks_in_images.see_known_text(matcher, picture) if picture.text else ())

    def see(self, picture: Picture, looked: Looked, matcher: Matcher) -> Seen:
        words = marks_in_images.see(matcher, picture, looked)
        return Seen(hits=words.hits, unread=words.unread)


class _Stamps:
    """Addresses, handles and notices on pictures."""

    def told(self, picture: Picture, matcher: Matcher) -> Seen:  # noqa: ARG002 -- a stamp is no name of a list
        return Seen(stamps=watermarks.see_known_text(picture))

    def see(self, picture: Picture, looked: Looked, matcher: Matcher) -> Seen:  # noqa: ARG002
        return Seen(stamps=watermarks.see(picture, looked))


class _Known:
    """Known pictures and logos."""

    def __init__(self, known: KnownPictures) -> None:
        self._known = known

    def told(self, picture: Picture, matcher: Matcher) -> Seen:  # noqa: ARG002 -- no text shows a picture
        return Seen()

    def see(self, picture: Picture, looked: Looked, matcher: Matcher) -> Seen:  # noqa: ARG002
        return Seen(
            hits=tuple(self._known.logos(picture, looked)), copies=tuple(self._known.see(picture, looked)),
            unread=tuple(known_images.plain(picture, looked)),
        )  # fmt: skip


class _Pictures:
    """All that is seen in pictures, picture after picture."""

    def __init__(self, tools: Tools) -> None:
        self._matcher = tools.in_picture
        self._inner: tuple[PictureDetector, ...] = (_Words(), _Stamps(), _Known(tools.known))

    def see(self, batch: Sequence[Sight]) -> list[Seen]:
        return [_together(self._of(one)) if one.pictures else Seen() for one in batch]

    def _of(self, sight: Sight) -> Iterator[Seen]:
        matcher = self._matcher(sight.bound)
        yield from (one.told(p, matcher) for p in sight.pictures for one in self._inner)
        yield from (one.see(p, looked, matcher) for p, looked in sight.looked for one in self._inner)


DETECTORS: tuple[Callable[[Tools], Detector], ...] = (_Texts, _OverFields, _Pictures)


class Detectors:
    """All detectors of a run as one."""

    def __init__(self, tools: Tools) -> None:
        self._inner = tuple(make(tools) for make in DETECTORS)

    def see(self, batch: Sequence[Sight]) -> list[Seen]:
        """What all detectors see in each listing of a batch."""
        return [_together(parts) for parts in zip(*(one.see(batch) for one in self._inner), strict=True)]


def _together(parts: Iterator[Seen] | Sequence[Seen]) -> Seen:
    out = Seen()
    for part in parts:
        out |= part
    return out
