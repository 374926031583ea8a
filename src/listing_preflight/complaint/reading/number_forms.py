"""How numbers of rights are written: separators, numbers whose form alone tells what they are, and the form of registers."""

import re
from collections.abc import Mapping

NUM = (
    r"(?:40(?:19|20)[0-9]{7}[A-Z](?![A-Za-z])|[0-9]{2}/[0-9]{3},[0-9]{3}|(?<![0-9/])[0-9]{4,6}/(?:19|20)[0-9]{2}|(?:[1-4]0|36)20[0-9]{2}[0-9]{9}|[0-9]{1,2}/[0-9]{4}/[0-9]{4,8}|(?:40|41)-[0-9]{7,8}|[RM]\.?[ -]?(?:[0-9]{5,7}|[0-9]{2,3}[ .][0-9]{3})"
    r"|(?:19|20)[0-9]{2}[ /][0-9]{4,6}(?: / [0-9]{1,3})?|4-[0-9]{7}-000|(?:10|20|30|39|40) ?[0-9]{4}(?: [0-9]{3}){2}(?:-[0-9]{1,4})?|(?<![0-9])[0-9]{2} [0-9] [0-9]{3} [0-9]{3}|[0-9]{3} ?[0-9]{3} ?[0-9]{3}-[0-9]{4}|(?<![0-9-])[0-9]{5,6}-[0-9]{2,3}(?![0-9-])"
    r"|[0-9]{1,3}(?:[ ,.'’][0-9]{3})+|[0-9]{5,15})(?![0-9*xX█]|[,.][0-9])"
)
OFFICE = r"(?:EUTM|CTM|RCD|EM|EU|GB|UK|DE|FR|IT|ES|US|IR|WO|CN|JP|KR|BX|MX|CA|AU|IN|BR|TR|PL|SE)"
PREFIXES = {"EUTM": "EM", "CTM": "EM", "RCD": "EM", "EU": "EM", "UK": "GB", "IR": "WO"}
PREFIXED = re.compile(rf"(?<![A-Za-z0-9-])(?P<office>{OFFICE})(?:[ -]?(?:No\.?|Nr\.?))?[ .:-]{{0,2}}(?P<number>{NUM})")
VALUE = re.compile(
    rf"(?:(?<![0-9A-Za-z*/█+-])(?<![0-9]\.)|(?<=\bNo)|(?<=\bNr))(?:(?P<office>{OFFICE})[ .:-]{{0,2}})?(?P<number>{NUM})"
)
OWN: Mapping[str, tuple[str, str]] = {
    # pattern → type, the only office that writes so: it is a candidate, and said only where the notice says it
    r"(?<![A-Za-z0-9])(?:VAu|VA|TXu|TX|PAu|PA|SRu|SR)[ -]?(?:[0-9]-[0-9]{3}-[0-9]{3}|[0-9]{3}-[0-9]{3}|[0-9]{6,10})(?![0-9*])": ("copyright", "US"),
    r"[一-鿿]作登字-[0-9]{4}-[A-Z]-[0-9]{6,10}": ("copyright", "CN"),
    r"(?<![A-Za-z0-9])Rp\.?[ ]?(?:[0-9]{4,6}|[0-9]{1,3}[ .][0-9]{3})(?![0-9])": ("design", "PL"),
    r"(?<![A-Za-z0-9])Ru\.?[ ]?(?:[0-9]{4,6}|[0-9]{1,3}[ .][0-9]{3})(?![0-9])": ("utility-model", "PL"),
    r"(?<![A-Za-z0-9])BX[ ]?[0-9]{3,4}[ .][0-9]{3}(?![0-9])": ("trademark", "BX"),
    r"(?<![A-Za-z0-9])DR[ ]?(?:19|20)[0-9]{2}[ ]?[0-9]{5}(?![0-9])": ("design", "DK"),
    r"(?<![A-Za-z0-9])VR[ ]?(?:19|20)[0-9]{2}[ ]?[0-9]{5}(?![0-9])": ("trademark", "DK"),
    r"(?<![A-Za-z0-9])Z(?:19|20)[0-9]{6}[A-Z]?(?![A-Za-z0-9])": ("trademark", "HR"),
    r"(?<![A-Za-z0-9])EC00[0-9]{6,12}(?![0-9])": ("copyright", "ID"),
    r"(?<![A-Za-z0-9])TM(?:19|20)[0-9]{8}(?![0-9])": ("trademark", "MY"),
    r"(?<![0-9/])[0-9]{1,6}/(?:19|20)[0-9]{2}/QTG(?![A-Za-z0-9])": ("copyright", "VN"),
    r"(?<![A-Za-z0-9-])C-(?:19|20)[0-9]{2}-[0-9]{6}(?![0-9-])": ("copyright", "KR"),
    r"(?<![A-Za-z0-9])NC(?:19|20)[0-9]{2}/[0-9]{7}(?![0-9])": ("patent", "CO"),
    r"(?<![0-9-])3-[0-9]{7}-000(?![0-9-])": ("design", "VN"),
    r"(?<![0-9-])1-[0-9]{7}-000(?![0-9-])": ("patent", "VN"),
    r"(?<![A-Za-z0-9])DE[ ]?40[ ]?(?:19|20)[0-9]{2}(?:[ ]?[0-9]{3}){2}-[0-9]{4}(?![0-9])": ("design", "DE"),
    r"(?<![0-9-])4-[0-9]{7}-000(?![0-9-])": ("trademark", "VN"),
    r"(?<![0-9])[0-9]{2}-RTPI-[0-9]{3,6}(?:\.[0-9]+)?/[0-9]{4}": ("copyright", "ES"),
    r"(?<![A-Za-z0-9/-])(?:A|L|M|AW|SW|CF|SR)-[0-9]{5,6}/(?:19|20)[0-9]{2}(?![0-9])": ("copyright", "IN"),
    r"(?<![A-Za-z0-9])USD(?:[0-9]{3},?[0-9]{3}|1,?[0-9]{3},?[0-9]{3})(?:[ ]?S[0-9]?)?(?![0-9,.])": ("design", "US"),
    r"(?<![A-Za-z0-9第])(?<!US)(?:US[ ]?)?D[ ]?(?:[0-9]{3},[0-9]{3}|[0-9],?[0-9]{3},?[0-9]{3}|[0-9]{6})(?:[ ]?S[0-9]?)?(?![0-9,]|-[0-9]{2}(?![0-9]))": ("design", "US"),
    r"(?<![A-Za-z0-9])D0[0-9]{6}-[0-9]{2}(?![0-9])": ("design", "ES"),
    r"(?<![A-Za-z0-9])DM[ ]?/[ ]?[0-9]{6}": ("design", "WO"),
    r"(?<![0-9])[0-9]{3} ?[0-9]{3} ?[0-9]{3}-[0-9]{4}(?![0-9])": ("design", "EM"),
    r"(?<![A-Za-z0-9])(?:US[ ]?)?[0-9]{1,2},?[0-9]{3},?[0-9]{3}[ ]?B[12](?![0-9A-Za-z])": ("patent", "US"),
    r"(?<![A-Za-z0-9])EP[ ]?[0-9]{1,3}(?:[ ]?[0-9]{3}){2}(?:[ ]?[AB][1-3])?": ("patent", "EP"),
    r"(?<![0-9-])4[015]-[0-9]{7}(?=-0000(?![0-9])|(?![0-9-]))": ("trademark", "KR"),
    r"(?<![A-Za-z0-9])M-?[0-9](?:\.?[0-9]{3}){2}(?![0-9])": ("trademark", "ES"),
    r"(?<![A-Za-z0-9])IDM[0-9]{9}": ("trademark", "ID"),
    r"(?<![A-Za-z0-9])IDD[0-9]{9}": ("design", "ID"),
    r"(?<![A-Za-z0-9])IDP[0-9]{9}": ("patent", "ID"),
    r"(?<![A-Za-z0-9])Z[. ][ ]?[0-9]{6}(?![0-9])": ("trademark-application", "PL"),
    r"(?<![A-Za-z0-9])(?:TMA|LMC)[ ]?[0-9]{1,4}(?:,?[0-9]{3}){1,2}(?![0-9])": ("trademark", "CA"),
    r"(?<![A-Za-z0-9])T[0-9]{7}[A-Z](?![A-Za-z0-9])": ("trademark", "SG"),
    r"(?<![A-Za-z0-9])UK0000[0-9]{7}(?![0-9xX*])|(?<![A-Za-z0-9])UK00[89][0-9]{8}(?![0-9xX*])": ("trademark", "GB"),
    r"(?<![0-9/])[7-9][0-9]/[0-9]{3},[0-9]{3}(?![0-9])": ("trademark-application", "US"),
    r"(?<![A-Za-z0-9])BR[ ]?10[ ]?20[0-9]{2}[ ]?[0-9]{6}(?:-[0-9])?(?![0-9])": ("patent", "BR"),
    r"(?<![A-Za-z0-9])BR[ ]?20[ ]?20[0-9]{2}[ ]?[0-9]{6}(?:-[0-9])?(?![0-9])": ("utility-model", "BR"),
    r"(?<![A-Za-z0-9])BR[ ]?30[ ]?20[0-9]{2}[ ]?[0-9]{6}(?:-[0-9])?(?![0-9])": ("design", "BR"),
    r"(?<![A-Za-z0-9])ZL[ ]?(?:19|20)[0-9]{2}[ ]?[0-9][ ]?[0-9]{7}(?:\.[0-9X])?": ("patent", "CN"),
    # Italian titles: 30 a mark, 40 a design, 20 a utility model, 10 an invention, then the year and nine digits
    r"(?<![0-9])30(?:19|20)[0-9]{11}(?![0-9])": ("trademark", "IT"),
    r"(?<![0-9])40(?:19|20)[0-9]{11}(?![0-9])": ("design", "IT"),
    r"(?<![0-9])20(?:19|20)[0-9]{11}(?![0-9])": ("utility-model", "IT"),
}  # fmt: skip
NAMED: Mapping[str, tuple[str, str, str]] = {
    # pattern → words that must stand before it, type, office: forms that need the right's own name beside them
    r"(?<![A-Za-z0-9])D[0-9]{7}(?![0-9])": (r"(?i)minta|SZTNH", "design", "HU"),
    r"(?<![A-Za-z0-9])R[. ]{1,2}[0-9]{3}[ .]?[0-9]{3}(?![0-9])": (r"(?i)znak|praw\w+ ochronn|\bPL\b|Polsk", "trademark", "PL"),
    r"(?<![0-9])20 ?20[0-9]{2} ?[0-9]{3} ?[0-9]{3}(?![0-9 ]*[0-9])": (r"(?i)gebrauchsmuster|utility model|DPMA", "utility-model", "DE"),
    r"(?<![0-9-])30-[0-9]{7}(?![0-9-])": (r"디자인|특허청|지식재산처|등록번호|意匠|\bKR\b|Korea", "design", "KR"),
    r"(?<![0-9-])10-[0-9]{7}(?![0-9-])": (r"특허|\bKR\b|Korea", "patent", "KR"),
    r"(?<![0-9-])20-[0-9]{7}(?![0-9-])": (r"실용신안|\bKR\b|Korea", "utility-model", "KR"),
    r"(?<![A-Za-z0-9])I[0-9]{6}(?![0-9A-Za-z])": (r"專利|专利|Taiwan|\bTW\b", "patent", "TW"),
    r"(?<![A-Za-z0-9])M[0-9]{6}(?![0-9A-Za-z])": (r"新型|專利|Taiwan|\bTW\b", "utility-model", "TW"),
    r"(?<![A-Za-z0-9])D[0-9]{6}(?![0-9A-Za-z])": (r"設計專利|Taiwan|\bTW\b", "design", "TW"),
    r"(?<![A-Za-z0-9])D[ ]?[0-9]{2}[ ]?[0-9]{3}(?![0-9A-Za-z])": (r"(?i)dizainparaug|Latvij|\bLV\b", "design", "LV"),
    r"(?<![0-9-])[0-9]{3}-[0-9]{6}(?![0-9-])": (r"(?i)депонир", "copyright", ""),
    r"(?<![A-Za-z0-9/-])[A-Z]{1,2}-[0-9]{2,6}/[0-9]{2,4}(?![0-9])": (r"(?i)copyrights?\b|urheber|droits? d.auteur|diritt[oi] d.autore|derechos? de autor|著作", "copyright", ""),
}  # fmt: skip


def normal(written: str, kind: str) -> str:
    """A number as registers are asked for it: no separators, no kind code, US copyrights folded, US designs with D."""
    if found := re.fullmatch(r"(VAu|VA|TXu|TX|PAu|PA|SRu|SR)[ -]?([0-9-]+)", written):
        return found.group(1) + found.group(2).replace("-", "").zfill(10)
    if found := re.fullmatch(r"(?:US)?[ ]?D[ ]?([0-9,]+)(?:[ ]?S[0-9]?)?", written):
        return "D" + found.group(1).replace(",", "")
    if kind == "patent" and (found := re.fullmatch(r"(?:US)?[ ]?([0-9,]+)[ ]?B[12]", written)):
        return found.group(1).replace(",", "")
    if kind == "copyright" and re.fullmatch(r"[A-Z]{1,2}-[0-9]+/[0-9]+", written):
        return written
    if written.startswith("BR"):
        return re.sub(r"[^0-9]", "", written.rpartition("-")[0] or written)
    if re.fullmatch(r"M-?[0-9.]+", written):
        return re.sub(r"[.-]", "", written)
    if kind == "patent" and written.startswith("EP"):
        return re.sub(r"[AB][1-3]$|[^0-9AB]", "", written)
    if written.startswith("ZL"):
        return re.sub(r"\D", "", written.partition(".")[0])
    if re.match(r"DE ?40", written):
        return re.sub(r"[^0-9-]", "", written)
    if written.startswith("LMC"):
        return "TMA" + re.sub(r"[^0-9]", "", written)  # the register's French name for the same
    if found := re.fullmatch(r"Z[. ][ ]?([0-9]{6})", written):
        return f"Z{found[1]}"
    if written.startswith("BX"):
        return re.sub(r"[^0-9]", "", written)
    if written.startswith("NC"):
        return written.replace("/", "")
    if re.fullmatch(r"C-[0-9]{4}-[0-9]{6}|[0-9]+/[0-9]{4}/QTG", written):
        return written
    if written[:2] in ("Rp", "Ru", "1-", "3-", "4-"):
        return written.replace(" ", "")
    if found := re.fullmatch(r"([RM])[.-]?([0-9]{5,7})", re.sub(r"(?<=[0-9.])[ .](?=[0-9])", "", written)):
        return f"{found[1]}.{found[2]}" if found[1] == "R" else written
    if re.search(r"[A-Za-z一-鿿]{2}", written):
        return re.sub(r"(?<=[0-9]),(?=[0-9])| ", "", written)
    if re.fullmatch(r"[IMZ](?:[0-9]{6}|20[0-9]{6})[A-Z]?", written):
        return written  # Taiwan's sort of right and Croatia's letters are part of the number
    if re.fullmatch(r"(?:40[0-9]{9}|T[0-9]{7})[A-Z]", written):
        return written  # Singapore's check letter is part of the number
    return re.sub(r"[^0-9]", "", written)


def plain(value: str) -> str:
    """The digits alone, without leading zeros: what two spellings of one number share."""
    return re.sub(r"\D", "", value).lstrip("0")
