"""The review page in headless Chromium: decide by keys, undo, filter, reload, two sessions, hostile text, axe, 50,000 findings."""

import importlib.resources
import json
import os

import pytest

from listing_preflight.cli import main as cli_main
from tests.conftest import MARKS, ROOT
from tests.reports.hostile import write
from tests.reports.required import program
from tests.review.paging import paged

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()  # fmt: skip
SHOTS = ROOT / "docs/screenshots"


@pytest.fixture(scope="module")
def chromium():
    path = program("browser", "chromium", "chromium-browser", "google-chrome")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Reports of the example catalog, of shoes, and of hostile listings, with their lists."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "marks.yaml").write_text(MARKS, "utf-8")
    rows = [
        {"id": f"SHOE-{n}", "marketplace": "amazon.com", "category": "Shoes", "title": "Nike running shoes"}
        for n in range(7)
    ] + [
        {"id": f"BRICK-{n}", "marketplace": "amazon.com", "category": "Toys", "title": "LEGO brick box"}
        for n in range(3)
    ]
    rows += [
        {"id": "BOX-1", "marketplace": "amazon.com", "category": "Phones", "title": "Apple phone", "brand": "Apple"}
    ]
    (folder / "shop.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    write(folder / "hostile.jsonl")
    for name in ("shop", "hostile"):
        args = [
            "scan",
            str(folder / f"{name}.jsonl"),
            "-w",
            str(folder / "marks.yaml"),
            "-q",
            "-o",
            f"jsonl:{folder / f'report-{name}.jsonl'}",
        ]
        cli_main._run([*args, "--no-images", "--date", "2026-11-29"])
    args = [
        "scan",
        str(ROOT / "fixtures/catalog"),
        "-w",
        str(ROOT / "fixtures/lists"),
        "--with-bundled",
        "--ocr",
        "off",
        "-q",
    ]
    cli_main._run([*args, "-o", f"jsonl:{folder / 'report-catalog.jsonl'}", "--date", "2026-11-29"])
    return folder


@pytest.fixture
def opened(chromium, home, tmp_path):
    """opened(name) → a page of the report, and one more session with `again`; nothing may be said on the console."""
    import contextlib

    with contextlib.ExitStack() as stack:
        said = []

        def visit(address, **context):
            made = chromium.new_context(viewport={"width": 1280, "height": 900}, **context)
            stack.callback(made.close)
            page = made.new_page()
            page.on("console", lambda m: said.append(m.text) if "409 (Conflict)" not in m.text else None)
            page.on("pageerror", lambda e: said.append(str(e)))
            page.on("dialog", lambda d: (said.append(d.message), d.dismiss()))
            page.on(
                "request", lambda r: said.append(r.url) if not r.url.startswith(("http://127.0.0.1", "data:")) else None
            )
            page.goto(address)
            page.wait_for_selector("body[data-ready]")
            return page

        def go(name, lang="en", lists=None, catalog=None, **context):
            running = stack.enter_context(
                paged(home / f"report-{name}.jsonl", tmp_path / "decisions", lists or [home / "marks.yaml"], tmp_path / "copies",
                      catalog=[catalog or home / f"{name}.jsonl"], lang=lang)
            )  # fmt: skip
            page = visit(running.address, **context)
            page.again = lambda **more: visit(running.address, **more)
            return page

        yield go
        assert said == []


def names(page):
    return page.locator("#queue [role=option] b").all_text_contents()


def files(folder):
    return sorted(p.name for p in folder.glob("*.yaml")) if folder.is_dir() else []


def shot(page, name):
    """A picture of the state for the documentation, when it is asked for."""
    if os.environ.get("PREFLIGHT_SHOTS"):
        page.screenshot(path=SHOTS / f"{name}.png")


def test_decide_and_undo_by_keys(opened, tmp_path):
    page = opened("shop")
    assert names(page)[0] == "NIKE"
    assert page.locator("[aria-selected=true] b").text_content() == "NIKE"
    page.keyboard.press("j")
    page.wait_for_selector("#finding h2 bdi:text('LEGO')")
    page.keyboard.press("k")
    page.wait_for_selector("#finding h2 bdi:text('NIKE')")
    shot(page, "review-queue")
    page.keyboard.press("4")
    page.wait_for_selector("#said:text('Decided: false match')")
    assert len(files(tmp_path / "decisions")) == 1
    assert "NIKE" not in names(page)
    page.keyboard.press("5")
    page.wait_for_selector("#said:text('Decided: must be changed')")
    assert len(files(tmp_path / "decisions")) == 2
    page.keyboard.press("u")
    page.wait_for_selector("#said:text('Taken back')")
    assert len(files(tmp_path / "decisions")) == 1
    page.keyboard.press("u")
    page.wait_for_function("() => [...document.querySelectorAll('#queue b')].some(b => b.textContent === 'NIKE')")
    assert files(tmp_path / "decisions") == []
    page.keyboard.press("u")
    page.wait_for_selector("#said:text('Nothing to take back')")


def test_search_filters_and_help(opened):
    page = opened("shop")
    page.keyboard.press("/")
    page.keyboard.type("brick-2")
    page.wait_for_function("() => document.querySelectorAll('#queue b').length === 1")
    assert names(page) == ["LEGO"]
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.fill("#q", "no such thing")
    page.wait_for_selector("#finding:has-text('Nothing waits here.')")
    page.fill("#q", "")
    page.wait_for_function("() => document.querySelectorAll('#queue b').length > 1")
    page.select_option("#severity", "high")
    page.wait_for_function("() => [...document.querySelectorAll('#queue .s')].every(s => s.textContent === 'high')")


def test_a_digit_in_a_field_decides_nothing(opened, tmp_path):
    page = opened("shop")
    page.fill("#reason", "")
    page.focus("#reason")
    page.keyboard.type("123 u j")
    assert page.input_value("#reason") == "123 u j"
    page.click("#ask")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.focus("#queue")
    page.keyboard.press("4")
    page.wait_for_timeout(300)
    assert files(tmp_path / "decisions") == []


def test_a_reload_keeps_what_was_decided(opened, tmp_path):
    page = opened("shop")
    page.fill("#author", "Ada")
    page.fill("#reason", "ours")
    page.check("input[name=scope][value=listing]")
    page.click("#decide button:has-text('descriptive')")
    page.wait_for_selector("#said:text('Decided')")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    page.select_option("#show", "all")
    page.wait_for_selector("#finding:has-text('descriptive, by Ada')")
    assert page.locator("#finding").inner_text().count("6 of 7 open") == 1
    assert files(tmp_path / "decisions") == ["marks-nike-shoe-0-" + files(tmp_path / "decisions")[0][-11:]]


def test_two_sessions_see_each_other_and_lose_nothing(opened, tmp_path):
    one = opened("shop")
    two = one.again()
    one.fill("#author", "Ada")
    two.fill("#author", "Bob")
    one.click("#decide button:has-text('false match')")
    one.wait_for_selector("#said:text('Decided')")
    two.click("#decide button:has-text('descriptive')")
    two.wait_for_selector("#said:has-text('already')")
    two.wait_for_function("() => ![...document.querySelectorAll('#queue b')].some(b => b.textContent === 'NIKE')")
    two.wait_for_selector("#finding h2 bdi:text('LEGO')")
    two.click("#decide button:has-text('descriptive')")
    two.wait_for_selector("#said:text('Decided')")
    one.wait_for_function(
        "() => ![...document.querySelectorAll('#queue b')].some(b => b.textContent === 'LEGO')", timeout=15_000
    )
    told = "".join((tmp_path / "decisions" / f).read_text("utf-8") for f in files(tmp_path / "decisions"))
    assert len(files(tmp_path / "decisions")) == 2
    assert told.count("author: Ada") == told.count("author: Bob") == 1


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened, lang, scheme):
    page = opened(
        "catalog",
        lang,
        [ROOT / "fixtures/lists", ROOT / "brand_lists/marks"],
        ROOT / "fixtures/catalog",
        color_scheme=scheme,
        bypass_csp=True,
    )
    axe = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.evaluate(axe)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    rows = page.locator("#queue [role=option]").count()
    for _ in range(min(rows, 3)):
        found = page.evaluate("o => axe.run(document, o)", options)
        assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found["violations"]] == []
        assert not {"null", "undefined"} & set(page.inner_text("#finding").split())
        page.keyboard.press("j")
        page.wait_for_timeout(150)
    page.keyboard.press("?")
    found = page.evaluate("o => axe.run(document, o)", options)
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found["violations"]] == []
    page.keyboard.press("Escape")
    assert page.get_attribute("html", "lang") == lang
    shot(page, f"review-{lang}-{scheme}")


def test_the_language_is_changed_in_place(opened):
    page = opened("shop")
    page.select_option("#language", "zh-Hans")
    page.wait_for_selector("h1:text('处理检查结果')")
    assert page.get_attribute("html", "lang") == "zh-Hans"
    assert "误判" in page.inner_text("#decide")


def test_a_picture_stands_beside_the_protected_one(opened):
    pytest.importorskip("PIL")
    page = opened("catalog", "en", [ROOT / "fixtures/lists", ROOT / "brand_lists/marks"], ROOT / "fixtures/catalog")
    page.select_option("#rule", "IM001")
    page.wait_for_selector(".pair img")
    page.wait_for_function(
        "() => document.querySelectorAll('.pair img').length === 2 && [...document.querySelectorAll('.pair img')].every(i => i.naturalWidth > 50)"
    )
    page.locator(".pair").scroll_into_view_if_needed()
    page.fill("input[type=range]", "25")
    assert "25%" in page.locator(".pair img").nth(1).get_attribute("style")
    shot(page, "review-pictures")


def test_seller_text_runs_nothing_in_any_view(opened):
    page = opened("hostile")
    count = int(page.inner_text("#rows").split()[-1])
    for show in ("open", "all", "decided"):
        page.select_option("#show", show)
        page.wait_for_timeout(200)
        for _ in range(min(count, 12)):
            assert (
                page.locator("main script, main img, main iframe, nav img, nav script, a[href^='javascript']").count()
                == 0
            )
            page.keyboard.press("j")
            page.wait_for_timeout(50)
        if show == "open":
            page.locator("summary").first.click()
            page.fill("#author", "<img src=x onerror=alert(1)>")
            page.fill("#reason", "</script><script>alert(1)</script>")
            page.click("#decide button:has-text('false match')")
            page.wait_for_selector("#said:text('Decided')")
    page.select_option("#show", "all")
    page.wait_for_timeout(300)
    assert page.title() == "Decide on findings"


def many(path, n):
    """A report of n findings, each of a cause of its own but for every tenth."""
    head = {
        "type": "run",
        "schema": "preflight.report/1",
        "tool": {"name": "listing-preflight", "version": "0"},
        "lists": [],
        "options": {},
    }
    finding = {
        "rule": "TM001", "rule_name": "mark-in-text", "kind": "trademark", "severity": "medium", "confidence": "high", "legal_risk": "medium",
        "platform_risk": "low", "mark": {"id": "x", "name": "X", "owner": None, "list": "big"}, "others": 0, "use": "identity", "cause": "",
        "evidence": [{"field": "title", "index": 0, "start": 0, "end": 1, "text": "X", "use": "identity", "steps": [], "score": 1.0, "source": {}}],
        "rights": [], "message": "m", "reasons": [], "advice": [], "rewrites": [], "fingerprint": "1:0", "suppressed": None,
    }  # fmt: skip
    with path.open("w", encoding="utf-8") as out:
        out.write(json.dumps(head) + "\n")
        for i in range(n):
            cause = f"1:{i if i % 10 else 0}"
            row = {
                **finding,
                "cause": cause,
                "mark": {**finding["mark"], "id": f"m{cause[2:]}", "name": f"MARK {cause[2:]}"},
            }
            out.write(json.dumps({"type": "listing", "id": f"L-{i}", "marketplace": None, "source": {"file": "a.jsonl", "row": i + 1, "sheet": None},
                                  "decision": "review", "findings": [row], "gaps": [], "unread": []}) + "\n")  # fmt: skip
        out.write(json.dumps({"type": "summary", "complete": True}) + "\n")


def test_fifty_thousand_findings(opened, home, tmp_path):
    many(home / "report-many.jsonl", 50_000)
    (home / "many.jsonl").write_text('{"id": "none", "title": "none"}\n', "utf-8")
    page = opened("many")
    assert page.inner_text("#rows") == "Causes: 45001"
    assert names(page)[0] == "MARK 0"
    assert page.locator("#queue [role=option]").count() < 60
    page.focus("#queue")
    page.keyboard.press("End")
    page.wait_for_selector("[aria-selected=true][aria-posinset='45001'] b")
    page.fill("#q", "L-44441")
    page.wait_for_function("() => document.querySelector('#rows').textContent === 'Causes: 1'")
    assert names(page) == ["MARK 44441"]
    page.fill("#q", "")
    page.wait_for_function("() => document.querySelector('#rows').textContent === 'Causes: 45001'")
    page.wait_for_selector("#finding h2 bdi:text('MARK 0')")
    page.focus("#queue")
    page.keyboard.press("4")
    page.wait_for_selector("#said:text('Decided')")
    assert "listings: 5000" not in page.inner_text("#finding")
    (made,) = files(tmp_path / "decisions")
    assert (tmp_path / "decisions" / made).read_text("utf-8").count("- L-") == 5_000


def test_a_report_that_was_cut_off_is_said_on_the_page(opened, home):
    lines = (home / "report-shop.jsonl").read_bytes().splitlines(keepends=True)
    (home / "report-cut.jsonl").write_bytes(b"".join(lines[:3]))
    page = opened("cut", catalog=home / "shop.jsonl")
    assert "This report is not whole" in page.locator("#notes .loud").first.text_content()
