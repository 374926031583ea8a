"""Where a registration can be looked up by everybody."""

import re
from urllib.parse import quote

from listing_preflight.model.finding import RightAnswer

_US_SERIAL = 8
"""Digits of a serial number of the USPTO; registration numbers have fewer."""


def record_address(right: RightAnswer) -> str | None:
    """The public page of a registration, for offices whose pages can be named by number."""
    digits = re.sub(r"\D", "", right.number or "")
    if not digits:
        return None
    match right.office:
        case "US":
            kind = "SERIAL_NO" if len(digits) == _US_SERIAL else "US_REGISTRATION_NO"
            return f"https://tsdr.uspto.gov/#caseNumber={digits}&caseType={kind}&searchType=statusSearch"
        case "EM":
            return f"https://euipo.europa.eu/eSearch/#details/trademarks/{digits.zfill(9)}"
        case "GB":
            return f"https://trademarks.ipo.gov.uk/ipo-tmcase/page/Results/1/{quote(right.number or '')}"
        case "WO":
            return f"https://www3.wipo.int/madrid/monitor/en/showData.jsp?ID=ROM.{digits}"
    return None
