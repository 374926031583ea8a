"""Official registers: both kinds of XML, tables, and the Parquet file that an import writes."""

import functools
import tempfile
from pathlib import Path

from tests.watchlists.registers import make

from fuzz.target import Target, written
from listing_preflight.watchlists.index import open_lists
from listing_preflight.watchlists.read import read_list
from listing_preflight.watchlists.registers.record import Told
from listing_preflight.watchlists.registers.run import run

CSV = b"no,mark,state,nice,date\n1,Zorvella,Registered,25,2020-01-02\n2,Quibble,Expired,9;25,\n"


def imported(kind, suffix, mapping=None):
    def call(data, folder):
        told = Told(mapping=str(written(folder, "mapping.yaml", mapping.encode())) if mapping else None)
        run(kind, [written(folder, f"in{suffix}", data)], folder / "out.parquet", told)
        read_list(folder / "out.parquet")

    return call


def tdxf():
    cases = (make.tdxf_case(), make.tdxf_case("90000002", "QUIBBLE", statements=[("GS0251", "Shoes")], status="601"))
    return [make.TDXF.format("".join(cases)).encode()]


def euipo():
    return [make.EUIPO.format(make.euipo_mark() + make.euipo_design()).encode()]


@functools.cache
def parquet():
    with tempfile.TemporaryDirectory() as name:
        run(
            "csv",
            [written(Path(name), "in.csv", CSV)],
            Path(name, "out.parquet"),
            Told(mapping=str(written(Path(name), "m.yaml", make.MAPPING.encode()))),
        )
        return (Path(name, "out.parquet").read_bytes(),)


def reopened(data, folder):
    path = written(folder, "in.parquet", data)
    read_list(path)
    open_lists([path], keep=False, say=lambda _: None)


TARGETS = (
    Target("register-tdxf", tdxf, imported("uspto-tdxf", ".xml")),
    Target("register-euipo", euipo, imported("euipo-xml", ".xml")),
    Target("register-csv", lambda: [CSV], imported("csv", ".csv", make.MAPPING)),
    Target(
        "register-mapping",
        lambda: [make.MAPPING.encode()],
        lambda data, folder: imported("csv", ".csv", data.decode("utf-8", "replace") or "x")(CSV, folder),
    ),
    Target("register-parquet", parquet, reopened),
)
