"""The targets: a new one is one line in its room's file."""

from fuzz.target import Target
from fuzz.targets import compiled, decisions, exports, lists, notices, pictures, registers, settings, text

ROOMS = (exports, text, compiled, lists, settings, decisions, registers, pictures, notices)
TARGETS: dict[str, Target] = {target.name: target for room in ROOMS for target in room.TARGETS}
