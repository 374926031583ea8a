"""Messages in another language: what has a translation is said in it, what has none stays, nothing that varies is lost."""

import inspect
import re

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.cli.main import cli
from listing_preflight.errors import UsageError
from listing_preflight.reports.catalog import catalog, of_locale
from listing_preflight.reports.translate import error, translated
from tests.conftest import ROOT, listing

CHINESE = catalog("zh-Hans")
PHRASES = CHINESE.tables["phrases"]


def test_an_error_in_chinese(preflight, tmp_path):
    result = preflight("scan", tmp_path / "none.jsonl", "--lang", "zh-Hans")
    assert result.code == 2
    assert "没有这个文件或文件夹" in result.err
    assert "没有进行检查" in result.err


def test_the_environment_speaks_too(preflight, tmp_path, monkeypatch):
    monkeypatch.setenv("PREFLIGHT_LANG", "zh-Hans")
    assert "没有这个文件或文件夹" in preflight("scan", tmp_path / "none.jsonl").err


def test_gaps_in_chinese(preflight, marks, write):
    path = write("x.jsonl", listing("Plain", images=[{"path": "none.jpg"}]))
    assert "none.jpg 不存在" in preflight("scan", path, "-w", marks, "--lang", "zh-Hans").out


@pytest.mark.parametrize("phrase", [p for p in PHRASES if "{" not in p])
def test_phrases_stand_in_the_program(phrase):
    sources = "".join(p.read_text("utf-8") for p in (ROOT / "src").rglob("*.py"))
    assert phrase in sources


@pytest.mark.parametrize("phrase", [p for p in PHRASES if "{" in p])
def test_what_varies_is_carried_over(phrase):
    names = re.findall(r"{(\w+)}", phrase)
    assert sorted(re.findall(r"{(\w+)}", PHRASES[phrase])) == sorted(names)
    said = translated(phrase.format_map({n: f"§{n}§" for n in names}), CHINESE)
    assert said == PHRASES[phrase].format_map({n: f"§{n}§" for n in names})


@given(st.text(max_size=40))
def test_english_says_everything_as_it_is(text):
    assert translated(text, catalog("en")) == text
    assert error(UsageError(text, where="x"), catalog("en")) == str(UsageError(text, where="x"))


@pytest.mark.parametrize(
    ("environment", "tag"),
    [({"LANG": "zh_CN.UTF-8"}, "zh-Hans"), ({"LANG": "zh_TW.UTF-8"}, "en"), ({"LANG": "zh_CN", "LC_ALL": "C"}, "en"), ({}, "en"),
     ({"LC_MESSAGES": "zh_SG@x"}, "zh-Hans"), ({"LANG": "de_DE.UTF-8"}, "en")],
)  # fmt: skip
def test_locales(environment, tag):
    assert of_locale(environment) == tag


def test_help_in_chinese(preflight, monkeypatch):
    assert "退出码为 1" in preflight("scan", "--help", "--lang", "zh-Hans").out
    monkeypatch.setenv("PREFLIGHT_LANG", "zh-Hans")
    shown = preflight("--help").out
    assert "命令" in shown
    assert "一条规则的含义" in shown


def _commands(group):
    for one in group.commands.values():
        yield one
        if isinstance(one, click.Group):
            yield from _commands(one)


def test_help_is_in_chinese_but_for_what_is_new():
    told = {inspect.cleandoc(one.help) for one in _commands(cli)}
    told |= {p.help for one in _commands(cli) for p in one.params if isinstance(p, click.Option) and p.help}
    missing = sorted(told - PHRASES.keys())
    assert len(missing) <= len(told) // 5, missing


def test_doctor_and_lists_speak_chinese(preflight, tmp_path, monkeypatch):
    monkeypatch.setenv("PREFLIGHT_LANG", "zh-Hans")
    assert "自带清单：" in preflight("doctor").out
    (tmp_path / "l.yaml").write_text("marks:\n  - {id: a, name: Apple}\n  - {id: b, name: No}\n")
    assert "不是商标" not in preflight("watchlist", "check", tmp_path / "l.yaml").out
    (tmp_path / "l.yaml").write_text("marks:\n  - {id: a, name: Apple}\n")
    checked = preflight("watchlist", "check", tmp_path / "l.yaml").out
    assert "a: 'Apple' 很短或是普通词；请写 common_word: true 或 false" in checked.replace("; ", "；")
    assert "1 份清单，1 个商标，0 件作品：有效，1 条提示" in checked


def test_warnings_of_the_seller_file_in_chinese(preflight, marks, write, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"no PDF")
    (tmp_path / "seller.yaml").write_text(
        "authorisations:\n  - {mark: NIKE, kind: licence, document: a.pdf}\n  - {mark: LEGO, kind: letter, document: gone.pdf}\n"
    )
    path = write("x.jsonl", listing("Plain"))
    told = preflight("scan", path, "-w", marks, "--seller", tmp_path / "seller.yaml", "--lang", "zh-Hans").err
    assert "警告：NIKE 的许可：a.pdf 的名称表示 PDF" in told
    assert "警告：LEGO 的授权书不覆盖任何内容：文件不存在" in told
