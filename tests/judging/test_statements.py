"""What a sentence speaks of, in every language that has a grammar, told of one invented mark."""

import pytest

from listing_preflight.judging.grammar import languages

MARKS = """marks:
  - {id: zorvalo, name: Zorvalo, common_word: false, classes: [25], territories: [US], status: registered}
"""
SHOP, PART, FIT, IMITATES, GOODS = "shop", "composition", "fit", "imitation", "description"
"""Role that is expected; an imitation and plain description share a role and differ in their use."""

SENTENCES = {
    "ar": [
        (SHOP, "تابعونا على Zorvalo لمعرفة الجديد"),
        (SHOP, "خدمة العملاء متاحة دائما على Zorvalo"),
        (PART, "الحقيبة مصنوعة من Zorvalo الأصلي"),
        (FIT, "حافظة متوافقة مع Zorvalo بلون أسود"),
        (IMITATES, "حقيبة مستوحاة من Zorvalo بلون بني"),
        (GOODS, "هذه الحقيبة الجميلة Zorvalo للسفر الطويل"),
        (GOODS, "شاحن سريع و شحن قوي Zorvalo في كل مكان"),
    ],
    "bg": [
        (SHOP, "Последвайте ни в Zorvalo за нови модели"),
        (SHOP, "Доставка до вас с Zorvalo в цялата страна"),
        (PART, "Якето е изработено от Zorvalo и памук"),
        (FIT, "Калъф, съвместим с Zorvalo, черен"),
        (IMITATES, "Чанта, вдъхновена от Zorvalo, кафява"),
        (GOODS, "Тази красива чанта Zorvalo е голяма и лека"),
        (GOODS, "Нова колекция Zorvalo в меки цветове"),
    ],
}  # fmt: skip


def test_every_language_has_its_sentences():
    assert SENTENCES.keys() == languages()
    assert all(len(said) >= 6 for said in SENTENCES.values())


@pytest.fixture
def told(preflight, write, tmp_path):
    """The role and use of the mark in each of some descriptions, each a listing of its own."""
    (tmp_path / "l.yaml").write_text(MARKS)

    def run(sentences):
        rows = [
            {"id": str(n), "marketplace": "amazon.com", "category": "Clothing", "title": "8842", "description": said}
            for n, said in enumerate(sentences)
        ]
        listings = preflight("scan", write("x.jsonl", *rows), "-w", tmp_path / "l.yaml", "-f", "jsonl").listings
        return [next(((f["evidence"][0]["role"], f["use"]) for f in row["findings"]), None) for row in listings]

    return run


@pytest.mark.parametrize("lang", sorted(SENTENCES))
def test_what_a_sentence_speaks_of(told, lang):
    said = SENTENCES[lang]
    wrong = []
    for (expected, sentence), found in zip(said, told([s for _, s in said]), strict=True):
        role, use = found or ("none", "none")
        ok = (use == "imitation") if expected == IMITATES else (role == expected and use != "imitation")
        if not ok:
            wrong.append((expected, role, use, sentence))
    assert not wrong


def test_a_postposition_with_vowel_signs(told):
    assert told(["यह कवर Zorvalo के साथ संगत है"]) == [("fit", "compatible")]
