"""What was done to a known picture, in words: from the map that lays the seen one over it."""

import numpy as np
import numpy.typing as npt

from listing_preflight.images.features import WAYS
from listing_preflight.images.looked import Box

Matrix = npt.NDArray[np.float64]
_UPRIGHT = 2.0
"""Degrees up to which a picture counts as upright."""
_STRETCH = 1.06
_WHOLE, _FILLED = 0.96, 0.9
_BENT = 0.08


def turn_matrix(turn: int, box: Box, onto: tuple[int, int]) -> Matrix:
    """The map from a box of a picture to a known one of a width and height, after undoing a turn (a number of `hashes.TURNS`)."""
    x, y, w, h = box
    unit = np.array([[1 / w, 0, -x / w], [0, 1 / h, -y / h], [0, 0, 1]])
    swap = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 1.0]]) if turn >= 4 else np.eye(3)
    mirror = np.array([[-1, 0, 1], [0, 1, 0], [0, 0, 1.0]]) if turn & 1 else np.eye(3)
    flip = np.array([[1, 0, 0], [0, -1, 1], [0, 0, 1.0]]) if turn & 2 else np.eye(3)
    return np.diag([onto[0], onto[1], 1.0]) @ mirror @ flip @ swap @ unit


def named(matrix: Matrix, way: int, seen: tuple[int, int], known: tuple[int, ...], box: Box) -> str:
    """For example "mirrored, cropped to 60 %, fills 20 % of the picture"."""
    told = [WAYS[way]] if way else []
    part = matrix[:2, :2] / matrix[2, 2]
    left, stretch, right = np.linalg.svd(part)
    spin = left @ right
    turned = round(float(np.degrees(np.arctan2(spin[1, 0], spin[0, 0]))))
    if abs(turned) > _UPRIGHT:
        told.append(f"turned {-turned % 360}°")
    if max(abs(matrix[2, :2])) * max(seen) > _BENT * abs(matrix[2, 2]):
        told.append("in perspective")
    elif stretch[0] / stretch[1] > _STRETCH:
        told.append("stretched")
    kept = shown(matrix, seen, known)
    if kept < _WHOLE:
        told.append(f"cropped to {100 * kept:.0f} %")
    filled = box[2] * box[3] / (seen[0] * seen[1])
    if filled < _FILLED:
        told.append(f"fills {100 * filled:.0f} % of the picture")
    return ", ".join(told) or "none"


def shown(matrix: Matrix, seen: tuple[int, int], known: tuple[int, ...]) -> float:
    """The share of the known picture that lies inside the seen one."""
    import cv2

    corners = np.array([[0, 0, 1], [seen[0], 0, 1], [seen[0], seen[1], 1], [0, seen[1], 1]]) @ matrix.T
    if (corners[:, 2] * corners[0, 2] <= 0).any():
        return 1.0
    quad = (corners[:, :2] / corners[:, 2:]).astype(np.float32)
    frame = np.array([[0, 0], [known[0], 0], [known[0], known[1]], [0, known[1]]], np.float32)
    area, _ = cv2.intersectConvexConvex(cv2.convexHull(quad), frame)
    return float(area) / (known[0] * known[1])
