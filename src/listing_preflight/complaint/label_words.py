"""Labels that no table holds, read by the words that they are made of: "Claim no.", "Melderin", "Bildirim no", "处理单号"."""

import functools
import re

from listing_preflight.complaint.lexicon import says, words

MOST_WORDS, MOST_LETTERS, MOST_SIGNS = 8, 44, 14
"""A label is no sentence: its words, its letters, and its signs where a script parts no words."""
_MARK_WORDS = 3
_OTHER = re.compile(
    r"(?i)(?<!\w)(?:date|day|time|deadline|due|period|hour|price|amount|fee|cost|phone|tel|telephone|mobile|fax|order|invoice|vat|tax|account|seller|shop|store|address of|subject|re|question|status|"
    r"datum|tag|zeit|frist|betrag|kosten|preis|telefon|bestellung|rechnung|konto|verkäufer|betreff|délai|heure|prix|montant|commande|facture|compte|vendeur|boutique|objet|oggetto|data|scadenza|termine|prezzo|ordine|fattura|conto|venditore|negozio|"
    r"fecha|plazo|hora|precio|importe|pedido|factura|cuenta|vendedor|tienda|asunto|assunto|prazo|preço|loja|onderwerp|termijn|bedrag|prijs|bestelling|factuur|verkoper|winkel|temat|termin|kwota|cena|zamówienie|faktura|sprzedawca|ämne|frist|belopp|säljare|butik|konu|tarih|süre|satıcı|mağaza|тема|срок|дата|цена|сумма|продавец|магазин)(?:\w{0,2})(?!\w)"
    r"|件名|期限|期日|日時|日付|金額|注文|請求書|出品者|店舗|日期|时间|時間|金额|订单|訂單|发票|卖家|賣家|店铺|店鋪|主题|主旨|기한|일자|날짜|금액|주문|판매자|스토어|제목|วันที่|กำหนด|ผู้ขาย|ngày|thời hạn|người bán|tanggal|batas|penjual"
)
_VERB = re.compile(
    r"(?i)(?<!\w)(?:is|are|was|were|has|have|may|must|should|can|will|please|if|when|following|ist|sind|wurde|hat|haben|est|sont|è|sono|es|son|zijn|heeft|jest|są)(?!\w)"
)
_FOR = re.compile(
    r"(?i)(?:for|on behalf of|acting for|namens|im (?:namen|auftrag)|für|pour|au nom|per conto|en nombre|por cuenta|em nome|w imieniu|w interesie|på uppdrag|adına|от имени|в интересах)(?!\w)"
)
_BOTH = r"\w{0,4}\s?(?:/|&|,|(?:and|und|et|y|e|ed|en|i|och|og|ja|és|și|и|та|і|και|ve|dan|và)\s)\s?"
_FILED_FOR = re.compile(
    r"(?i)\w.*\s(?:for|on behalf of|für|im (?:namen|auftrag)|pour|au nom|per(?: conto)?|para|por cuenta|en nombre|em nome|namens|voor|w imieniu|za|för|for|på vegne|v zastoupení|за|от имени|в интересах|від імені)\s(?:(?:the|den|die|das|der|dem|le|la|les|il|el|los|de|het|o|a|of|d[eu]l?|des)\s)?$"
)
_BY_WHOM = re.compile(r"(?i)(?<!\w)(?:by|von|durch|par|da|por|door|przez|av|af|od|от|від)\W*$")
_STATED = re.compile(
    r"(?i)(?:stated|given|claimed|asserted|relied|invoked|genannt|angegeben|geltend|invoqué|indiqué|revendiqué|dichiarat|invocat|invocad|alegad|declarad|ingeroepen|opgegeven|wskazan|powołan|uveden|åberopa|заявлен)\w*\s(?:\w+\s){0,2}?"
)
"""What an owner said: no name of it."""
_OF = re.compile(r"(?i)(?<!\w)(?:for|of|to|der|des|von|du|de|del|della|di|da|do|dos|van|voor|för|av)(?!\w)")
_AGENT_NOUN = re.compile(
    r"(?i)pełnomocnik|przedstawiciel|rzecznik|adwokat|kancelari|zástup|splnomocn|представ|поверен|повірен|доверенн|пълномощник|odvjetni|zastupni|punomo|odvetni|zastopni|pooblašč|atstov|pārstāv|εκπρόσωπ|πληρεξούσι|δικηγόρ|avocat|reprezentant|mandatar|وكيل|ممثل|محام|בא כוח|ตัวแทน|đại diện|kuasa"
)
"""Nouns of those who speak for others in languages that set the one spoken for behind them without a preposition."""
_ORIGINAL = re.compile(
    r"(?i)(?<!\w)(?:original\w*|originel\w*|oryginał\w*|oryginaln\w+|originál\w*|оригинал\w*|оригінал\w*|eredeti|alkuperäi\w+|izvorn\w+|πρωτότυπ\w*|asıl|orijinal|asli|orihinal|gốc)(?!\w)|原作|原著|原图|原圖|元の|원저작|원본|원작|ต้นฉบับ|मूल|الأصلي|המקורי"
)
"""What says of a work or a page that it is the complainant's own."""
_GOODS = re.compile(r"(?i)title|name|titel|titre|titolo|título|tytuł|名称|名稱|标题|標題|商品名|상품명|ชื่อ|tên|nama")


@functools.lru_cache(maxsize=4096)
def fields_by_words(label: str) -> frozenset[str]:
    """The field that a label's own words tell, or none."""
    plain = re.sub(r"\([^()]*\)|（[^（）]*）", " ", label).strip(" \t:：.*•-#·")
    plain = plain.replace("İ", "i")
    if (
        not plain
        or len(plain) > MOST_LETTERS
        or len(plain.split()) > MOST_WORDS
        or re.search(r"(?<=\w{5})[.!?]\s|[。！？@]\s|[,，;\"“”„«»「」『』‘]|\s[\'’]|https?:|[0-9]{4}", plain)
    ):
        return frozenset()
    if len(re.findall(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", plain)) > MOST_SIGNS:
        return frozenset()
    if _OTHER.search(plain) or _VERB.search(plain):
        return frozenset()
    field = _field(plain)
    return frozenset({field}) if field else frozenset()


def _field(plain: str) -> str | None:
    numbered = says(plain, "numbered")
    if _ORIGINAL.search(plain) and not says(plain, "case", "accuses", "owner", "right"):
        return "own"
    if says(plain, "mail"):
        return "contact"
    if says(plain, "kind", whole=True) or re.search(r"类型|類型|種類|유형|ประเภท", plain):
        return "kind" if says(plain, "right", "accuses", "case", "reports") else None
    if says(plain, "owner") and _FOR.match(plain):
        return "agent"
    owner, agent = words("owner").search(plain), words("agent").search(plain)
    if owner and agent and owner.end() <= agent.start() and re.fullmatch(_BOTH, plain[owner.end() : agent.start()]):
        return "complainant"  # "Titular y representante": the owner stands first
    if agent and owner and not numbered and _OF.search(plain[agent.end() : owner.start()]):
        return "agent"
    if agent and owner and not numbered and agent.end() <= owner.start() and _AGENT_NOUN.match(agent.group()):
        return "agent"  # "Pełnomocnik wnioskodawcy": the one whom the second word's case says to be spoken for
    if agent and not numbered and (owner is None or agent.start() > owner.start() or agent.end() > owner.end()):
        return "agent"
    if owner and not agent and _FILED_FOR.search(plain[: owner.start()]) and _BY_WHOM.search(plain):
        return "agent"  # "Sent for the claimant by"
    if says(plain, "accuses") and says(plain, "right"):
        return None
    if (
        numbered
        and says(plain, "accuses")
        and not says(plain, "item", "owner", "agent")
        and len(plain.split()) <= _MARK_WORDS
    ):
        return "complaint_id"  # "violation ID"
    if owner and _STATED.search(plain):
        return "number" if says(plain, "right") else None
    if owner and not numbered and not says(plain, "picture", "item"):
        return "complainant"
    if says(plain, "item") and not says(plain, "case", "right"):
        return None if _GOODS.search(plain) else "listing"
    if says(plain, "case") and not says(plain, "right", "item"):
        return "complaint_id"
    if says(plain, "right") and (
        numbered or re.search(r"(?i)regist|rejestr|enregistr|eingetragen|tescil|登録|注册|註冊|등록|专利|patent", plain)
    ):
        return "number"
    if says(plain, "mark", whole=True) and not numbered and len(plain.split()) <= _MARK_WORDS:
        return "mark"
    return None


__all__ = ["fields_by_words"]
