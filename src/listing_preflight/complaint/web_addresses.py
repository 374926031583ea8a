"""Parts of addresses as notices write them: one that is none has no parts."""

import re
from urllib.parse import SplitResult, urlsplit

_NONE = SplitResult("", "", "", "", "")


def split(url: str) -> SplitResult:
    """The parts of an address, also of one that was written so that nobody clicks it: "hxxps://shop[.]example"."""
    if url[:4].lower() == "hxxp" or "[.]" in url:
        url = re.sub(r"(?i)^hxxp", "http", url.replace("[.]", "."))
    try:
        return urlsplit(url)
    except ValueError:  # half of an IPv6 address, or a host that no name can be
        return _NONE


def host(url: str) -> str:
    """The host of an address, without www; empty where there is none."""
    return (split(url).hostname or "").removeprefix("www.")
