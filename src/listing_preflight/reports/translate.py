"""Errors, gaps and notes in another language, by the shape of what they say; what has no translation stays as it is."""

import functools
import re

from listing_preflight.errors import PreflightError
from listing_preflight.reports.catalog import Catalog, catalog

_NAME = re.compile(r"\\{(\w+)\\}")


def translated(text: str, words: Catalog) -> str:
    """The text in a language; what varies in it is carried over, and said in that language where it is known too; an `{example}` stays."""
    table = words.tables.get("phrases", {})
    if (whole := table.get(text)) is not None:
        return whole
    for shape, template in _shapes(words.tag):
        if found := shape.fullmatch(text):
            said = {k: v if k == "example" else translated(v, words) for k, v in found.groupdict().items()}
            return template.format_map(said)
    return text


def error(fault: PreflightError, words: Catalog) -> str:
    """An error with its place and its remedy."""
    what = translated(fault.what, words)
    head = f"{fault.where}: {what}" if fault.where else what
    return f"{head}. {translated(fault.remedy, words)}" if fault.remedy else head


@functools.cache
def _shapes(tag: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The phrases with something that varies, the most certain (those with most letters of their own) first."""
    varied = [(k, v) for k, v in catalog(tag).tables.get("phrases", {}).items() if "{" in k]
    varied.sort(key=lambda one: len(re.sub(r"{\w+}", "", one[0])), reverse=True)
    return tuple((re.compile(_NAME.sub(r"(?P<\1>.+?)", re.escape(k)), re.DOTALL), v) for k, v in varied)
