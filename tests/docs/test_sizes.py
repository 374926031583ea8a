"""Files stay short enough to be read at one sitting."""

from tests.conftest import ROOT

MOST = 400
"""Lines of a source file."""


def test_no_source_file_is_longer_than_a_sitting():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "src").rglob("*.py")
        if (lines := path.read_text("utf-8").count("\n")) > MOST
    }
    assert long == {}
