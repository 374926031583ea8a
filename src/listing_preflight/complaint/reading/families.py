"""What sort of paper a text is by what its words mean together, where no phrase of a known form tells."""

import re

from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import says, words
from listing_preflight.complaint.reading.page import Page

_CONDITION = re.compile(
    r"(?i)(?<!\w)(?:if|unless|should you|wenn|falls|sofern|si|se|caso|als u|indien|jeśli|jeżeli|om du|hvis|eğer|если|якщо|ако|αν|εάν|kui|jei|jos|ha|dacă|pokud|ak|ako|če|halinde|durumunda|takdirde|в случае|у разі|в случай|w (?:razie|przypadku)|v případě|v prípade|esetén|în caz(?:ul)?|σε περίπτωση|u slučaju|v primeru|atveju|gadījumā|korral|tapauksessa|i tilfælde|im falle|en cas de|in caso di|en caso de|em caso de|in geval|apabila|kalau|sekiranya|trong trường hợp)(?!\w)|[若如]|場合|되면|경우|หาก|nếu|jika|bila"
)
_THREAT = re.compile(
    r"(?i)(?<!\w)(?:or|otherwise|sonst|andernfalls|sinon|altrimenti|de lo contrario|anders|inaczej|annars)(?!\w)|否则|さもなければ"
)


def settled(page: Page, told: str, *, named: bool, ids: bool, listed: bool, right: bool) -> str:
    """The family that phrases told, or that which the meanings tell where the phrases say less."""
    if told not in ("not a notice", "owner complaint", "platform finding"):
        return told
    if not named and not right and not ids and re.search(_NO_CASE, page.flow):
        return "not a notice"
    if re.search(_NO_CASE_OPEN, page.flow) or _is_sample(page):
        return "not a notice"
    if not (ids or listed) and _is_trade_paper(page):
        return "not a notice"
    if _is_told_of_others(page, right=right, held=ids or listed or says(page.text, "measures")):
        return "not a notice"
    if (told != "not a notice" or listed) and _is_order(page):
        return "court order"
    if (
        told == "platform finding"
        and page.platform in ("letter", "unknown")
        and says(page.text, "accuses")
        and says(page.text, "owner", "demands")
        and not says(page.text, "own finding", "no owner")
    ):
        return "owner complaint"
    if told == "owner complaint" and not named and says(page.text, "no owner"):
        return "platform finding"
    if (told != "not a notice" or ids) and page.platform != "letter" and _is_refusal(page):
        return "refusal of an appeal"
    if told != "not a notice" or _is_advertising(page):
        return told
    if page.platform != "letter" and listed and not named and says(page.text, "own finding") and _is_ruled(page):
        return "platform finding"
    if page.platform != "letter" and not page.letter.senders and not named and ids and _is_sellers(page):
        return "seller letter"
    if _complains(page, named=named, ids=ids or listed, right=right):
        return "platform finding" if says(page.text, "own finding") and not named else "owner complaint"
    if page.platform == "letter" and listed and says(page.text, "demands") and (named or _is_for_a_client(page)):
        return "owner complaint" if right or says(page.text, "right", "picture", "maker") else told
    if (
        named
        and listed
        and page.platform in ("letter", "unknown")
        and says(page.text, "accuses")
        and says(page.text, "demands")
    ):
        return "owner complaint"
    if named and listed and says(page.text, "maker") and says(page.text, "demands", "accuses"):
        return "owner complaint"
    accused = _accuses(page, right=right)
    if accused and named and (ids or listed) and not says(page.text, "own finding", "no owner"):
        return "owner complaint"
    if not accused or not (says(page.text, "measures", "demands", "appeal") and (listed or named)):
        return told
    if named or (says(page.text, "owner", "reports") and not says(page.text, "own finding", "no owner")):
        return "owner complaint"
    return "platform finding"


def _complains(page: Page, *, named: bool, ids: bool, right: bool) -> bool:
    """Whether a text holds all that a complaint is made of, wherever in it: whose, about what, of which right, that it is taken, and what follows."""
    if not ids or not (named or says(page.text, "owner", "reports", "own finding")):
        return False
    taken = says(page.text, "accuses") and (right or says(page.text, "right", "picture"))
    return taken and says(page.text, "measures", "demands", "appeal") and _is_not_denied(page)


_RULE = re.compile(
    r"(?i)\((?:EU|EG|EC|CE|UE|ES|EÚ|ЕС|ЄС|ΕΕ|AB)\)\s?(?:No\.?\s|Nr\.?\s|n[°º]\s)?[0-9]{2,4}/[0-9]{2,4}|(?<!\w)(?:GPSR|REACH|LUCID|WEEE|CPSC|EN(?: ISO)? [0-9]{3,5}(?:-[0-9]+){0,2})(?!\w)|(?:§|Art\.|article|artículo|articolo|artigo|artikel|artykuł\w*|ст\.)\s?[A-Z]?\.?\s?[0-9]"
)
"""How a text names the law or the standard that goods break."""


def _is_ruled(page: Page) -> bool:
    """Whether a platform says that it took something down because its goods or prices break a rule that it names."""
    return bool(_RULE.search(page.text)) and says(page.text, "measures")


def _is_not_denied(page: Page) -> bool:
    """Whether an accusing sentence is more than an explanation or a denial."""
    told = [(s, first.end()) for s in _sentences(page) if (first := words("accuses").search(s))]
    return any(not (_DENIES.search(s) or _EXPLAINS.search(s, 0, end)) for s, end in told)


def _is_for_a_client(page: Page) -> bool:
    return bool(re.search(data("languages.yaml")["for_a_client"], page.flow, re.IGNORECASE))


_NO_CASE = re.compile(
    r"(?i)(?<!\w)(?:this (?:is|message is|e-?mail is) (?:not a|no) (?:warning|complaint|violation|notice of infringement)|dies(?:e Nachricht)? ist keine (?:ver)?warnung|dies ist keine (?:beschwerde|abmahnung)|ceci n.est pas un(?:e)? (?:avertissement|plainte|signalement)|(?:questo|questa|questo messaggio) non è un(?:a|.)? ?(?:avviso|avvertimento|reclamo|segnalazione)|esto no es un[a]? (?:advertencia|aviso|queja|denuncia)|ist[oa] não é um[a]? (?:aviso|advertência|denúncia)|dit is geen (?:waarschuwing|klacht|melding)|to nie jest (?:ostrzeżenie|skarga|zgłoszenie)|toto není (?:varování|stížnost)|det(?:ta| här) är (?:ingen|inte en) (?:varning|anmälan)|dette er (?:ikke en|ingen) (?:advarsel|anmeldelse|klage)|tämä ei ole (?:varoitus|valitus)|bu bir (?:uyarı|ihlal bildirimi|şikayet) değildir|это не (?:предупреждение|жалоба|претензия)|це не (?:попередження|скарга)|ini bukan (?:peringatan|laporan)|đây không phải là)"
    r"|これは警告ではありません|警告ではございません|这不是(?:警告|投诉)|並非(?:警告|投訴)|경고가 아닙니다"
)
"""A mail that says of itself that nobody complains."""
_NO_CASE_OPEN = re.compile(
    r"(?i)(?<!\w)(?:no (?:case|proceedings?) (?:has|have|was|were) (?:been )?(?:opened|raised|brought)|(?:es|hierzu) wurde kein verfahren (?:eröffnet|eingeleitet)|aucune (?:procédure|affaire) n.(?:est|a été) (?:ouverte|engagée)|non è stato (?:aperto|avviato) alcun (?:caso|procedimento)|no se ha abierto ningún (?:caso|procedimiento|expediente)|não foi aberto nenhum (?:caso|processo)|er is geen (?:zaak|procedure) (?:geopend|gestart)|nie (?:wszczęto|otwarto) (?:żadnej sprawy|postępowania)|inget ärende har (?:öppnats|väckts)|der er ikke (?:rejst|åbnet) (?:nogen|en) sag|det er ikke (?:reist|åpnet) (?:noen|en) sak|asiaa ei ole avattu|nebyl[oa] zahájen[oa] žádné řízení|nebolo začaté žiadne konanie|nem indult eljárás|nu s-a deschis niciun (?:caz|dosar)|дело не (?:открыто|возбуждено)|справу не (?:відкрито|порушено)|не е образувано дело|δεν έχει ανοίξει υπόθεση|nije pokrenut (?:nikakav )?postupak)(?!\w)"
)
"""A paper that says that there is no case."""
_SAMPLE = re.compile(
    r"(?i)[(（](?:a )?(?:sample|example|specimen|muster|beispiel|exemple|spécimen|esempio|fac-?simile|ejemplo|muestra|exemplo|modelo|voorbeeld|przykład|wzór|exempel|eksempel|esimerkki|příklad|vzor|príklad|példa|minta|exemplu|пример|образец|приклад|зразок|παράδειγμα|primjer|primer|örnek|contoh|ví dụ)[)）]|[(（](?:例|見本|示例|样例|範例|예시|ตัวอย่าง)[)）]"
)
_NEW_RULES = re.compile(
    r"(?i)policy (?:update|change)|(?:we.re|we are) (?:updating|changing) our|(?:aktualisieren|ändern) (?:wir )?unsere|(?:mettons à jour|modifions) (?:nos|notre)|aggiorniamo (?:le|la|i)|actualizamos (?:nuestr|la|las)|atualizamos (?:noss|a|as)|(?:werken|passen) (?:wij |we )?ons|aktualizujemy|uppdaterar vår|opdaterer vores|oppdaterer vår|päivitämme|aktualizujeme|frissítjük|actualizăm|обновляем|оновлюємо|актуализираме|ažuriramo|posodabljamo|güncelliyoruz|memperbarui|cập nhật chính sách|規約(?:の|を)(?:改定|変更)|ポリシー(?:の|を)(?:改定|変更|更新)|更新(?:我们的)?(?:政策|规则)|정책(?:을|이)? ?(?:변경|업데이트)"
)


def _is_sample(page: Page) -> bool:
    """Whether new rules are told and what stands like a notice is their example."""
    return bool(_NEW_RULES.search(page.text[:_PAPER]) and _SAMPLE.search(page.text))


_TRADE_PAPER = re.compile(
    r"(?mi)\A(?:[^\n]*\n){0,8}?[ \t>*]*(?:subject: |pvm |vat |tax |pro ?forma )?(?:ord(?:re|er)bekreft\w*|orderbekräft\w*|ordrebekræft\w*|order confirmation|purchase order|delivery note|invoice|bestellbestätigung|auftragsbestätigung|lieferschein|rechnung|confirmation de (?:votre )?commande|bon de livraison|facture|conferma d.ordine|fattura|confirmación de(?:l)? pedido|factura|confirmação d[eo] pedido|fatura|nota fiscal|orderbevestiging|factuur|potwierdzenie zamówienia|faktura|potvrzení objednávky|tilausvahvistus|lasku|rendelés-?visszaigazolás|számla|confirmare comandă|потвърждение на поръчка|подтверждение заказа|счёт-фактура|sipariş onayı|sąskaita|rēķins|arve|ご注文(?:確認|内容)|納品書|請求書|订单确认|訂單確認|주문 ?확인|거래명세서|konfirmasi pesanan|xác nhận đơn hàng)(?!\w)"
)


def _is_trade_paper(page: Page) -> bool:
    """Whether it is headed as an order, an invoice or the like, and no sentence of it accuses anybody of taking a right."""
    if not _TRADE_PAPER.match(page.text[:600]):
        return False
    return not any(says(s, "accuses") and says(s, "right", "mark", "owner") for s in _sentences(page))


_DENIES = re.compile(
    r"(?i)lieg(?:t|en) nicht vor|nicht betroffen|(?<!\w)no (?:open )?(?:claims?|complaints?|issues?|violations?)(?! number| id| no)|\b0 issues"
)
_EXPLAINS = re.compile(
    r"(?i)(?:general|more|further|allgemeine|weitere|nähere) informatio|learn more|how to (?:avoid|report)"
    r"|plus d.informations|(?:más|mayor) información|(?:maggiori|ulteriori) informazioni|mais informações|meer informatie|więcej informacji|mer information|daha fazla bilgi|подробнее"
    r"|(?:that|which|if|when) you (?:believe|think|find)|you (?:can|may) report|(?:to|und) (?:spot|erkennen)|newsletter|webinar|更多信息|詳しくは|자세한 내용"
)
"""What leads to a word that accuses nobody: its sentence explains, or asks its reader to report. Behind an accusation it takes nothing back."""


def _is_told_of_others(page: Page, *, right: bool, held: bool) -> bool:
    """Whether every sentence that accuses is of others, or none does and no right is named, where nothing of a complaint's form is.

    `held`: the page holds a listing, a complaint's id or a measure taken, and so is a complaint's own.
    """
    if held or any(p.fields & {"complainant", "kind"} for p in page.pairs):
        return False
    told = [(s, first.end()) for s in _sentences(page) if (first := words("accuses").search(s))]
    if told:
        return all(_DENIES.search(s) or _EXPLAINS.search(s, 0, end) for s, end in told)
    return page.platform == "letter" and not (right or says(page.text, "owner", "order"))


def _sentences(page: Page) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[^a-zà-ÿ])|[。！？]|\n", page.flow)


_HEADED, _PAPER = 300, 2800
"""Letters of a court's heading, and of its paper in which it decides."""


def _is_order(page: Page) -> bool:
    """Whether a court ordered something: its order and its name, who stands before it, and that it did."""
    if says(page.text[:_HEADED], "court") and says(page.flow[:_PAPER], "parties"):
        parts = (page.flow[at : at + 700] for at in range(0, min(len(page.flow), _PAPER), 350))
        if any(says(p, "order") and says(p, "issued") for p in parts):
            return True
    for part in (page.flow[at : at + 700] for at in range(0, min(len(page.flow), 2100), 350)):
        if says(part, "order") and says(part, "court") and says(part, "parties") and says(part, "issued"):
            return True
    return False


def _is_refusal(page: Page) -> bool:
    """Whether what somebody sent in was looked at and did not help: said of what was, not of what would be."""
    plain = [s for s in _sentences(page) if s.strip() and not _CONDITION.search(s) and not _SENT_ON.search(s)]
    return any(
        says(one, "sent") and any(says(s, "declined") for s in plain[n : n + _SOON]) for n, one in enumerate(plain)
    )


_SENT_ON = re.compile(
    r"(?i)(?<!\w)(?:forwarded|weitergeleitete\w*|transférée?s?|inoltrat\w+|reenviad\w+|encaminhad\w+|doorgestuurd\w*|przekazan\w+ dalej|vidarebefordrad\w*|videresendt\w*|přeposlan\w+|preposlan\w+|пересланн\w+|переслан\w+|iletilen)(?!\w)|転送された|转发的|轉寄的|전달된"
)
"""Retractions that somebody sends on, which no platform takes: nothing that was looked at."""
_SOON = 5
"""Sentences in which the answer to what was sent follows."""


def _is_advertising(page: Page) -> bool:
    return bool(re.search(data("kinds.yaml")["family"]["marketing"], page.text, re.IGNORECASE))


def _is_sellers(page: Page) -> bool:
    """Whether another seller writes of the listing that both offer on."""
    words_of = data("kinds.yaml")["family"]["seller"]
    return bool(re.search(words_of, page.text, re.IGNORECASE) and _THREAT.search(page.text))


def _accuses(page: Page, *, right: bool) -> bool:
    """Whether a sentence accuses, of something that rights protect."""
    about = words("right", "picture", "goods", "title text", "owner")
    return any(says(s, "accuses") and (right or about.search(s)) for s in _sentences(page))
