"""What people set: configuration, seller file, policy packs, overlay, and mappings of columns."""

from fuzz.target import ROOT, Target, written
from listing_preflight.cli import config
from listing_preflight.cli.main import cli
from listing_preflight.cli.prepare import mapping
from listing_preflight.judging.overlay import read_overlay
from listing_preflight.judging.seller import read_seller
from listing_preflight.policy.pack_reader import read_packs

SELLER = b"""seller: {name: RunFly}
own_marks:
  - {name: RunFly, registrations: [{office: US, number: "1", classes: [25], status: registered}]}
authorisations:
  - {mark: NIKE, kind: licence, classes: [25], territories: [US], marketplaces: [amazon.com], skus: ["SHOE-*"], from: 2026-01-01, until: 2027-01-01}
  - {owner: Nike, kind: invoice, document: a.pdf, invoice: {date: 2026-01-10, supplier: x, lines: [{sku: S, quantity: 200}]}}
"""
CONFIG = b"""fail-on = "medium"
watchlist = ["a.yaml"]
images = false
max-list-age = 30
output = ["jsonl:out.jsonl"]
"""
OVERLAY = b"ordinary: [delta, {name: edge, classes: [9], marketplaces: [amazon.com]}]\nraise: [foo]\n"


def seller(data, folder):
    read_seller(written(folder, "seller.yaml", data))


def configuration(data, folder):
    path = written(folder, "preflight.toml", data)
    config.load(["--config", str(path)], PARAMS)


def pack(data, folder):
    read_packs([written(folder, "pack.yaml", data)])


def overlay(data, folder):
    read_overlay(written(folder, "overlay.yaml", data))


def mapped(suffix):
    return lambda data, folder: mapping(str(written(folder, f"m{suffix}", data)))


def packs():
    return [f.read_bytes() for f in sorted((ROOT / "src/listing_preflight/policy/packs").glob("*.yaml"))]


PARAMS = [param for command in cli.commands.values() for param in command.params]
TARGETS = (
    Target("seller", lambda: [SELLER], seller),
    Target("config", lambda: [CONFIG], configuration),
    Target("policy", packs, pack),
    Target("overlay", lambda: [OVERLAY], overlay),
    Target("mapping-yaml", lambda: [b"Artikel: title\n'Preis, EUR': null\n"], mapped(".yaml")),
    Target("mapping-json", lambda: [b'{"Artikel": "title"}'], mapped(".json")),
)
