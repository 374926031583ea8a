"""Judge single titles by a list of the test's own."""

import pytest


@pytest.fixture
def judge(preflight, write, tmp_path):
    """judge(marks, category) → a function of a title, and more fields, that gives the listing's line of the report."""

    def by(marks, category=None):
        (tmp_path / "l.yaml").write_text(marks, "utf-8")
        told = {} if category is None else {"category": category}

        def run(title, **row):
            row = {"id": "1", "marketplace": "amazon.com", **told, "title": title, **row}
            return preflight(
                "scan", write("x.jsonl", row), "-w", tmp_path / "l.yaml", "-f", "jsonl", "--explain"
            ).listings[0]

        return run

    return by


@pytest.fixture
def severities(judge):
    """The same, giving mark id → severity."""

    def by(marks, category=None):
        line = judge(marks, category)
        return lambda title, **row: {f["mark"]["id"]: f["severity"] for f in line(title, **row)["findings"]}

    return by
