"""Whose form a notice is, on which site, and in which language it is written."""

import functools
import re
from collections import Counter

from listing_preflight.complaint.forms import Form, data, form, forms, is_platform
from listing_preflight.complaint.letter import ADDRESS, Letter
from listing_preflight.complaint.lexicon import says, without_tonos
from listing_preflight.policy.marketplaces import marketplace as known_site

SENDER, BOX, LINK, MARKER, NAME, ID = 12, 4, 1, 2, 1, 2
"""What a platform's own sender, mail box, link, words of its form, name and ids weigh when a form is told."""
SURE = 3
_OWN_SCRIPT = 0.2
"""Share of its letters that tells a language by its script."""
_PERSIAN = 20
"""Of so many letters one is of those that Persian writes and Arabic does not."""
_URDU = 50
"""Of so many letters one is of those that only Urdu writes."""
_HEAD = 60
"""Characters at the top in which a platform's notice names the platform."""


def language(text: str) -> str:
    """ISO 639-1 (zh-Hant apart) by script, and by function words where the script does not tell."""
    text = re.sub(r"https?://\S+|(?<!\S)[^\s@]{1,80}@\S+", " ", text)
    words = data("languages.yaml")
    counts = {code: len(re.findall(f"[{ranges}]", text)) for code, ranges in words["scripts"].items()}
    letters = len(re.findall(r"[^\W\d_]", text)) or 1
    if counts["ja"] >= 8 and counts["ja"] / letters > 0.05:
        return "ja"
    for code in ("ko", "th", "ar", "he", "el", "hi"):
        if counts[code] / letters > _OWN_SCRIPT:
            return _of_arabic(text, letters) if code == "ar" else str(code)
    for code, ranges in words["unread"].items():
        if len(re.findall(f"[{ranges}]", text)) / letters > _OWN_SCRIPT:
            return str(code)
    if counts["ru"] / letters > _OWN_SCRIPT:
        return _of_cyrillic(text)
    if counts["zh"] / letters > 0.15:
        traditional = sum(text.count(c) for c in words["traditional"])
        return "zh-Hant" if traditional > sum(text.count(c) for c in words["simplified"]) else "zh"
    seen = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    scores = {code: sum(seen[w] for w in stop.split()) for code, stop in words["words"].items()}
    own = Counter(c for c in text.casefold() if c in words["marked_letters"])
    for code in scores:
        scores[code] -= sum(n for c, n in own.items() if c not in words["letters"].get(code, ""))
    best = max(scores, key=lambda code: scores[code])
    return best if seen and max(scores.values()) > min(scores.values()) else "en"


def _of_arabic(text: str, letters: int) -> str:
    """Persian writes letters that Arabic does not, and none of those that Urdu writes besides."""
    if len(re.findall("[ٹڈڑںے]", text)) * _URDU > letters:
        return "ur"
    return "fa" if len(re.findall("[پچژگکی]", text)) * _PERSIAN > letters else "ar"


def _of_cyrillic(text: str) -> str:
    """Serbian, Ukrainian and Bulgarian have letters of their own or leave out those of Russian."""
    if len(re.findall("[јљњћђџ]", text.casefold())) > len(re.findall("[ыэёіїєґщъь]", text.casefold())):
        return "sr"
    if len(re.findall("[іїєґ]", text.casefold())) > len(re.findall("[ыэё]", text.casefold())):
        return "uk"
    return "ru" if re.search("[ыэ]", text.casefold()) else "bg"


def platform(letter: Letter) -> tuple[str, Form | None]:
    """The platform whose form the notice is, `letter` for a letter of an owner, lawyer or seller, or `unknown`."""
    scores = {f.platform: _score(f, letter) for f in forms()}
    for f in forms():
        if f.over and scores[f.platform] >= SURE:
            scores[f.platform] = max(scores[f.platform], scores[f.over] + 1) if _own_marker(f, letter) else 0
    best = max(scores, key=lambda name: scores[name])
    if (signed := _signed(letter)) and scores[signed] >= max(scores[best], 1):
        return signed, form(signed)
    head = letter.text[:_HEAD]
    titled = any(_at_head(n).match(head) for f in forms() for n in f.names)
    if (
        titled
        and (scores[best] >= SURE or (scores[best] and not letter.senders and _is_headed(best, letter)))
        and not re.search(data("languages.yaml")["for_a_client"], letter.text, re.IGNORECASE)
    ):
        return best, form(best)
    if not titled and any(_IS_HOSTS.match(s) for s in letter.senders[:1]) and scores[best] < SURE:
        return "unknown", None
    if (is_letter(letter.text) or is_personal(letter.text) or _is_courts(letter)) and not any(
        is_platform(s.partition("@")[2]) for s in letter.senders
    ):
        return "letter", None
    if scores[best] >= SURE:
        return best, form(best)
    if _is_by_asin(letter.text):
        return "amazon", form("amazon")
    named = [name for name, score in scores.items() if score]
    if len(named) == 1 and not letter.senders and not is_letter(letter.text) and _names(form(named[0]), letter):
        return named[0], form(named[0])  # the only platform that the text names at all
    if any(is_robot(s) for s in letter.senders):
        return "unknown", None
    return ("letter" if letter.senders or not letter.text.strip() else "unknown"), None


_IS_HOSTS = re.compile(r"(?i)(?:abuse|dsa|noc|trust-?(?:and-?)?safety|notice-?and-?action)(?:[-.+]\w+)?@")
"""Mail boxes that hosts keep for reports: who writes from one passes a notice on, and is no owner or lawyer."""


def _is_headed(name: str, letter: Letter) -> bool:
    """Whether the first line is the platform's name with few words behind it, as its own messages are headed: "SHEIN 商家中心"."""
    found, line = form(name), letter.text.strip().split("\n")[0]
    own = "|".join(re.escape(n) for n in (found.names if found else ()))
    return (
        bool(own)
        and bool(re.match(rf"(?i)\W*(?:{own})(?![\w.]*@)", line))
        and len(line) <= _HEAD
        and not line.endswith((",", "."))
    )


_CLOSING = 3
"""Lines at the end in which a notice's sender signs."""
_TEAM = r"(?:\W+(?:team|support|service|equipo|équipe|zespół|tiimi|csapat|echipa|команда|екип|ομάδα|tím|tým|ekibi|tim|legal|trust|safety|seller|marketplace|malaysia|indonesia|việt nam|thailand|ประเทศไทย))"


@functools.cache
def _signatures() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Each platform with a pattern of the line that signs for it, and of its name in a bracket at the head."""
    out = []
    for f in forms():
        own = "|".join(re.escape(n) for n in f.names)
        closing = rf"(?i)\W*(?:\w+\W+){{0,1}}?(?:{own})(?:{_TEAM}{{0,3}}|(?:\W+\w+){{0,4}}?{_TEAM}|\W*[一-鿿ァ-ヺー가-힣]{{2,16}}(?:团队|團隊|チーム|事務局|센터|팀|客服))\W*"
        out.append((f.platform, re.compile(closing), re.compile(rf"[【\[(]\s*(?:{own})")))
    return tuple(out)


def _signed(letter: Letter) -> str | None:
    """The platform whose name alone a text without a sender is signed with, or headed by in brackets."""
    if letter.senders:
        return None
    lines = [line.strip() for line in letter.text.split("\n") if line.strip()]
    for name, closing, opening in _signatures():
        if any(closing.fullmatch(line) for line in lines[-_CLOSING:]) or (lines and opening.match(lines[0])):
            return name
    return None


def _names(f: Form | None, letter: Letter) -> bool:
    return f is not None and any(re.search(rf"(?i)(?<![\w-]){re.escape(n)}(?![\w-])", letter.text) for n in f.names)


def is_robot(address: str) -> bool:
    """Whether a mail box is one of a program or a department, from which no owner or lawyer writes."""
    return bool(
        re.match(
            r"(?i)(?:do[-_.]?not|no)[-_.]?reply|geen-?antwoord|nicht-?antworten|ne-?pas-?repondre|non-?rispondere|no-?responder|nao-?responda|notifications?@|rechteverletzung|ip-?(?:protection|claims?)@|brandprotection",
            address,
        )
    )


def _other_site(letter: Letter) -> str | None:
    """A marketplace without a form that the text or its sender names, where the house knows it as one."""
    if is_letter(letter.text):
        return None
    hosts = re.findall(
        r"(?<![\w@.-])(?:https?://)?(?:www\.|item\.)?((?:[a-z0-9-]+\.)+[a-z]{2,6})(?![\w@-])", letter.text.casefold()
    )
    hosts += [s.partition("@")[2] for s in letter.senders if is_robot(s)]
    return next((h for h in hosts if known_site(h).offices), None)


def _own_marker(f: Form, letter: Letter) -> bool:
    return any(name in letter.text for name in f.names)


def _score(f: Form, letter: Letter) -> int:
    text = letter.text
    low = text.casefold()
    senders = sum(_under(s, f) for s in letter.senders[:4])
    boxes = sum(_under(a, f) for a in set(ADDRESS.findall(text))) - senders
    links = (
        len(re.findall(r"https?://[^\s/]*(?:" + "|".join(map(re.escape, (*f.sites, *f.mail_domains))) + r")\b", low))
        if f.sites
        else 0
    )
    names = sum(len(_alone(n.casefold()).findall(low)) for n in f.names) if _is_meant(f, letter) else 0
    markers = sum(m.casefold() in low for m in f.markers)
    ids = any(p.search(text) for p in f.listing_ids)
    return (
        SENDER * bool(senders) + BOX * bool(boxes > 0) + LINK * min(links, 3) + NAME * min(names, 3) + MARKER * markers
        + ID * ids
    )  # fmt: skip


def _is_meant(f: Form, letter: Letter) -> bool:
    """Whether a platform's name that is a word as well, as "tiki" is, stands for it: beside its domain or words for its sellers' pages, or alone on a line."""
    told = data("languages.yaml")["platforms named by words"]
    if f.platform not in told["platforms"]:
        return True
    own = "|".join(re.escape(n) for n in f.names)
    if re.search(rf"(?im)^\W*(?:{own})\W*$", letter.text) or re.search(told["beside"], letter.text, re.IGNORECASE):
        return True
    low = letter.text.casefold()
    return any(d in low for d in (*f.sites, *f.mail_domains)) or _signed(letter) == f.platform


@functools.cache
def _alone(name: str) -> re.Pattern[str]:
    """A name in small letters where no other letters touch it."""
    return re.compile(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])")


@functools.cache
def _at_head(name: str) -> re.Pattern[str]:
    """A name at the head of a text, behind two words at most."""
    return re.compile(rf"\W{{0,3}}(?:\w+\W+){{0,2}}?{re.escape(name)}(?![\w.-])")


def _under(address: str, f: Form) -> bool:
    parts = address.lower().partition("@")[2].split(".")
    return any(".".join(parts[i:]) in f.mail_domains for i in range(len(parts) - 1))


def _is_by_asin(text: str) -> bool:
    return bool(re.search(r"\bASINs?\b", text))


@functools.lru_cache(maxsize=4)
def is_letter(text: str) -> bool:
    """Whether the text is written by a lawyer for a client: two words of the trade, or an opening that nobody else uses."""
    words, plain = data("languages.yaml"), without_tonos(text)
    if all(
        any(
            re.search(p, text, re.IGNORECASE) or (plain != text and re.search(without_tonos(p), plain, re.IGNORECASE))
            for p in words[part]
        )
        for part in ("letter_opening", "letter_body")
    ):
        return True
    return bool(re.search(words["for_a_client"], text, re.IGNORECASE)) and says(text, "demands", "accuses")


_HEADING, _HEADING_LINES = 400, 6
"""Characters and lines of a court's heading."""


def _is_courts(letter: Letter) -> bool:
    """Whether a paper is headed by a court and names those who stand before it: what it orders may concern a platform, which wrote none of it."""
    lines = [line.strip() for line in letter.text[:_HEADING].split("\n") if line.strip()]
    head = "\n".join(lines[:_HEADING_LINES])
    spoken = bool(lines) and re.search(r"[.!?:：,，]$", lines[0])  # a heading is no sentence
    return not (letter.senders or spoken) and says(head, "court") and says(letter.text[:2800], "parties")


def is_personal(text: str) -> bool:
    """Whether somebody writes of a work of their own, and of no platform as the one that writes."""
    return bool(re.search(data("languages.yaml")["for_myself"], text, re.IGNORECASE)) and not any(
        re.search(rf"(?mi)^[^\w\n]*(?:(?:your|the|ihr|votre|il tuo|tu|team|equipo|équipe|zespół)[^\w\n]+(?:\w+[^\w\n]+){{0,2}})?{re.escape(n)}(?:[^\w\n]+\w+){{0,4}}[^\w\n]*$", text)
        for f in forms() for n in f.names
    )  # fmt: skip


def marketplace(letter: Letter, f: Form | None, spoken: str) -> str | None:
    """The site that sender, words and links tell; for lack of better the language; None where nothing does."""
    if f is None:
        return _other_site(letter)
    low = letter.text.casefold()
    told: Counter[str] = Counter()
    for site in f.sites:
        found = re.findall(rf"(?<![a-z0-9-]){re.escape(site)}(?![a-z0-9-]|\.[a-z])", low)
        told[site] += len(found)
    if told and (most := max(told.values())):
        return next(site for site in f.sites if told[site] == most)
    return _by_country(letter, f) or f.sites_by_language.get(spoken) or f.site


def _by_country(letter: Letter, f: Form) -> str | None:
    """The site of a country that the platform's name bears: "Amazon Australia", "Shopee Brasil"."""
    for office, words in data("offices.yaml")["countries"].items():
        end = {"GB": "co.uk", "JP": "co.jp"}.get(office, office.lower())
        site = next((s for s in f.sites if s.endswith(f".{end}")), None)
        places = "|".join(re.escape(w) for w in words if len(w) > 3)
        names = "|".join(map(re.escape, f.names))
        if site and places and re.search(rf"(?<!\w)(?:{names}) (?:{places})(?!\w)", letter.text):
            return site
    return None
