"""When a line counts as read, and when marks are surely text that could not be read."""

from listing_preflight.images.looked import Line

READ = 0.6
"""Confidence from which a line counts as read; below it text was seen and not read."""
SEEN = 0.7
"""How sure the detector must be that unread marks are text: below it they are texture."""
LEAST_HEIGHT = 8
"""Pixels below which marks that cannot be read are texture."""
MOST_HEIGHT = 0.35
"""Share of the picture's shorter side above which they are the goods' own shape: detectors take shirts for letters."""
LEAST_LENGTH = 1.3
"""Length over height below which they are one sign, not a word."""


def is_unread(line: Line, size: tuple[int, int], below: float = READ) -> bool:
    """Whether a line in a picture of that size (width, height) is surely text, and read with less confidence."""
    height = line.height or line.box[3]
    shape = max(line.box[2:]) >= LEAST_LENGTH * height and LEAST_HEIGHT <= height <= MOST_HEIGHT * min(size)
    return line.score < below and line.seen >= SEEN and shape
