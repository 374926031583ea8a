"""Notices of rights holders and platforms: mails, pages, texts and PDF files, to the case that is opened."""

import datetime
import shutil

from fuzz.target import Target, fixtures
from listing_preflight.complaint.checking import check
from listing_preflight.complaint.opening import open_case

DAY = datetime.date(2026, 11, 29)
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length 60>>stream
BT /F1 12 Tf 20 100 Td (Notice: ASIN B000000001, mark ZORVANE) Tj ET
endstream endobj
trailer<</Root 1 0 R>>
"""


def opened(name):
    def call(data, folder):
        case = folder / "case"
        shutil.rmtree(case, ignore_errors=True)
        open_case(case, [(name, data)], marketplace=None, received=None, day=DAY)

    return call


def draft(data, _):
    check(data.decode("utf-8", "replace"), "counter", None)


TARGETS = (
    Target("notice-mail", fixtures("notices/*.eml"), opened("in.eml")),
    Target("notice-page", fixtures("notices/*.html"), opened("in.html")),
    Target("notice-text", fixtures("notices/*.txt"), opened("in.txt")),
    Target("notice-pdf", lambda: [PDF], opened("in.pdf")),
    Target(
        "draft",
        lambda: [
            b"I swear, under penalty of perjury, that I have a good faith belief of a mistake.\n/s/ A. Person, 1 Road, +1 555 0100"
        ],
        draft,
    ),
)
