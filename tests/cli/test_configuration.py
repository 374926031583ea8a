"""Settings from files and the environment: found, shown with their origin, and named where they are wrong."""

import os
import zipfile

import pytest

from tests.conftest import listing

BAD, FINE = listing("NIKE running shoes"), listing("running shoes")


@pytest.fixture
def repo(tmp_path, marks, write, monkeypatch):
    """A folder with a catalog that is worked in; write its configuration."""
    assert marks.exists()
    write("catalog/x.jsonl", BAD)
    monkeypatch.chdir(tmp_path)

    def configure(text, name="preflight.toml"):
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return configure


def shown(preflight, key):
    lines = [line.split(maxsplit=2) for line in preflight("config", "show").out.splitlines()]
    return next(tuple(words[1:]) for words in lines if words[0] == key)


def test_every_setting_is_shown_with_its_origin(preflight, repo, monkeypatch):
    repo('# ours\nwatchlist = ["marks.yaml"]\nfail_on = "low"\nimages = false\n\nmax-list-age = 30\n')
    monkeypatch.setenv("PREFLIGHT_OCR", "off")
    assert shown(preflight, "fail-on") == ("low", "preflight.toml:3")
    assert shown(preflight, "max-list-age") == ("30", "preflight.toml:6")
    assert shown(preflight, "images") == ("false", "preflight.toml:4")
    assert shown(preflight, "ocr") == ("off", "environment (PREFLIGHT_OCR)")
    assert shown(preflight, "workers") == ("1", "default")
    assert "configuration file: " in preflight("config", "show").out


def test_the_project_file_serves_as_well(preflight, repo):
    repo('[project]\nname = "x"\n\n[tool.preflight]\nwatchlist = "marks.yaml"\nfail-on = "never"\n', "pyproject.toml")
    assert preflight("scan", "catalog").code == 0
    assert shown(preflight, "fail-on") == ("never", "pyproject.toml:6")


def test_paths_are_relative_to_the_file(preflight, repo, tmp_path, monkeypatch):
    repo('watchlist = ["marks.yaml"]\noutput = ["jsonl:out.jsonl"]\n')
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    assert preflight("scan", "../catalog").code == 1
    assert (tmp_path / "out.jsonl").is_file()


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(preflight, repo, monkeypatch):
    repo('watchlist = ["marks.yaml"]\nfail-on = "high"\n')
    assert preflight("scan", "catalog").code == 1
    monkeypatch.setenv("PREFLIGHT_FAIL_ON", "never")
    assert preflight("scan", "catalog").code == 0
    assert preflight("scan", "catalog", "--fail-on", "low").code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nfial-on = 'low'\n", "preflight.toml:2: unknown setting 'fial-on'. Did you mean 'fail-on'?"),
        ("fail-on = 'sometimes'\n", "preflight.toml:1: fail-on: "), ("# x\nworkers = 'many'\n", "preflight.toml:2: workers: "),
        ("images = 'no'\n", "preflight.toml:1: images: must be true or false"),
        ("seller = ['a', 'b']\n", "takes one value"), ("watchlist = [true]\n", "neither text nor number"),
        ("watchlist = [{a = 1}]\n", "neither text nor number"), ("fail-on = 'low'\nfail_on = 'high'\n", "stands twice"),
        ("fail-on = \n", "is not TOML"), ("[scan]\nfail-on = 'low'\n", "preflight.toml:1: unknown setting 'scan'"),
        ("date = 'soon'\n", "preflight.toml:1: date: 'soon' is not a date like 2026-01-31"),
        ("\ndelimiter = ';;'\n", "preflight.toml:2: delimiter: a delimiter is one character, or tab"), ("workers = 0\n", "preflight.toml:1: workers: at least 1"), ("paths = 'x'\n", "unknown setting 'paths'"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_named_with_line_and_key(preflight, repo, text, said):
    repo(text)
    result = preflight("scan", "catalog")
    assert result.code == 2
    assert said in result.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool]\npreflight = true\n", "pyproject.toml:2: tool.preflight must be a table, not True. Write [tool.preflight]"),
        ("[tool]\npreflight = ['x']\n", "tool.preflight must be a table"), ("[[tool.preflight]]\nimages = false\n", "must be a table"),
    ],
)  # fmt: skip
def test_a_project_table_of_another_shape_is_told(preflight, repo, text, said):
    repo(text, "pyproject.toml")
    result = preflight("scan", "catalog")
    assert result.code == 2
    assert said in result.err


def test_a_project_file_without_the_table_is_told_only_where_it_is_named(preflight, repo):
    repo("tool = 3\n", "pyproject.toml")
    assert preflight("scan", "catalog", "-w", "marks.yaml").code == 1
    result = preflight("scan", "catalog", "--config", "pyproject.toml")
    assert result.code == 2
    assert "pyproject.toml: holds no [tool.preflight]" in result.err


def test_two_configurations_are_refused(preflight, repo):
    repo("fail-on = 'low'\n")
    repo("[tool.preflight]\n", "pyproject.toml")
    result = preflight("scan", "catalog")
    assert result.code == 2
    assert "two configurations" in result.err
    assert preflight("scan", "catalog", "-w", "marks.yaml", "--config", "preflight.toml").code == 1


def test_a_variable_that_is_no_number_or_no_setting_is_named(preflight, repo, monkeypatch):
    repo("watchlist = 'marks.yaml'\n")
    monkeypatch.setenv("PREFLIGHT_FIAL_ON", "low")
    result = preflight("scan", "catalog")
    assert result.code == 1
    assert "PREFLIGHT_FIAL_ON in the environment is no setting; did you mean PREFLIGHT_FAIL_ON?" in result.err
    monkeypatch.setenv("PREFLIGHT_WORKERS", "many")
    result = preflight("scan", "catalog")
    assert result.code == 2
    assert "PREFLIGHT_WORKERS=many" in result.err


@pytest.mark.usefixtures("repo")
def test_several_values_of_a_variable_are_separated_as_in_path(preflight, monkeypatch, tmp_path):
    (tmp_path / "a b.yaml").write_text("marks: [{name: Zorvexa}]\n")
    monkeypatch.setenv("PREFLIGHT_WATCHLIST", os.pathsep.join(["a b.yaml", "marks.yaml"]))
    assert preflight("scan", "catalog").code == 1


def test_what_is_scanned_never_configures(preflight, repo, tmp_path, monkeypatch):
    repo("watchlist = 'marks.yaml'\n")
    (tmp_path / "catalog" / "preflight.toml").write_text("fail-on = 'never'\n")
    result = preflight("scan", "catalog")
    assert result.code == 1
    assert "catalog/preflight.toml: configuration is never read" in result.err
    monkeypatch.chdir(tmp_path / "catalog")
    for path in (".", "..", tmp_path):
        result = preflight("scan", path, "-w", tmp_path / "marks.yaml")
        assert result.code == 2
        assert "lies in what is scanned" in result.err


def test_a_configuration_in_an_archive_is_named_and_not_read(preflight, repo, tmp_path):
    repo("watchlist = 'marks.yaml'\n")
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as out:
        out.write(tmp_path / "catalog" / "x.jsonl", "x.jsonl")
        out.writestr("preflight.toml", "fail-on = 'never'\n")
    result = preflight("scan", "in.zip")
    assert result.code == 1
    assert "in.zip/preflight.toml: configuration is never read" in result.err
