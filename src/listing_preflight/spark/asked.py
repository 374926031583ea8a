"""What a job was asked for, as a plain value that travels to the workers."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from listing_preflight.judging.overlay import Overlay
from listing_preflight.policy.pack_reader import Rule
from listing_preflight.spark.tables import Place

if TYPE_CHECKING:
    from listing_preflight.judging.seller import Seller


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The lists as one compiled file that workers can open, the options of a scan, and how rows are read."""

    lists: str
    digest: str
    spread: bool
    day: datetime.date
    marketplaces: tuple[str, ...] = ()
    seller: "Seller | None" = None
    overlay: Overlay = Overlay()
    rules: tuple[Rule, ...] = ()
    images: bool = True
    ocr: str = "auto"
    explain: bool = False
    mapping: Mapping[str, str] = field(default_factory=dict)
    image_roots: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    name: str = "table"
    places: Mapping[str, Place] = field(default_factory=dict)
