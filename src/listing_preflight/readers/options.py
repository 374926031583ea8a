"""What a run tells its readers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from listing_preflight.readers.scratch import Scratch


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """Reading options of the command line; `mapping` maps a column header to a field of the listing.

    `sheet` is the name or 1-based number of the only sheet to read. `scratch` holds what archives are unpacked into
    and lives as long as these options. `marketplace_told`: the user names marketplaces, so that a format's own is not assumed.
    """

    encoding: str | None = None
    delimiter: str | None = None
    input_format: str | None = None
    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    image_roots: tuple[str, ...] = ()
    marketplace_told: bool = False
    scratch: Scratch = field(default_factory=Scratch)
