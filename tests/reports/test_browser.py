"""The page in headless Chromium: filters, keys, groups, both languages, no console message, no violation that axe finds."""

import importlib.resources
import re

import pytest

from tests.conftest import MARKS, ROOT
from tests.reports.hostile import write
from tests.reports.required import program

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()  # fmt: skip
SHOTS = ROOT / "docs/screenshots"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    path = program("browser", "chromium", "chromium-browser", "google-chrome")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as p:
        profile = tmp_path_factory.mktemp("profile")
        context = p.chromium.launch_persistent_context(str(profile), executable_path=path, headless=True, args=FLAGS)
        yield context
        context.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The page of the example catalog in both languages, and that of hostile listings."""
    from listing_preflight.cli import main as cli_main

    pytest.importorskip("PIL")
    folder = tmp_path_factory.mktemp("pages")
    (folder / "marks.yaml").write_text(MARKS, "utf-8")
    hostile = write(folder / "h.jsonl")
    assert cli_main._run(
        ["scan", str(hostile), "-w", str(folder / "marks.yaml"), "-q", "-o", f"html:{folder / 'hostile.html'}"]
    ) in (1, 4)
    for lang in ("en", "zh-Hans"):
        out = ["--lang", lang, "-q", "-o", f"html:{folder / lang}.html"]
        code = cli_main._run(
            [
                "scan",
                str(ROOT / "fixtures/catalog"),
                "-w",
                str(ROOT / "fixtures/lists"),
                "--with-bundled",
                "--ocr",
                "off",
                *out,
            ]
        )
        assert code == 4
    return folder


@pytest.fixture
def page(chromium):
    """A page that keeps what the console says."""
    page = chromium.new_page()
    page.said = []
    page.on("console", lambda m: page.said.append(m.text))
    page.on("pageerror", lambda e: page.said.append(str(e)))
    page.on("request", lambda r: page.said.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    yield page
    assert page.said == []
    page.close()


def cards(page):
    return page.locator(".f:not([hidden])")


def shot(page, name):
    """A picture of the state for the documentation, when it is asked for."""
    import os

    if os.environ.get("PREFLIGHT_SHOTS"):
        page.screenshot(path=SHOTS / f"{name}.png")


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, reports, lang, scheme):
    axe = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.emulate_media(color_scheme=scheme)
    page.goto((reports / f"{lang}.html").as_uri())
    page.click("#open")
    page.evaluate("() => document.querySelectorAll('.f, .g').forEach(e => { e.style.contentVisibility = 'visible'; })")
    page.evaluate(axe)  # the page's policy refuses scripts of others; those of the driver run beside it
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = page.evaluate("o => axe.run(document, o)", options)
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found["violations"]] == []
    assert page.get_attribute("html", "lang") == lang
    shot(page, f"report-{lang}-{scheme}")


def test_filters_stand_in_the_address(page, reports):
    page.goto((reports / "en.html").as_uri())
    everything = cards(page).count()
    page.select_option("#s", "medium")
    assert 0 < cards(page).count() < everything
    assert "s=medium" in page.url
    shot(page, "report-filtered")
    page.goto("about:blank")
    page.goto((reports / "en.html").as_uri() + "#s=medium")
    assert set(page.locator(".f:not([hidden])").evaluate_all("l => l.map(c => c.dataset.s)")) == {"medium"}
    page.fill("#q", "philips")
    assert cards(page).count() == 1
    page.fill("#q", "no such thing")
    assert cards(page).count() == 0
    assert page.inner_text("#count").startswith("0 of")


def test_groups(page, reports):
    page.goto((reports / "en.html").as_uri())
    marks = page.locator("#findings h2").all_text_contents()
    page.select_option("#by", "listing")
    assert "SHOE-01" in page.locator("#findings h2").all_text_contents()
    shot(page, "report-by-listing")
    page.select_option("#by", "picture")
    assert any("img/" in t for t in page.locator("#findings h2").all_text_contents())
    page.select_option("#by", "mark")
    assert page.locator("#findings h2").all_text_contents() == marks


def test_keys(page, reports):
    page.goto((reports / "en.html").as_uri())
    focused = "() => document.activeElement.closest('.f')?.id"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(focused) == "f2"
    page.keyboard.press("k")
    assert page.evaluate(focused) == "f1"
    page.keyboard.press("Enter")
    assert page.locator("#f1").get_attribute("open") is not None
    page.keyboard.press("n")
    assert page.evaluate(focused) != "f1"
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "q"
    page.keyboard.type("jk?")
    assert page.input_value("#q") == "jk?"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    shot(page, "report-keys")
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.uncheck("#keys")
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("?")
    assert not page.locator("#help").is_visible()


def test_pictures_stand_side_by_side(page, reports):
    page.goto((reports / "en.html").as_uri())
    page.click("#open")
    pair = page.locator(".pair").first
    assert pair.locator("img").count() == 2
    pair.scroll_into_view_if_needed()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.pair img')].slice(0, 2).every(i => i.naturalWidth > 50)"
    )
    shot(page, "report-pictures")


def test_links_inside_the_page_lead_somewhere(page, reports):
    page.goto((reports / "en.html").as_uri() + "#f3")
    assert page.locator("#f3").get_attribute("open") is not None
    targets = page.locator('a[href^="#"]').evaluate_all("l => l.map(a => a.getAttribute('href').slice(1))")
    assert [t for t in targets if not page.locator(f"[id='{t}']").count()] == []


def test_seller_text_runs_nothing(page, reports):
    page.goto((reports / "hostile.html").as_uri())
    page.click("#open")
    assert page.title() == "Listing risks before publishing"
    assert page.locator("main script, main img, main iframe, main a[href^='javascript']").count() == 0
    page.select_option("#by", "listing")
    assert page.title() == "Listing risks before publishing"
    assert "NIKE</scr" in page.text_content("main")


def test_it_reads_without_scripts(reports):
    html = (reports / "en.html").read_text("utf-8").partition("<script>")[0]
    assert re.search(r'<details class="f high" id="f1"', html)
    assert "Describe the product without naming" in html
    assert '<form id="tools" hidden>' in html
    assert 'href="#f1"' in html


def test_print_opens_everything(page, reports):
    page.goto((reports / "en.html").as_uri())
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".f:not([open])").count() == 0
