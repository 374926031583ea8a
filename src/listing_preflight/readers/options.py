"""What a run tells its readers."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """Reading options of the command line; `mapping` maps a column header to a field of the listing."""

    encoding: str | None = None
    delimiter: str | None = None
    input_format: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    image_roots: tuple[str, ...] = ()
