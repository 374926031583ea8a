"""What a worker found in one picture: plain values that travel between processes."""

from dataclasses import dataclass

from listing_preflight.model.listing import GapKind

Box = tuple[int, int, int, int]
Point = tuple[int, int]
Quad = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text: what was read, how sure (0 to 1), [x, y, width, height] in pixels as displayed.

    `height` is that of its letters in those pixels, whichever way the line is turned; `seen` how sure the engine is
    (0 to 1) that it is text at all, read or not. `quad` has its corners from the top left clockwise; none: those of the box.
    """

    text: str
    score: float
    box: Box
    height: int = 0
    seen: float = 1.0
    quad: Quad | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A known picture seen: its number in its gallery, how it was found, how sure (0 to 1), its place and what was done to it.

    `aside` says that the known picture matches so much of the catalogue that nobody is told of it (see `crowd`).
    """

    known: int
    method: str
    score: float
    box: Box
    alteration: str
    gallery: int = 0
    aside: bool = False
    inliers: int | None = None
    correlation: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One distinct frame: its number, displayed size, known pictures in it and lines in reading order.

    `plain` says that it has too little structure to be looked for as a part or to be told from others; `hash` is its pHash.
    """

    number: int
    size: tuple[int, int]
    copies: tuple[Copy, ...] = ()
    lines: tuple[Line, ...] = ()
    plain: bool = False
    hash: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a picture, or a part of it, could not be looked at."""

    kind: GapKind
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """All that was seen in one picture; `digest` is the SHA-256 of its file, empty where that could not be read."""

    frames: tuple[Frame, ...] = ()
    faults: tuple[Fault, ...] = ()
    digest: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One picture to look at: where it is and what is wanted of it."""

    path: str
    roots: tuple[str, ...]
    ocr: str
    known: bool
    languages: str = "eng"
    cache: bool = False
