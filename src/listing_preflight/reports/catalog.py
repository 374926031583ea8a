"""The words of a language: a catalog of data/LANGUAGE.yaml; what it does not hold is said in English."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "zh-Hans")
Table = Mapping[str, str]


class _Count(int):
    """A number that also chooses words: `{n:place|places}` is the first for one and the second for any other."""

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        return (one if self == 1 else many) if bar else super().__format__(spec)


class _Gentle(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def fill(template: str, params: Mapping[str, object]) -> str:
    """A template with its parameters; one that is missing shows as a question mark."""
    return template.format_map(_Gentle({k: _Count(v) if type(v) is int else v for k, v in params.items()}))


@dataclass(frozen=True, slots=True)
class Catalog:
    """The tables of one language by name."""

    tag: str
    tables: Mapping[str, Table]

    def find(self, table: str, key: str) -> str | None:
        """An entry, or None where this language has none."""
        return self.tables.get(table, {}).get(key)

    def word(self, table: str, key: str) -> str:
        """A word of a closed list (values, fields, gaps, rules, steps); the key itself where there is none."""
        return self.find(table, key) or key.replace("_", " ")

    def say(self, key: str, **params: object) -> str:
        """A phrase of the reports' own."""
        return fill(self._certain("ui", key), params)

    def line(self, key: str, **params: object) -> str:
        """A line of proof."""
        return fill(self._certain("lines", key), params)

    def message(self, key: str, **params: object) -> str:
        """The frame of a message."""
        return fill(self._certain("messages", key), params)

    def _certain(self, table: str, key: str) -> str:
        return self.find(table, key) or catalog("en").tables[table][key]


@functools.cache
def catalog(tag: str) -> Catalog:
    """The catalog of a language of LANGUAGES."""
    from listing_preflight.storage.prepared import document

    return Catalog(tag, document(__package__, f"data/{tag}.yaml"))


def of_locale(environment: Mapping[str, str]) -> str:
    """The language of a locale as POSIX names it (LC_ALL before LC_MESSAGES before LANG); English where it is not ours."""
    named = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environment.get(k))), "")
    plain = named.partition(".")[0].partition("@")[0].replace("-", "_").casefold()
    return "zh-Hans" if plain in ("zh", "zh_cn", "zh_sg", "zh_hans", "zh_hans_cn", "zh_hans_sg") else "en"
