"""Proposed rewrites that a reviewer accepted: one small file each beside the decisions, for `preflight fix --accept`."""

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from listing_preflight.errors import UsageError
from listing_preflight.review.queue import Queue

_NAME = re.compile(r"rewrite-([0-9A-Za-z:._-]{1,80})\.md")


def keep(queue: Queue, told: Mapping[str, Any]) -> dict[str, Any] | None:
    """Accept a rewrite, or with `take` false let go of it; what is accepted then. None where the report holds none of that id."""
    wanted, cause = str(told.get("id")), str(told.get("cause"))
    group = queue.report.groups.get(cause)
    found = _found(queue, cause, wanted) if group else None
    path = queue.folder.path / f"rewrite-{wanted}.md"
    if found is None or not _NAME.fullmatch(path.name):
        return None
    try:
        if told.get("take") is False:
            path.unlink(missing_ok=True)
        else:
            _write(
                path,
                f"Accepted rewrite `{wanted}` of field {found['field']}; `listing-preflight fix FILE -o OUT --accept {wanted}`\n",
            )
    except OSError as e:
        raise UsageError(f"cannot be written ({e.strerror})", where=str(path)) from None
    return kept(queue)


def kept(queue: Queue) -> dict[str, Any]:
    """Ids of the rewrites that are accepted."""
    folder = queue.folder.path
    names = sorted(p.name for p in folder.glob("rewrite-*.md")) if folder.is_dir() else []
    return {"accepted": [m[1] for n in names if (m := _NAME.fullmatch(n))]}


def _found(queue: Queue, cause: str, wanted: str) -> dict[str, Any] | None:
    for item in queue.report.groups[cause].items:
        for one in queue.report.record(item)[1]["rewrites"]:
            if one["id"] == wanted:
                return dict(one)
    return None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(path)
