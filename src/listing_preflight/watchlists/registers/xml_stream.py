"""Iterate over the elements of a large XML document in flat memory, safe from what XML can be made to do."""

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from listing_preflight.errors import ListError
from listing_preflight.watchlists.registers.source import Stream, named_faults


def elements(stream: Stream, tags: Sequence[str], root: str) -> Iterator[Any]:
    """Each finished element of the tags; it is emptied when the next one is asked for.

    `huge_tree` lifts the limit of 10 MB on one text, which genuine records exceed; the limits on entities that go with
    it are not needed, for a document that declares an entity is refused. ListError for one that is cut short, is not
    XML, or has another root than `root` (local name).
    """
    context = etree.iterparse(
        stream.bytes,
        events=("end",),
        tag=(*tags, "{*}" + root),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    rooted, count = False, 0
    with named_faults(stream.name):
        try:
            for _, element in context:
                if not rooted:
                    _check_root(stream.name, element, root)
                    rooted = True
                if element.getparent() is None:
                    continue
                count += 1
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as e:
            _named(stream.name, e, count)
    if not rooted:
        raise ListError(f"has no {root}: not a file of this format", where=stream.name)


def _check_root(name: str, element: Any, root: str) -> None:
    top = element.getroottree()
    if top.getroot().tag.rpartition("}")[2] != root:
        raise ListError(f"begins with {top.getroot().tag!r}, not {root}: not a file of this format", where=name)
    dtd = top.docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise ListError("declares entities, which no register file does: it may be an XML bomb", where=name)


def _named(name: str, error: etree.XMLSyntaxError, count: int) -> None:
    line = error.lineno or 0
    cut = "Premature end" in str(error) or "EndOfDocument" in str(error) or "Document is empty" in str(error)
    what = "is cut short" if cut else "is not well-formed XML"
    detail = f"{what} after {count} records: {error.msg}"
    raise ListError(detail, where=f"{name}:{line}", remedy="Nothing of it was taken; download the file again") from None
