"""The rules that findings name: id and name of each; every one has a page in docs/rules."""

RULES = {
    "PW001": "policy-wording", "PW002": "stamp-of-others", "HT001": "hidden-direction",
    "TM001": "mark-in-text", "TM002": "mark-in-picture", "TM003": "platform-badge",
    "IM001": "known-picture", "DS001": "known-design",
}  # fmt: skip
