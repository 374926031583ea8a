"""Where boxes lie to each other."""

from listing_preflight.images.looked import Box


def overlap(a: Box, b: Box) -> float:
    """The share of the lesser box that both cover."""
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0, w) * max(0, h) / max(1, min(a[2] * a[3], b[2] * b[3]))
