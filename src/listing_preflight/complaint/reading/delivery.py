"""What the words before a mail address say it is for: the answer that they ask for, or how the letter itself was sent."""

import re

from listing_preflight.complaint.forms import data
from listing_preflight.complaint.reading.page import Page

REPLY = re.compile(
    r"(?i)(?:reply|respond|write|answer|contact|antworten|antwort|rückfragen|erreichen|répond\w+|réponse|écri\w+|rispond\w+|risposta|scriv\w+|respond\w+|respuesta|escrib\w+|antwoord\w*|odpowied\w*|odpis\w*|kontakt\w*|svar\w*|회신|연락|回覆|回复|联系|聯絡|返信|ご連絡)[^\n@]{0,60}$"
)
BEFORE = 80
"""Characters before an address in which its sentence says what it is for."""


_POSTED = re.compile(
    r"(?i)(?<!\w)(?:przesyłk\w+|polecon\w+|oraz|listem|(?:and|und|et|y|e|en|a|och|sowie) (?:by|per|par|por|via|a mezzo)|doporučeně|rekommenderat|einschreiben|registered|recorded delivery|recommandé\w*|certificado|burofax|raccomandata|aangetekend\w*)[^\n@]{0,34}(?:e-?mail\w*|pec|courriel|correo electrónico|e-post)\s?[:：]?\s*$"
)
"""How a letter is sent, by post and by mail: the address behind it is of whom it is written to."""
_SENT = re.compile(
    r"(?i)(?<!\w)(?:a mezzo|via|per|par|por|by)[^\n@]{0,28}(?:e-?mail|pec|courriel|correo electrónico|e-post)\s?[:：]?\s*$"
)
"""The same of a mail alone, which says it above the salutation only: below, it asks for an answer."""


def is_delivery(page: Page, at: int) -> bool:
    """Whether the words before an address say how the letter itself was sent; behind words that ask for an answer they never do."""
    before = page.text[max(0, at - BEFORE) : at]
    if REPLY.search(before):
        return False
    if _POSTED.search(before):
        return True
    greeting = re.search(data("languages.yaml")["salutation"], page.text, re.IGNORECASE)
    return greeting is not None and at < greeting.start() and bool(_SENT.search(before))
