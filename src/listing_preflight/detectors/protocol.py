"""What every detector is given and gives back: a batch of listings in, what was seen in each of them out, and no opinion."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from listing_preflight.detectors.known_images import KnownPictures
from listing_preflight.detectors.marks_in_registers import Bound, Passed, Registers
from listing_preflight.detectors.marks_in_text import Matcher
from listing_preflight.detectors.watermarks import Stamp
from listing_preflight.images.looked import Looked
from listing_preflight.model.finding import Unread
from listing_preflight.model.hit import Hit, PictureMatch
from listing_preflight.model.listing import Listing, Picture
from listing_preflight.text.names import Form
from listing_preflight.text.vocabulary import Vocabulary


class Sight(NamedTuple):
    """One listing to look at: its pictures, what a worker made of those that were looked at, what registers may bind it by."""

    listing: Listing
    pictures: Sequence[Picture] = ()
    looked: Sequence[tuple[Picture, Looked]] = ()
    bound: Bound | None = None


class Seen(NamedTuple):
    """What was seen in one listing.

    `yielded` are hits where a longer or closer name stands, with that name; `passed_over` counts names of registers that no mask
    let through, and `passed` are these with what is written there, where that was asked for.
    """

    hits: tuple[Hit, ...] = ()
    copies: tuple[PictureMatch, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    unread: tuple[Unread, ...] = ()
    yielded: tuple[tuple[Hit, str], ...] = ()
    passed_over: int = 0
    passed: tuple[tuple[Passed, str], ...] = ()

    def __or__(self, other: "Seen") -> "Seen":
        """What two detectors saw, the first one's first."""
        return Seen(
            self.hits + other.hits, self.copies + other.copies, self.stamps + other.stamps, self.unread + other.unread,
            self.yielded + other.yielded, self.passed_over + other.passed_over, self.passed + other.passed,
        )  # fmt: skip


class Tools(NamedTuple):
    """What detectors are made from: the names of a run, their registers and known pictures."""

    matcher: Matcher
    in_picture: Callable[[Bound | None], Matcher]
    """The matcher for the words of a listing's pictures."""
    forms: Callable[[str], Sequence[Form]]
    words: Vocabulary
    known: KnownPictures
    registers: Registers | None = None
    named: bool = False


class Detector(Protocol):
    """Sees something in listings."""

    def see(self, batch: Sequence[Sight]) -> list[Seen]:
        """What is seen in each listing of a batch."""
        ...


class PictureDetector(Protocol):
    """Sees something in one picture."""

    def told(self, picture: Picture, matcher: Matcher) -> Seen:
        """What the listing itself says is in it."""
        ...

    def see(self, picture: Picture, looked: Looked, matcher: Matcher) -> Seen:
        """What is in it by what a worker made of it."""
        ...
