"""How companies, law firms and their clients are named; every pattern finds in folded text."""

import re

from listing_preflight.complaint.forms import data

UPPER = "A-ZÄÖÜÅÆØÉÈÊËÀÁÂÍÎÓÔÚÛÇŁŚŻŹĆŠŽČŘŞİĞÑÕŐŰȘȚĂĐĽĹŇŤĎÝŮŪĀĒĪĢĶĻŅĖĘĮŲĄ"
"""Capitals that begin names."""
ANY_UPPER = UPPER + r"А-ЯЁЇІЄҐЂЃЅЈЉЊЋЌЏ\u0386-\u03ab"
"""Capitals of Latin, Cyrillic and Greek letters, to stand in a class of a pattern."""
LEGAL = (
    r"(?:San\. ve Tic\. (?:Ltd\. ?Şti|A\.Ş)|Ltd\. ?Şti|S\.?A\.?(?:P\.?I\.?)? de C\.?V|S\. de R\.?L\.? de C\.?V|spol\. s ?r\.? ?o|s\. ?r\. ?o|a\. ?s\.|v\.o\.s|k\.s|j\.d\.o\.o|d\.o\.o|d\.d|d\.n\.o|s\.p|SPRL|PartG mbB|PartGmbB|Kkt|Ky|Tmi|I/S|K/S|P/S|A\.m\.b\.A|HB|KB|ENK|Zrt|Nyrt|EOOD|OOD|OÜ|UAB|(?:(?<=,[ ])|(?<=[a-zß-ž][ ]))(?:Bt|SIA|ANS)|Aktiebolag|Aktiengesellschaft|Gesellschaft mbH|GesmbH|Ges\.m\.b\.H|KGaA|GbR|OHG|EIRL|EURL|SNC|S\.n\.c|S\.a\.s|SCA|S\.?C\.?A|E\.I\.R\.L|EIRELI|EPP|Tbk|Sp\. ?[kjp]|S\.K\.A|S\.E\.N\.C\.R\.L|S\.E\.N\.C|Inc|INC|CORP|LLC|L\.L\.C|LLP|PLLC|Ltd|LTD|Limited|Corp|Corporation|Co|Company|GmbH(?: & Co\. KG)?|AG|KG|SE|UG|mbB|S\.?A\.?S?|SELARL|SELAS|SCP|S\.L\.P|SRLS?|SLU|S\.P\.A|SPA(?=$|[,.;)]|\s)|GMBH|SP\. Z O\.O|S\.R\.O|e\.K|e\.V|SARL|SAS|S\.?à r\.?l|"
    r"S\.?r\.?l\.?s?|S\.?p\.?A|S\.?L\.?U?|S\.A\.(?:P\.I\.)? de C\.V|S\.C|B\.?V|N\.?V|(?<=[\w,][ ])(?<!de[ ])C\.V|AB|AS|ASA|A/S|ApS|Oy|Oyj|Pty Ltd|Pte\.? Ltd|Private Limited|Pvt\.? Ltd|Sdn\.? Bhd|Berhad|Bhd|"
    r"K\.?K|[Ss]p\. z o\.o|sp\.p|sp\.k|sp\.j|s\.r\.o|Kft|Lda|Ltda|A\.Ş|Ltd\. Şti|S\.R\.L|PLC|plc|inc|S\. Coop\.(?: And\.| V\.| Mad\.| Galega)?|Cooperative|Co-operative)(?!\w)(?!\.[A-Z](?:\.|\w))\.?"
)
_WORD = rf"[„“\"«]?[{UPPER}][\w&'’.-]{{0,40}}[”“\"»]?"
COMPANY = re.compile(
    rf"(?<![\w.@/&-])(?<!\w['’]){_WORD}(?:,?[ ](?:&|and|und|et|y|e|i|ve|și|og|och|dan|και|of|de|del|des|der|von|van|do|da|du|la|le|les|[dl]['’][{UPPER}][\w’'-]*|\([{UPPER}][a-z]+\)|[0-9]+|{_WORD})){{0,8}},?[ ]{LEGAL}"
)
EAST_END = r"の(?=[一-鿿代商登権製意許委保所著特ご店出公本販関模正ブデサ])|[はがをにへとよ](?=[、。一-鿿「『\s])|代理人|[様、。，,（(\s「]|より|から|$"
"""What ends a Japanese company's name: a particle counts only before what no name goes on with."""
EAST = re.compile(
    rf"[一-鿿ァ-ヺー]{{2,24}}?(?:有限责任公司|股份有限公司|有限公司|集团公司|株式会社|合同会社)|(?:株式会社|有限会社|合同会社)[一-鿿ぁ-ゖァ-ヺー]{{2,16}}?(?={EAST_END})|주식회사 ?[가-힣A-Za-z]{{2,20}}|[가-힣A-Za-z]{{2,20}} ?주식회사(?! ?[가-힣A-Za-z]{{2}})"
)
_LATIN_FIRM = (
    r"(?:Patent- und |Kanzlei )?Rechtsanwält(?:e|innen und Rechtsanwälte)|Rechtsanwaltskanzlei|Kanzlei|Patentanwälte|Studio Legale|STUDIO LEGALE|Cabinet|CABINET|"
    r"Patentbyrån|Varumärkesbyrån|Juristbyrån|Patentbureauet|Advokatselskabet|Patentkontoret|Octrooibureau|Merkenbureau|Patentanwaltskanzlei|Asianajotoimisto|Patenttitoimisto|Advokatfirma|Advokaadibüroo|Advokatska|Odvetniška|Odvjetničko|"
    r"Despacho|DESPACHO|Bufete|BUFETE|Kancelaria|KANCELARIA|Advocatenkantoor|Advokatfirman|Advokatbyrån|Escritório|kancelaria|kancelarię|Studio Legale Associato|Advokatkontoret|Advokatfirmaet"
)
_TITLES = r"(?:(?:Prof|Dr|Dres|Mag|Dipl|Ing|RA|Mgr|JUDr|iur|jur)\.[ -]){0,3}"
"""Titles of the persons that a firm is named after."""
_PART = rf"(?!{LEGAL}(?=[\s,.;]|$))\"?[{UPPER}](?:\.|[\w'’-]*)\"?"
_LINK = r"(?:&|a|ja|și|ir|un|und|et|e|y|i|och|og|ve|de|des|di|da|do|du|della|van|von|für|for|in|en|and|Co\.|associés|associati|asociados|associados|partners|partneři|partneri|wspólnicy|vennoten|spółka|sp\.[jkp]\.?)"
_SMALL = (
    r"(?:rzeczników|radców|adwokatów|patentowych|prawnych|adwokacka|patentowa|patent|für|de|di|d'avocats|avocats|i)"
)
"""Small words in the names of firms."""
LAW_FIRM = re.compile(
    rf"(?m)(?:^|(?<=[\s,]))((?:{_LATIN_FIRM})[ ](?:{_SMALL}[ ]){{0,3}}{_TITLES}{_PART}(?:(?:,(?=[^,\n]{{2,30}}[ ](?:&|und|and|et|i|a|e|y)[ ]))?[ ](?:{_LINK}[ ])?{_TITLES}{_PART}){{0,8}}(?:,?[ ](?:a|&|and|und|i|et|e|y|og|och)[ ](?:partne\w+|associ\w+|wspólnicy|asocia\w+|vennoten|spol\.?|co\.?))?"
    rf"|{_WORD}(?:[ ,]+(?:&|and|y|e|i|et|und|{_WORD})){{0,5}}[ ,]+(?:PLLC|LLP|P\.?C\.|Law(?: (?:Firm|Group|Offices?))?|Solicitors|Attorneys|Advocates|Advocaten|Abogados|Advogados|Avocats|Avvocati|Rechtsanwälte|Adwokaci|Advokater)(?=\s|$|[,.]))"
    r"|((?<![一-鿿])[一-鿿]{2,20}?(?:律师事务所|律師事務所)|[一-鿿]{2,16}法律事務所|(?:弁理士|弁護士|特許業務)法人[一-鿿ぁ-ヺー]{2,20}|(?:(?<=[\s、。:：「(])|^)[一-鿿ぁ-ゖァ-ヺー]{2,14}(?:国際)?(?:特許|法律|知財)(?:商標)?事務所|[一-鿿]{2,14}(?:特許|弁理士|弁護士)(?:業務)?(?:法人|事務所)"
    r"|(?:특허|법무)법인(?:\(유한\))? ?[가-힣]{2,12}|[가-힣]{2,12} ?(?:특허법률|법률|특허)사무소)"
)
STUDIO = re.compile(rf"(?<![\w.])(Studio[ ][{UPPER}][^\n,;:(–—@]{{2,60}}?)(?=\s*(?:$|[,;:(–—]|\s-\s))")
"""A firm where it stands beside a contact; elsewhere a studio may be anybody's."""
NO_FIRM = re.compile(r"(?i)\b(?:copyright|trade ?marks?|patents?|federal|state|u\.s\.|digital|german|european) law")
LETTERHEAD = re.compile(
    r"\A\s*(?P<firm>[^\n:@]{4,70})\n+[ \t]*(?:rechtsanw|patentanw|patent- und|attorneys|solicitors|barristers|law offices|avocats|conseils en|avvocati|abogados|advocaten|advogados|adwokaci|radcowie|avukat|advokat)",
    re.IGNORECASE,
)
_CH = rf"(?:[^\n(\"“”„«;]|\([{UPPER}][a-z]+\)(?= [{UPPER}]))"
"""A letter of a client's name: a place in brackets belongs to it, a short form in brackets does not."""
_END = r"(?=\s*[(;\"“„«]|\.\s|\.$|,\s(?!(?:S\.|Inc|LLC|Ltd|Co\b|SE\b))|\s+(?:in\b|with\b|and (?:we|I|its|am|are|is)\b|as (?:its|their|our)\b|to (?:place|inform|notify)|who\b|which\b|that\b|und (?:wir|ihre)\b))"
_SMALL_WORDS = 5
"""Words in small letters of a value that says something and names nobody."""


def is_part(one: str, other: str) -> bool:
    """Whether two names are of one bearer: one is written in the other."""
    return one in other or other in one


def is_sentence(value: str) -> bool:
    """Whether a labelled value is something that somebody said: quoted words, or as many small words as no name has."""
    told = re.sub(r"[(（][^()（）]*[)）]\s*$", "", value).strip() or value.strip()
    if re.fullmatch(r"[「『].*[」』][。.]?", told) or re.search(
        r"[一-鿿ぁ-ゖ][、，,][一-鿿ぁ-ゖァ-ヺ]{4}.*[一-鿿ぁ-ゖ]{4}", told
    ):
        return not re.search(EAST, told)
    words = re.findall(r"[^\W\d_]{2,}", told)
    small = [w for w in words if w.islower()]
    return len(small) >= _SMALL_WORDS and len(small) * 3 > len(words) * 2


FOR_CLIENT = (
    re.compile(rf"(?i:counsel|attorneys?|solicitors?|lawyers?) (?:to|for) (?P<name>[{UPPER}]{_CH}{{2,80}}?){_END}"),
    re.compile(rf"(?i:\bwe|\bI)(?i:,? (?:represent|act for|act on behalf of|write on behalf of|am writing on behalf of|write for))[ ](?:our client,? )?(?:the (?=[{UPPER}]))?(?P<name>[{UPPER}]{_CH}{{2,80}}?){_END}"),
    re.compile(rf"(?i:\bwe|\bi), (?P<agent>[{UPPER}][^\n;]{{2,70}}?), (?i:act|are acting|write|represent)(?i: for| on behalf of)? (?P<name>[{UPPER}]{_CH}{{2,70}}?)(?=\.\s|\.$|[(;\"])"),
    re.compile(rf"(?i:\bwe are|\bI am|\bwir sind|\bnous sommes|\bsomos|\bsoy|\bsiamo|\bsomos a) (?i:(?:an?|the|die|der|ein|une?|les?|la|el|los|il)?)[ ]?(?:[\w-]+ ){{0,5}}?(?i:agents?|licensees?|representatives?|attorneys?|vertreter\w*|lizenznehmer\w*|mandataires?|licenciées?|apoderad[oa]s?|licenciatari[oa]s?|representantes?|mandatari[oa]?)(?: [\w]+ (?i:apoderad[oa]s?|representantes?|attorneys?|agents?))? (?i:of|for|von|der|des|de|di|d.)[ ]?(?:the (?=[{UPPER}]))?(?P<name>[{UPPER}]{_CH}{{2,80}}?)(?=\s*[(;\"“„«]|\.\s(?!de\b)|\.$|,\s(?!S\.|Inc|LLC|Ltd))"),
    re.compile(rf"(?i:na qualidade de|en calidad de|en qualité de|in qualità di|in our capacity as|als) (?i:procurador\w*|apoderad\w*|abogad\w*|conseils?|avocats?|legali|difensori|vertreter|anwälte|attorneys?|counsel|agents?) (?i:d[aeo]s?|de la|della|dell.|der|des|for|to|of)(?: société| empresa| sociedad)?[ ]?(?P<name>[{UPPER}]{_CH}{{2,80}}?)(?=\s*[(;\"“„«]|\.\s|\.$|,\s(?!S\.|Inc|LLC|Ltd))"),
    re.compile(rf"(?<![\w&'’.-])(?P<agent>[{UPPER}][\w&'’.-]{{0,40}}(?:[ ](?:(?:&|en|und|et|of|de)[ ])?[{UPPER}][\w&'’.-]{{0,40}}){{0,5}}),? (?:(?:dat|die|der|das|qui|che|que|which|who) )(?i:optreedt (?:namens|voor)|handelt (?:für|im auftrag)|agit (?:pour|au nom de)|agisce per conto di|actúa en nombre de|atua em nome de|acts (?:for|on behalf of))(?: (?:der|die|la|le|the))? (?P<name>[{UPPER}]{_CH}{{2,70}}?)(?=\s*[(;\"“„«]|\.\s|\.$|,\s)"),
    re.compile(rf"(?i:on behalf of|acting for)(?: (?:our|my) client,?)? (?:the (?=[{UPPER}]))?(?P<name>[{UPPER}]{_CH}{{2,70}}?){_END}"),
    re.compile(rf"(?i:wir vertreten|namens und in vollmacht|wir schreiben ihnen (?:für|namens|im auftrag)|vertreten wir|für unsere mandantin,?)(?: (?:die|den|das|der|unsere Mandantin,?|die Interessen der))* (?P<name>[{UPPER}][^\n(\"„;]{{2,80}}?)(?=\s*[(\"„;]|\.\s|\.$|,\s)"),
    re.compile(rf"(?i:in sachen|in der sache) (?P<name>[{UPPER}][^\n;]{{2,80}}?) (?:\./\.|gegen|/)\s"),
    re.compile(rf"(?i:nous représentons|conseils? de|au nom (?:et pour le compte )?de|agissant pour(?: le compte d[eu])?)(?: la société| les sociétés)? (?P<name>[{UPPER}][^\n(\"«;]{{2,80}}?)(?=\s*[(\"«;]|\.\s|\.$|,\s)"),
    re.compile(rf"(?i:in nome e per conto (?:di|della|del|dell.)|nell.interesse (?:di|della|del|dell.))(?: società)?[ ]?(?P<name>[{UPPER}][^\n(\"«;]{{2,80}}?)(?=\s*[(\"«;]|\.\s|\.$|,\s(?!S))"),
    re.compile(rf"(?i:en (?:nombre y )?representación de|representamos a|em nome de|em representação de)(?: la empresa| la sociedad| a empresa)? (?P<name>[{UPPER}][^\n(\"«;]{{2,80}}?)(?=\s*[(\"«;]|\.\s(?!de)|\.$|,\s(?!S))"),
    re.compile(rf"(?i:treed op namens|treden op namens|namens) (?P<name>[{UPPER}][^\n(\"“;]{{2,70}}?)(?=\s*[(\"“;]|\.\s[A-Z]|\.$|,\s)"),
    re.compile(rf"(?i:działając w imieniu|w imieniu) (?P<name>[{UPPER}][^\n(\"„;]{{2,70}}?)(?=\s*[(\"„;]|\.\s[A-Z]|\.$|,\s)"),
    re.compile(rf"(?m)^[ \t]*(?P<name>[{UPPER}][^\n,;:]{{2,70}}),[ \t]*(?i:antragsteller(?:in)?|kläger(?:in)?|plaintiff|demanderesse|demandeur|ricorrente|attrice|demandante)\b"),
    re.compile(rf"(?<![\w-])(?P<name>[{UPPER}][\w'’.-]+(?: [{UPPER}][\w'’.-]+){{1,4}}) [(（](?=[\w.+-]{{1,64}}@[\w-]+\.)"),
    re.compile(r"受\s*(?P<name>[一-鿿A-Za-z（）()., &]{3,40}?)\s*(?:[(（]|的?委托|委託|委任)"),
    re.compile(rf"(?:當事人|当事人|委託人|委托人)\s*(?P<name>{EAST.pattern})"),
    re.compile(r"(?:법인|당사|본인|저희)[은는이가]?\s+(?P<name>[^\n(,.]{2,30}?)\s*(?:\([^)\n]{1,40}\))?의 (?:대리인|위임)"),
    re.compile(rf"(?P<name>{COMPANY.pattern})(?: \([^)\n]{{1,60}}\))?,? (?:is|are) the [^\n.]{{0,160}}?\b(?:owner|holder|proprietor|author)\b"),
    re.compile(rf"(?P<name>{COMPANY.pattern}) (?:has|hereby|have) (?:duly )?authori[sz]e[ds]? (?P<agent>[^\n,]{{2,60}}?) (?:to act )?as its"),
    re.compile(rf"(?i:\b(?:rights?|copyright|trade ?mark|patent|design) (?:owner|holder)s?,?) (?P<name>{COMPANY.pattern})"),
    re.compile(rf"\bI(?:,| am)[^\n.]{{0,90}}?\bof (?:the )?(?P<name>(?!{_WORD}(?: {_WORD})* LLP){COMPANY.pattern})"),
    re.compile(rf"(?m)^[ \t]*(?:[0-9]{{1,2}}[.)])?[ \t]*(?P<name>[{UPPER}][^\n:]{{1,50}}?) [-–—] (?i:(?:copyright|trade ?mark|rights?) (?:owner|holder))[ \t]*$"),
    re.compile(rf"(?i:represents?|representing|on behalf of) (?P<name>{COMPANY.pattern})"),
    re.compile(r"(?i:we are|this is) (?:the )?(?:store|shop|seller|brand|company) (?P<name>[A-Z][\w&' -]{1,50}?)(?=[.,;\n])"),
)  # fmt: skip
FILED_FOR = FOR_CLIENT[3]
"""Who files a report says in its own words for whom: it is an agent even where a label calls it the complainant."""
OF_PERSON = re.compile(
    r"^(?P<agent>[^,;]{3,60}?)(?<!trustee),?\s+(?:(?:acting |agissant |handelnd )?(?:for|on behalf of|im Auftrag (?:der|von)|im Namen (?:der|von)|für|pour(?: le compte de)?|au nom de|per conto di|en nombre de|por cuenta de|em nome de|namens|w imieniu|w interesie|adına|от имени|в интересах|代表))\s+(?P<name>.+)$",
    re.IGNORECASE,
)
BY_AGENT = re.compile(
    r"^(?P<name>.+?)(?:\s*\([^)\n]{1,40}\))?(?:,?\s(?:neste ato|en este acto|in questo atto|ici|hierbij|hierin))?,?\s+(?:through its agents?|through|acting through|genom|durch|tramite|a través de|par l['’]intermédiaire d[eu]|por meio de|por intermédio de|za pośrednictwem|prostřednictvím|gennem|через|represented by|vertreten durch|représentée? par|rappresentat[oa] da|representad[oa] por|reprezentowan[ay] przez|vertegenwoordigd door|företrädd av|repræsenteret af|representert av|zastoupen[áéýoi]*|zastúpen[áéýoi]*|zastupan[aoi]? po|zastopan[aoi]? po|reprezentată? (?:de|prin)|представляван[аои]? от|представлен\w+ через|εκπροσωπούμεν\w+ από|atstovaujam\w+|pārstāv|diwakili oleh|đại diện bởi)\s+(?:(?:le|la|the|die|das|lo|el|het|kancelarię) (?:cabinet|firm|kanzlei|studio|bufete|société|kantoor) ?|kancelarię |(?:(?:patentov|advokátn|advokátsk)\w+ )?kancel\w+ )?(?P<agent>[^,;@]+(?:,\s[^,;@]{2,30}?\s(?:a|&|und|et|i|e|y|și|og|och|and)\s(?:spol|part|společn|spoloč|co|associ|wspóln|asociad|partn)\w*\.?)?)",
    re.IGNORECASE,
)
AGENT_EAST = re.compile(
    r"^(?P<name>[^,，]+?)[,，]?\s?(?:由|委托|委託|授权|授權)(?P<agent>[^,，]{4,40}?)(?:代理|办理|辦理|代为|$)"
)
AUTHORISED_BY = re.compile(
    r"^(?P<agent>.+?),?\s+(?:gemachtigd door|bevollmächtigt (?:von|durch)|beauftragt von|mandatée? par|autorizad[oa] por|authori[sz]ed by|instructed by|upoważnion[ay] przez|delegat[oa] da|incaricat[oa] da)\s+(?P<name>.+)$",
    re.IGNORECASE,
)
DASHED = re.compile(r"(?m)^[ \t]*--+[ \t]*([^\n@]{3,90})$")
CARE_OF = re.compile(r"(?mi)^[ \t>]*c/o[ \t]+(?P<agent>[^\n@]{3,70})\n(?=[ \t>]*[\w.+-]{1,64}@)")
DOTTED = re.compile(
    r"(?:^|[\s.])(?:[A-ZŞ]\.){1,4}$|\b(?:Inc|Ltd|Co|Corp|Bhd|Cía|Şti|Ltda|Lda|Esq|spol|společ|Zn|Jr|Kft|Bt|Zrt|Nyrt|Kkt|z o\.o|o\.o|p\.p|p\.k|p\.j|r\.o|a\.s|e\.V|r\.l|p\.A|C\.V|A\.S)\.$|\b\w\.$",
    re.IGNORECASE,
)
"""Names that end with a dot of their own."""
PARTNERS = re.compile(r"[(（](?:特殊)?(?:普通|有限)合伙[)）]")


def _for_whom() -> str:
    """The words of the table between a firm and the one that it acts for."""
    told = {w.strip() for w in re.split(r"[;\n]", data("acting.yaml")["for whom"]) if w.strip()}
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(told, key=len, reverse=True))


FIRM_FOR = re.compile(rf"(?P<agent>[^,;\n]{{4,70}}?),?\s(?:{_for_whom()})\s(?P<name>\S[^;\n]{{2,70}})$", re.IGNORECASE)
"""A firm and whom it reports for in one labelled value: "Advokatbyrån X KB för Y AB"; whether it is a firm its reader asks."""
