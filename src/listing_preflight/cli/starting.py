"""init: the files that a shop starts with, written where nothing of that name is there."""

import sys
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from listing_preflight.errors import UsageError
from listing_preflight.reports.plain import visible

SAMPLES: Mapping[str, str] = {
    "preflight.toml": "preflight.toml", "brands.yaml": "brands.yaml", "seller.yaml": "seller.yaml",
    "decisions/README.md": "decisions.md",
}  # fmt: skip
CI: Mapping[str, Mapping[str, str]] = {
    "github": {".github/workflows/listings.yml": "github.yml"}, "gitlab": {".gitlab-ci.yml": "gitlab.yml"},
    "pre-commit": {".pre-commit-config.yaml": "pre-commit.yml"},
}  # fmt: skip


def sample(name: str) -> str:
    """The text of a sample that travels with the program."""
    return resources.files("listing_preflight").joinpath("samples", name).read_text("utf-8")


def run(folder: Path, ci: str | None) -> int:
    """Write the samples; a file that is there is left as it is and said."""
    wanted = {**SAMPLES, **(CI[ci] if ci else {})}
    for place, name in wanted.items():
        file = folder / place
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8", newline="\n") as out:
                out.write(sample(name))
            print(f"written  {visible(str(file))}")
        except FileExistsError:
            print(f"kept     {visible(str(file))} (it was there)")
        except OSError as e:
            raise UsageError(f"cannot be written ({e.strerror})", where=str(file)) from None
    print("Next: preflight watchlist check brands.yaml; preflight scan YOUR-EXPORT", file=sys.stderr)
    return 0
