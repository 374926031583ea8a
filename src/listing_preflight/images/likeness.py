"""How likely it is that what was found is the known thing: a curve for each way of finding, fitted to labelled pictures."""

import functools
import json
import math
from collections.abc import Mapping
from importlib.resources import files

DATA = "likeness.json"
"""Written by benchmarks/likeness.py, which says how the curves are fitted; `weights` go with the measures by their names."""
_SUREST = 0.999
"""No measure of pixels is as sure as the file itself."""


@functools.cache
def curves() -> Mapping[str, Mapping[str, float]]:
    """The weights of each curve by measure; `1` is the constant."""
    made = json.loads(files(__package__).joinpath(DATA).read_text(encoding="utf-8"))
    return {name: curve["weights"] for name, curve in made["curves"].items()}


def likeness(curve: str, **measures: float) -> float:
    """The share, 0 to 1, of findings with these measures that are right, among as many right as wrong ones."""
    weights = curves()[curve]
    value = weights["1"] + sum(weights[name] * measure for name, measure in measures.items())
    return round(min(_SUREST, 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))), 3)
