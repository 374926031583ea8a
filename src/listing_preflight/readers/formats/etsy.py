"""Etsy listings download: headers in the seller's language, tags with underscores for spaces."""

from listing_preflight.readers.columns import Column, Layout, fold_header
from listing_preflight.readers.rows import Head
from listing_preflight.readers.tables import TableFormat

_WORDS = {
    "title": "title titolo titel titre titulo tytul タイトル название",
    "description": "description descrizione beschreibung descripcion descricao omschrijving beschrijving opis 説明 описание",
    "search_terms": "tags tag etiquetas etiketten mots-clés tagi タグ теги",
    "attributes": "materials materiali materialien matériaux matieres materiales materiais materialen materialy 材料 materialy "
    "variation1name variation2name variation1values variation2values variation1type variation2type",
    "image": "image immagine bild imagen imagem afbeelding obraz zdjecie 画像 изображение",
    "id": "sku",
    "ignore": "price prezzo preis prix precio preco prijs cena 価格 цена currencycode valuta waehrung währung devise moneda moeda "
    "quantity quantita menge quantité cantidad quantidade aantal hoeveelheid anzahl ilosc 数量 количество",
}
_FIELDS = {fold_header(word): target for target, words in _WORDS.items() for word in words.split()}
_VARIATION = ("variat", "variant", "variaz", "variac", "バリエーション", "вариац", "wariant", "wariacj", "odmian")


def _target(header: str) -> str:
    key = fold_header(header)
    if any(word in header.casefold() for word in _VARIATION):
        return "attributes"
    return _FIELDS.get(key) or _FIELDS.get(key.rstrip("0123456789")) or "unread"


def _layout(head: Head) -> Layout | None:
    if not head.rows:
        return None
    header = [h.strip() for h in head.rows[0].cells]
    low = [h.casefold() for h in header]
    targets = [_target(h) for h in header]
    variations = sum(1 for h in low if any(word in h for word in _VARIATION))
    if (
        "currency_code" not in low
        or not {"title", "description"} <= set(targets)
        or variations + targets.count("image") < 4
    ):
        return None
    columns = tuple(Column(h, t, h if t == "attributes" else None) for h, t in zip(header, targets, strict=True))
    reason = "its header has Etsy's CURRENCY_CODE beside title, images and variations"
    return Layout(reason, columns, head.rows[0].number + 1, assumed="etsy.com")


FORMAT = TableFormat(name="etsy", title="Etsy listings download", layout=_layout)
