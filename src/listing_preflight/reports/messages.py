"""Prose for reason codes, English beside them and other languages in catalogs; no message draws a legal conclusion."""

from listing_preflight.model.finding import Finding, Reason
from listing_preflight.reports import proof
from listing_preflight.reports.catalog import Catalog, catalog, fill

ENGLISH = catalog("en")

_SENTENCES = {
    "use-identity": "used as the name of the goods",
    "use-search-terms": "stands in the search terms",
    "use-imitation": "stands in imitation wording (“{words}”)",
    "use-comparison": "the goods are compared with it (“{words}”)",
    "use-compatible": "stands in a compatible form (“{words}”)",
    "use-denial": "the text says that the goods are not of this brand (“{words}”)",
    "used-as-the-name-of-the-goods": "it reads as the name of the goods",
    "open-sense": "it is also an ordinary word; here it may mean the mark",
    "brand-field-without-proof": "the brand field names it, and no proof that you may use it is on file",
    "brand-field-contradicted": "the brand field names it while the text offers goods made to go with it",
    "two-brands-in-title": "it reads as the name of the goods, beside {other} in the same title",
    "part-told-again": "a part that a statement of composition names, named again in running text",
    "title-in-a-sentence": "the words of a title, written small, in a longer phrase",
    "likened-in-text": "running text likens the goods to it, where it is a work, a person or also a word",
    "shown-on-an-accessory": "it stands behind the device that the accessory fits and is no device: what the accessory shows",
    "printed-on-an-accessory": "it stands beside the device that the accessory fits and makes clothes or bags: what the accessory bears",
    "creation-on-other-goods": "a character or work is what the goods show, whatever class they are in",
    "picture-alone": "only a picture names it, no text does",
    "picture-against-text": "the pictures and the texts use it differently ({picture}; {text})",
    "mark-is-the-goods": "the name or logo itself is what is sold",
    "device-named-first": "the device stands first in the title of an accessory",
    "slogan-in-longer-phrase": "the phrase is part of a longer one",
    "everyday-phrase": "the phrase is an everyday one that is also held as a mark",
    "settled-style": "“style” of this name is a settled term of the trade, and a mark",
    "mark-in-search-terms": "marketplace rules keep names of others out of search terms",
    "platform-badge": "it claims the marketplace's own name or badge",
    "permitted-use": "the owner permits this form: {form}",
    "standard-named": "a standard that the goods say they meet; its owner tells who may say so and how",
    "no-technical-fit": "these goods need no technical fit, so that “for” and “compatible” change nothing",
    "compound-adjective": "the name is part of a compound adjective; write “compatible with …”",
    "substitute-called-compatible": "the title begins with the name of what it would replace",
    "too-many-names": "the title names {names} marks; a list of that length is read as keyword stuffing",
    "no-model": "no model is named after the mark",
    "permitted-compatible-form": "the permitted form for compatible goods",
    "attribution": "a sentence tells whose mark it is",
    "imitation": "it stands in imitation wording",
    "comparison-in-title": "the title compares the goods with it",
    "comparison": "the text compares the goods with it",
    "denial": "the text says that the goods are not of this brand",
    "device-before-compatible": "the device stands first, before the part or supply that is called compatible with it",
    "small-in-text": "it is written small in a text that writes names large: as likely a word",
    "device-of-a-variant": "it is the device that a variant of the accessory fits",
    "fits-a-vehicle": "the vehicle and its years are named without the word that says that the goods fit it",
    "part-of-a-device": "it is a part or material of what is sold",
    "noun-of-other-goods": "the word of the listing's own language for the goods, which are none of the mark's",
    "small-word": "a word of the listing's own language, written as one",
    "small-told-word": "a word of the listing's own language, written small",
    "share-of-a-price": "a word behind a share, as in “50% off”",
    "shows-a-creation": "goods of its kind are said to be for a character, person or work: that is what they show",
    "homonym-in-small-letters": "here it is another word, without the capitals that its list asks for",
    "name-of-a-place": "a town, quarter or station, told by the word glued to it",
    "word-in-brand-field": "the brand field says it, which is also an ordinary word, and nothing tells that the goods are its own",
    "at-a-place": "beside the word for a place, on goods that are none of its own",
    "named-in-a-shop-statement": "named in a statement about the shop, on goods that are none of its own",
    "badge-not-in-its-case": "the letters of a badge that are a word as well, not in capitals",
    "words-of-a-badge": "the ordinary words of a badge, on goods that it is not given to",
    "word-of-care": "an ordinary word in a statement about care, payment or the shop",
    "word-on-other-goods": "a name that its list calls an ordinary word, on goods that are none of its own",
    "small-on-other-goods": "it is written small on goods that are none of the mark's, in a text that writes names large",
    "words-joined-on-other-goods": "ordinary words put together, on goods that are none of the mark's",
    "no-rights-data": "the list does not say what it is protected for: judged on the wording alone",
    "rights-assumed": "its rights are assumed from general knowledge, not taken from a register",
    "cap-pending": "it is applied for and not registered yet",
    "cap-contested": "its registration is in force and contested",
    "cap-weak": "its registration is in force and weak",
    "cap-unknown": "whether its registration is in force is unknown",
    "cap-territory-unknown": "which marketplace this is, or where it sells, is unknown",
    "cap-goods-related": "the goods are only related to those that it is protected for",
    "cap-goods-unrelated": "the goods are not of the kinds that it is protected for",
    "cap-goods-unknown": "what kind of goods these are cannot be told from the text",
    "cap-goods-assumed": "the goods are plainly not of the kinds that it is assumed to be protected for",
    "force-unstated": "the list does not say whether its registration is in force and is taken at its word",
    "sense-overlaid": "your own word list (--overlay) raises it",
    "sense-disguised": "an ordinary word in a disguised spelling is meant as the mark",
    "sense-brand-is-own": "the brand field names it",
    "sense-house-mark": "it stands beside the brand that it belongs to ({house})",
    "sense-kin": "it stands side by side with another name of the same brand",
    "sense-signed": "a trade mark sign (®, ™) stands beside it",
    "sense-imitated": "goods of its kind are said to be like it",
    "sense-flagged-imitated": "something is said to be like it, though the text does not tell what is sold",
    "sense-famous-imitated": "the goods are said to be like a famous name",
    "sense-fits-its-device": "the goods are said to fit it, and it stands at the word for a device of its kind",
    "sense-fits-own-goods": "goods are made to go with it",
    "sense-keyword-among-marks": "it stands among other brands in the search terms",
    "sense-beside-mark-in-goods": "it stands beside another brand, and the goods are of its kind",
    "sense-rare-beside-mark": "it is a rare word beside another brand",
    "sense-leads-own-goods": "it stands first in the title, and the goods are of its kind",
    "sense-famous-names-goods": "it is a famous name, directly at goods of its kind",
    "sense-short-as-listed": "it is written as the brand is, the goods are of its kind, and no dictionary has the word",
    "in-address": "it is part of an address, an e-mail or a handle",
    "crosses-separator": "it is there only when words over a comma are joined",
    "another-word": "a word of the listing's own language",
    "name-of-a-person": "a person's name, on goods made for one",
    "name-of-a-family": "a family's name, on goods made with it",
    "word-for-the-goods": "the word of the listing's own language for the goods themselves",
    "word-with-an-s": "a word of the dictionary, not the plural of the name",
    "vendors-own-name": "the vendor's own name",
    "service-of-the-shop": "a {kind} through which the shop is found, paid or ships",
    "service-in-text": "a service named in running text of other goods",
    "marketplace-in-text": "a marketplace named in running text, none of whose goods are offered",
    "word-of-a-style": "it stands as a colour, pattern, style or size",
    "ordinary-compound": "an ordinary expression",
    "measure": "a number with a unit of measure",
    "surname": "the name of a family",
    "open-homonym": "the words around it show another sense, but the goods are of its kind",
    "open-homonym-close": "a word next to it shows another sense, but the goods are of its kind",
    "device-in-a-compound": "the device's name is written together with the accessory, instead of “for” it",
    "device-before-accessory": "the device stands before the accessory, without the word that says that it fits",
    "platform-of-a-game": "it tells what a game or its equipment runs on",
    "line-beside-house": "it is an ordinary word and also a product line of the brand beside it",
    "sense-leads-device": "it stands first in the title, directly at a device of its kind",
    "sense-logo-of-a-name": "a word for “logo” stands beside it",
    "sense-denied-in-goods": "the text says that goods of its kind are not of this brand",
    "sense-leads-at-goods": "it stands first in the title, directly at goods of its kind",
    "sense-named-at-goods": "it is written as a name, directly at goods of its kind",
    "sense-words-lead": "it is a name of several words, first in the title, and the goods are of its kind",
    "sense-words-in-goods": "it is a name of several words, and the goods are of its kind",
    "sense-led-to-its-line": "it leads the title, and what its list knows of it follows",
    "sense-beside-its-line": "what its list knows of it stands right beside it",
    "sense-named-line": "no dictionary has it, its house is named as well, and the goods are of its kind",
    "sense-coined-lead": "no dictionary and no language has it, and it stands first in the title of goods of its kind",
    "sense-coded-lead": "it stands first in the title of goods of its kind, which bears a maker's code for a model",
    "sense-coined-leads-device": "no dictionary has it, and it stands first in the title of goods of its kind",
    "sense-led-by-its-noun": "it stands first in the title, and a thing that its list knows of it is sold",
    "sense-famous-beside-goods": "a famous name, written as one, directly at goods of its kind",
    "sense-hyphened-line": "it is written with the hyphen of its list, its house is named as well, and the goods are of its kind",
    "sense-words-compared": "it is a name of several words with which the title compares or likens the goods",
    "sense-keyword-with-context": "it is among the search terms of its own goods, beside a context word of its list",
    "sense-words-fitted": "its words, written as a name, are what goods are said to fit",
    "sense-logo-of-words": "the word for a logo or crest stands beside it",
    "sense-script-lead": "it leads its own goods in Latin letters, in a text of another script",
    "sense-work-beside-its-name": "a name of its work stands beside it",
    "sense-keyword-names-goods": "it is among the search terms, directly at goods of its kind",
    "sense-led-with-context": "it leads the title of goods of its kind, and what its list knows of it stands there too",
    "sense-foreign-in-goods": "no word of the listing's own language, and the goods are of its kind",
    "sense-data-with-context": "it leads a title of technical data, and what its list knows of it stands there too",
    "sense-coined-line": "no dictionary has it, and its house is named as well",
    "sense-famous-duped": "the goods are called a dupe or copy of a famous name",
    "sense-tongues-name": "it is written as a name, and the goods are of its kind",
    "sense-short-keyword": "it is a short name among the search terms, and the goods are of its kind",
    "word-is-the-emblem": "its emblem is what is sold",
    "badge-in-permitted-form": "the form that the badge's owner permits",
    "typo-in-brand-field": "the brand field is a letter apart from it, and nothing else points to it",
    "composition": "it names a material or part (“{words}”)",
    "bought-there": "a shop where something is to be had",
    "tool-of-a-file": "a program or machine that the file is made for",
    "fit-of-a-file": "what the file or plan is made for",
    "torn-spelling": "it is a short name glued to other words or torn apart",
    "misspelt-name": "it is a letter or two apart from the name",
    "resale": "the brand field names its maker, as resellers of genuine goods write; no proof covers it",
    "named-in-description": "only the description names it, and nothing else points to it",
    "substitute-of-its-kind": "goods of its own kind, which need no fit, are called compatible with it",
    "fans-of-a-work": "the text says that the goods go with a work or person",
    "misspelt-likened": "a letter apart from a name of other goods, beside words that liken",
    "fit-among-search-terms": "the device that the title names in the permitted form, repeated among the search terms",
    "tool-of-the-goods": "a clause that says on or with what the goods are made",
    "fits-in-a-sentence": "a clause that says what the goods fit or what they are made on",
    "fits-in-a-title": "behind the goods and the word that says what they fit or hold",
    "part-among-search-terms": "the material or part that the title names as such, repeated among the search terms",
    "words-small-in-text": "words of the dictionary, written small in running text",
    "device-told-again": "the device that the title already names in the permitted form",
    "everyday-phrase-in-text": "an everyday phrase in running text",
    "listed-among-names": "it stands in a list in running text",
    "part-inside": "it reads as a part or material of goods of another maker, a processor or fabric for example",
    "split-over-fields": "its parts stand at the end of one field and the beginning of the next",
    "language-without-grammar": "part of the text is in a script whose wording is not read ({scripts}): judged by the other signs",
    "number-beside-word": "a figure of a model or size stands before a word",
    "loose-spelling": "it is a letter apart from the name, and nothing else says that the name is meant",
    "unusual-spelling": "it is an odd spelling of the name, told for information",
    "sense-near": "“{word}” near it points to the brand",
    "word-leads-title": "it is an ordinary word, and stands first in the title, where brands stand",
    "text-turned": "a direction override makes a page show these letters in another order than they are written",
    "text-direction": "a direction control stands in a text without letters that run from right to left",
    "advice-retype": "Type the text anew without the control character.",
    "ordinary-word": "an ordinary word here: no sign of the mark",
    "register-elsewhere": "in a register, and none of its rights binds this marketplace",
    "register-dead": "in a register, and no right that binds here is in force",
    "register-other-goods": "in a register, and the rights in force here are for unrelated goods",
    "requires-case": "only the spelling as listed counts for this mark",
    "requires-spelling": "only as it is written does this name count, its list says",
    "requires-brand-field": "only where the brand field says it does this name count, its list says",
    "requires-neighbour": "only beside a context word of its list does this name count",
    "never-near": "the words around it rule the mark out",
    "homonym": "here it is {sense} (“{word}”)",
    "known-robot-word": "it is an ordinary word that automatic checks of marketplaces are known to take down",
    "permitted-fit": "the goods are called compatible with it, which its owner lets everybody say",
    "known-robot": "automatic checks of marketplaces are known to take this word down all the same",
    "inside-longer-name": "part of the longer name {name} at the same place",
    "no-right-in-territory": "no right binds this marketplace (registered: {offices})",
    "known-picture": "a picture of the list was recognised",
    "known-harmless": "it is “{name}”, a picture known to be harmless",
    "set-aside": "“{name}” matches so much of this catalogue that it is set aside; see the gap that says so",
    "known-design": "it looks like a protected design; a person should compare them",
    "locarno-same": "its Locarno class ({classes}) fits what is sold ({goods})",
    "locarno-other": "its Locarno class ({classes}) is for other articles than what is sold ({goods})",
    "locarno-unknown": "whether its Locarno class ({classes}) fits what is sold ({goods}) is not known",
    "cap-article": "low: a design patent there holds for the article that it names",
    "advice-remove-or-prove": "Take {name} out, or put proof that you may use it into the seller file.",
    "advice-keep-suppliers-proof": "Keep the supplier's proof that the material or part is genuine, and name it only as what it is.",
    "advice-keep-form": "Keep this form: own brand and product first, then “compatible with” and the model.",
    "advice-use-permitted-form": "Write own brand, product, “compatible with”, brand and model, in this order.",
    "advice-remove-from-search-terms": "Take {name} out of the search terms; misspellings of it too.",
    "advice-describe-without-name": "Describe the product without naming {name}: material, shape, colour, effect.",
    "advice-write-otherwise": "If the listing is taken down, write it another way (a unit in words, another noun).",
    "if-own-product-first": "{severity} if the title began with the own product and then read “compatible with …”",
    "if-model-named": "{severity} if a model were named",
    "if-fewer-names": "{severity} if the title named four marks or fewer",
    "if-out-of-search-terms": "{severity} if it were not among the search terms",
    "if-proof-on-file": "{severity} if the seller file held proof for this sale",
    "if-goods-in-class": "{severity} if the goods were in a class of the right",
    "if-registered": "{severity} if the mark were registered",
    "if-marketplace-known": "{severity} if the marketplace were known and the right bound it",
    "if-word-not-first": "{severity} if the word did not stand first in the title",
    "if-without-connector": "{severity} if the connecting words were gone",
    "if-without-name": "{severity} if the listing did not name {name}",
    "overlay-ordinary": "an ordinary word by the user's overlay",
    "overlay-raise": "raised by the user's overlay",
    "policy-rule": "rule {rule}: {text} ({source}; seen {seen})",
    "legal-risk": "law: {risk} (use: {use}; likeness: {likeness}; goods: {goods}; territory: {territory}; force: {force}; authority: {authority}; strength: {strength})",
    "platform-risk": "marketplace: {risk} (elsewhere: {practice}; its own rules: {rules})",
    "wording": "wording that a marketplace's rule is about",
    "in-small-print": "it stands in the small print of a picture",
    "in-a-table": "it stands in a table of a picture",
    "stamp-of-others": "a picture bears the {what} of somebody else: it may have been taken from there",
    "stamp-in-main-picture": "it stands in the main picture",
    "stamp-on-goods": "larger letters in the picture say the same name: it may be printed on the goods",
    "stamp-in-small-print": "it stands in small print of a further picture",
    "stamp-own": "the seller's own name, or that of the goods",
    "stamp-of-mark": "of a mark that is judged by itself",
    "stamp-of-marketplace": "of the marketplace itself",
    "advice-own-picture": "Use a picture of your own without addresses and names of others, or put your own name into the seller file.",
    "advice-reword": "Take the wording out: the marketplace's rule names it.",
    "advice-replace-picture": "Use your own picture, or put the licence for “{name}” into the seller file.",
}


_APART = frozenset({"policy-rule", "legal-risk", "platform-risk"})
"""Reasons that stand on lines of their own, not in the message."""
_MOST_CLAUSES = 3


def sentence(reason: Reason, words: Catalog = ENGLISH) -> str:
    """A reason in words."""
    if reason.code.startswith(("authority-", "own-mark-")):
        return proof.authority(reason, words)
    template = words.find("sentences", reason.code) or _SENTENCES.get(reason.code) or proof.SENTENCES.get(reason.code)
    if template is None:
        return proof.line(reason, words) or reason.code
    params = {k: _param(k, v, words) for k, v in reason.params.items()}
    return fill(template, params | ({"text": rule_text(reason, words)} if reason.code == "policy-rule" else {}))


def rule_text(reason: Reason, words: Catalog) -> str:
    """What a marketplace's rule says: a shipped one in the language of the report, a user's own as it is written."""
    return words.find("policy", str(reason.params.get("rule"))) or str(reason.params.get("text", ""))


_VALUES = frozenset(
    "severity risk use likeness goods territory force authority strength practice kind picture text".split()
)
"""Parameters that hold a word of a closed list; `goods` and `text` may also hold the seller's words, which stay as they are."""


def _param(name: str, value: str | int | tuple[str, ...], words: Catalog) -> object:
    if isinstance(value, tuple):
        return ", ".join(value)
    return words.find("values", str(value)) or value if name in _VALUES else value


def advice(reason: Reason, words: Catalog = ENGLISH) -> str:
    """What to do, in words."""
    return sentence(reason, words)


_SAID_BY = {
    "sense-imitated": ("use-imitation",), "sense-flagged-imitated": ("use-imitation",), "sense-famous-imitated": ("use-imitation",),
    "sense-fits-own-goods": ("use-compatible",), "sense-denied-in-goods": ("use-denial",),
    "sense-brand-is-own": ("resale", "brand-field-without-proof", "brand-field-contradicted"),
}  # fmt: skip
"""Signs that say no more than a reason that stands beside them."""


def clauses(finding: Finding) -> tuple[Reason, ...]:
    """The reasons that a message tells, the most telling first; none that repeats another, in its own or other words."""
    codes = {r.code for r in finding.reasons}
    apart = () if finding.kind == "wording" else tuple(_APART)
    told = (r for r in finding.reasons if finding.kind == "wording" or not r.code.startswith(("if-", *apart)))
    once = {(r.code, tuple(r.params.items())): r for r in told if codes.isdisjoint(_SAID_BY.get(r.code, ()))}
    return tuple(sorted(once.values(), key=lambda r: _turn(r.code)))


def _turn(code: str) -> int:
    """Whether a reason tells how a name is used, what shows that it is meant, or how far its rights are known."""
    if code.startswith("sense-"):
        return 1
    return 2 if code.startswith(("rights-", "cap-", "force-", "no-rights-")) else 0


def message(finding: Finding, words: Catalog = ENGLISH) -> str:
    """One sentence on what was found and why it matters."""
    why = words.message("separator").join(sentence(r, words) for r in clauses(finding)[:_MOST_CLAUSES])
    if finding.work is not None:
        owner = finding.work.owner
        of = words.message("of", owner=owner) if owner else ""
        return words.message("work", shown=finding.work.title or finding.work.id, of=of, why=why)
    seen = finding.mentions[0].hit.seen
    if finding.mark is None:
        return words.message("wording", seen=seen, why=why)
    kind = "matches" if seen != finding.mark.name else "named"
    return words.message(kind, seen=seen, name=finding.mark.name, why=why)


CODES = frozenset(_SENTENCES) | frozenset(proof.SENTENCES)
