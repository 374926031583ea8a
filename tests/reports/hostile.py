"""What a seller may write to move a terminal, forge a line, run a script or a formula; and a scan of it."""

import json

from tests.conftest import listing

HOSTILE = [
    "=cmd|' /C calc'!A0 NIKE", "\x1b]0;own\x07\x1b[31mNIKE\x1b[0m", "NIKE\n::error::forged", "NIKE</script><script>document.title='x'</script>",
    "NIKE ]]> <a/>", "NIKE\u2028\u202e evil", "@SUM(1) NIKE", "NIKE \x9b31m", "NIKE \ud800", "[bold]NIKE[/bold]", "NIKE \U000e0041 shoes",
    '<img src=x onerror="document.title=1"> NIKE', "+1+1 NIKE", "-2+3 NIKE", "\t=1+1 NIKE", " =1+1 NIKE", "＝1+1 NIKE", '"=1+1" NIKE',
    "NIKE\r\n::set-output name=x::y", "NIKE | a | b |", "NIKE [x](javascript:alert(1)) @everyone", "\ufeffNIKE \ufffe\uffff", "NIKE ::stop-commands::x",
    '=HYPERLINK("http://x.invalid","NIKE")', "NIKE \u2066rtl\u2069 \u061c", "%0A::error::NIKE", "NIKE --><script>document.title=2</script>",
]  # fmt: skip


def write(path):
    """Listings whose every text is hostile; an id that is, too."""
    rows = [
        listing(t, id=f"{t[:9]}{i}\x1b[2J", category="Shoes\x07", brand="x\x1b", attributes={f"=k{i % 3}\x1b": t}) for i, t in enumerate(HOSTILE)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return path
