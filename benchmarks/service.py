"""The gate as a service: load, overload, reload under load, hostile bodies; on loopback, bounded.

usage: benchmarks/service.py [--data DIR] [--part load|overload|reload|hostile ...] [--requests N]
(DIR: folder with listings_3kb.jsonl.gz and brands_10k.jsonl.gz); writes benchmarks/results/service.json

CPU is that of the service's own process tree, read from /proc; the verdict line of every answer is compared byte for byte with
the line that an engine in this process gives. Wall times are those of a shared machine: compare them within one run.
"""

import argparse
import collections
import contextlib
import gzip
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).parent
OUT = HERE / "results/service.json"
DATA = HERE.parent.parent / "shared/data/text"
TOKEN = "a-token-of-the-benchmark"
DAY = "2026-11-29"
TICK = os.sysconf("SC_CLK_TCK")
CLIENTS = 8


class Service:
    """A started `preflight serve` on a free port."""

    def __init__(self, folder, *args):
        (folder / "token").write_text(TOKEN)
        command = [sys.executable, "-m", "listing_preflight.cli.main", "serve", "--port", "0", "--token-file", str(folder / "token"), "--date", DAY,
                   "--marketplace", "amazon.com", *map(str, args)]  # fmt: skip
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.port = int(self._process.stderr.readline().rsplit(":", 1)[1])
        assert "ready" in self._process.stderr.readline()
        threading.Thread(target=self._process.stderr.read, daemon=True).start()
        self.pid = self._process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.send_signal(signal.SIGTERM)
        self.ended = self._process.wait(60)

    @property
    def cpu(self):
        """CPU seconds of the process, its children included."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(map(int, fields[11:15])) / TICK

    @property
    def rss(self):
        """Resident megabytes."""
        return int(pathlib.Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def ask(self, wire, path, body, kind="application/json"):
        wire.request("POST", path, body, {"Content-Type": kind, "Authorization": f"Bearer {TOKEN}"})
        answer = wire.getresponse()
        return answer.status, answer.read()

    def wire(self, seconds=120):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)


def unpack(data, folder):
    for name in ("listings_3kb.jsonl", "brands_10k.jsonl"):
        (folder / name).write_bytes(gzip.decompress((data / (name + ".gz")).read_bytes()))
    rows = [json.loads(line) for line in (folder / "listings_3kb.jsonl").open(encoding="utf-8")]
    return rows, folder / "brands_10k.jsonl"


def engine_of(brands):
    import datetime

    from listing_preflight.api import Engine

    return Engine(lists=[brands], images=False, day=datetime.date.fromisoformat(DAY), marketplaces=["amazon.com"])


def lines_of(rows, brands):
    """The verdict line of each listing, as an engine in this process gives it, and the CPU that this takes."""
    from listing_preflight.reports.jsonl import line

    with engine_of(brands) as engine:
        for row in rows[-20:]:
            engine.gate(row)
        began, out = time.process_time(), []
        for row in rows:
            (verdict,) = engine.gate(row)
            out.append(line(engine.record(verdict)))
        return out, time.process_time() - began


def is_right(body, expected):
    return body.startswith(b'{"verdict": ' + expected.encode() + b', "lists": ')


def run_clients(service, rows, expected, clients, *, until=None, pause=0.0):
    """`clients` threads, each asking one listing after the other; statuses, times of the answered, wrong verdicts."""
    numbers, lock, seen = iter(range(len(rows) if until is None else 10**9)), threading.Lock(), collections.Counter()
    times, wrong = [], []

    def one():
        wire = service.wire()
        while until is None or time.monotonic() < until:
            with lock:
                n = next(numbers, None)
            if n is None:
                break
            began = time.monotonic()
            status, body = service.ask(wire, "/v1/check", json.dumps(rows[n % len(rows)]).encode())
            took = time.monotonic() - began
            with lock:
                seen[status] += 1
                if status == 200:
                    times.append(took)
                    if not is_right(body, expected[n % len(rows)]):
                        wrong.append(body[:300])
            if status != 200:
                time.sleep(pause)
        wire.close()

    began = time.monotonic()
    threads = [threading.Thread(target=one) for _ in range(clients)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return seen, times, wrong, time.monotonic() - began


def quantile(times, share):
    return round(1000 * sorted(times)[min(len(times) - 1, int(share * len(times)))], 1)


def load(folder, rows, brands, requests):
    """In five rounds, engine and service one after the other on listings that neither has seen: the machine is shared."""
    rounds, warm = 5, rows[-20:]
    size = requests // rounds
    overheads, engines, services, times, wrong, seen, wall = [], [], [], [], 0, collections.Counter(), 0.0
    with Service(folder, "-w", brands, "--no-images") as service:
        run_clients(service, warm, lines_of(warm, brands)[0], 2)
        for k in range(rounds):
            part = rows[k * size : (k + 1) * size]
            expected, engine_cpu = lines_of(part, brands)
            before = service.cpu
            statuses, took, bad, spent = run_clients(service, part, expected, CLIENTS)
            cpu = service.cpu - before
            seen.update(statuses)
            times += took
            wrong += len(bad)
            wall += spent
            engines.append(1000 * engine_cpu / size)
            services.append(1000 * cpu / size)
            overheads.append(services[-1] - engines[-1])
    return {
        "clients": CLIENTS, "requests": rounds * size, "statuses": dict(seen), "wrong": wrong, "requests_per_second": round(rounds * size / wall, 1),
        "p50_ms": quantile(times, 0.5), "p99_ms": quantile(times, 0.99), "engine_cpu_ms": round(statistics.median(engines), 2),
        "service_cpu_ms": round(statistics.median(services), 2), "overhead_cpu_ms_median": round(statistics.median(overheads), 2),
        "overhead_cpu_ms_rounds": [round(o, 2) for o in overheads],
    }  # fmt: skip


def overload(folder, rows, brands, requests):
    rows = rows[:requests]
    expected, _ = lines_of(rows, brands)
    queue = 8
    with Service(folder, "-w", brands, "--no-images", "--max-queue", queue) as service:
        run_clients(service, rows, expected, 4)
        settled = service.rss
        seen, times, wrong, wall = run_clients(service, rows, expected, 6 * queue, until=time.monotonic() + 25, pause=0.05)
        after = service.rss
    return {
        "queue": queue, "clients": 6 * queue, "seconds": round(wall, 1), "statuses": dict(seen), "wrong": len(wrong),
        "offered_to_answered": round(sum(seen.values()) / seen[200], 2), "p50_ms": quantile(times, 0.5), "p99_ms": quantile(times, 0.99),
        "rss_mb_before": round(settled), "rss_mb_after": round(after),
    }  # fmt: skip


def reload(folder, rows, brands, requests):
    """200 reloads between two states of the list while clients ask; each answer must be the one of the lists that it names."""
    from listing_preflight.watchlists.read import read_lists

    texts = brands.read_text("utf-8").splitlines(keepends=True)
    live, states = folder / "live.jsonl", [folder / "a" / "live.jsonl", folder / "b" / "live.jsonl"]
    rows = rows[: min(60, requests)]
    known = {}
    for path, lines in zip(states, (texts, texts[: len(texts) // 2]), strict=True):
        path.parent.mkdir()
        path.write_text("".join(lines), "utf-8")
        (one,) = read_lists([path])
        known[one.digest] = lines_of(rows, path)[0]
    shutil.copy(states[0], live)
    stop, lock, seen, faults, digests = threading.Event(), threading.Lock(), collections.Counter(), [], collections.Counter()

    def one(start):
        wire, n = service.wire(), start
        while not stop.is_set():
            n = (n + 1) % len(rows)
            status, body = service.ask(wire, "/v1/check", json.dumps(rows[n]).encode())
            told = json.loads(body)
            digest = told["lists"][0]["digest"] if status == 200 else None
            with lock:
                seen[status] += 1
                digests[digest] += 1
                if status != 200 or len(told["lists"]) != 1 or not is_right(body, known[digest][n]):
                    faults.append((status, digest, n))

    with Service(folder, "-w", live, "--no-images") as service:
        threads = [threading.Thread(target=one, args=(7 * k,)) for k in range(4)]
        memory = []
        for t in threads:
            t.start()
        wire, done, took = service.wire(), 0, []
        for k in range(200):
            new = folder / "new.jsonl"
            shutil.copy(states[(k + 1) % 2], new)
            new.replace(live)
            began = time.monotonic()
            status, _ = service.ask(wire, "/v1/reload", b"")
            took.append(time.monotonic() - began)
            done += status == 200
            memory += [round(service.rss)] if k % 40 == 39 else []
        stop.set()
        for t in threads:
            t.join()
    return {
        "reloads": done, "median_reload_ms": quantile(took, 0.5), "answers": sum(seen.values()), "statuses": dict(seen), "wrong_or_failed": len(faults),
        "by_digest": sorted(digests.values()), "rss_mb_every_40_reloads": memory,
    }  # fmt: skip


ADDRESSES = [
    *(f"http://{host}:{{port}}/p.png" for host in (
        "127.0.0.1", "localhost", "127.1", "127.0.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "017700000001", "0x7f.1", "0177.0.0.1", "127.0.0.1.",
        "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "localhost.",
        "LOCALHOST", "ip6-localhost", "①②⑦.⓪.⓪.①", "127。0。0。1", "user:pw@127.0.0.1", "example.org@127.0.0.1", "127.255.255.254", "[fe80::1]", "[fc00::1]",
        "[fec0::1]", "[ff02::1]")),
    "http://10.0.0.1/p.png", "http://172.16.0.1/p.png", "http://192.168.0.1/p.png", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/p.png",
    "http://[fd00:ec2::254]/latest/", "http://metadata.google.internal/", "http://224.0.0.1/p.png", "http://255.255.255.255/p.png", "http://240.0.0.1/p.png",
    "http://198.18.0.1/p.png", "http://192.0.2.1/p.png", "http://[::127.0.0.1]:{port}/p.png", "file:///etc/passwd", "ftp://127.0.0.1:{port}/p.png",
    "gopher://127.0.0.1:{port}/", "//127.0.0.1:{port}/p.png", "http:/127.0.0.1:{port}/", "http:\\\\127.0.0.1:{port}\\", "http://127.0.0.1:{port}#@example.org/",
    "http://[::1%25lo]:{port}/", "http://0300.0250.0.1/p.png", "http://0xc0a80001/p.png", "http://3232235521/p.png", "http://127.0.0.1:0/", "http://127.0.0.1:99999/",
    "http://", "http://:{port}/", "http://%31%32%37.0.0.1:{port}/",
]  # fmt: skip


@contextlib.contextmanager
def trap():
    """A port on every address of this machine that counts who comes."""
    came = []
    server = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)

    def take():
        while True:
            try:
                wire, who = server.accept()
            except OSError:
                return
            came.append(who)
            wire.close()

    threading.Thread(target=take, daemon=True).start()
    yield server.getsockname()[1], came
    server.close()


def noise():
    """A picture that keeps every engine busy for long."""
    import io

    from PIL import Image

    size = 5000
    out = io.BytesIO()
    Image.frombytes("L", (size, size), random.Random(1).randbytes(size * size)).save(out, "JPEG", quality=70)
    return out.getvalue()


def form(listing, pictures):
    import httpx

    files = [("listing", (None, json.dumps(listing), "application/json")), *(("image", (name, data)) for name, data in pictures)]
    request = httpx.Request("POST", "http://127.0.0.1/", files=files)
    return request.headers["content-type"], request.read()


def hostile(folder, rows, brands, requests):
    out, deadline = {}, 3.0
    args = ("-w", brands, "--fetch-images", "--deadline-ms", int(deadline * 1000), "--no-cache")
    with trap() as (port, came), Service(folder, *args) as service:
        service.ask(service.wire(), "/v1/check", json.dumps(rows[0]).encode())
        before = service.rss

        def timed(call):
            began = time.monotonic()
            status, body = call()
            return {"status": status, "seconds": round(time.monotonic() - began, 2)}, body

        def chunks(total):
            piece = b" " * (1 << 20)
            yield from (piece for _ in range(total >> 20))

        def large(chunked):
            wire = service.wire()
            head = {"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"}
            wire.request("POST", "/v1/check", chunks(200 << 20), head if chunked else {**head, "Content-Length": str(200 << 20)}, encode_chunked=chunked)
            answer = wire.getresponse()
            return answer.status, answer.read()

        out["200 MB, chunked"], _ = timed(lambda: large(True))
        out["200 MB, declared"], _ = timed(lambda: large(False))
        out["rss_mb_grown"] = round(service.rss - before, 1)

        def slow():
            with socket.create_connection(("127.0.0.1", service.port), 60) as wire:
                wire.sendall(f"POST /v1/check HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\n"
                             "Content-Length: 1000\r\n\r\n".encode())  # fmt: skip
                wire.settimeout(0.1)
                while True:
                    with contextlib.suppress(TimeoutError):
                        told = wire.recv(4096)
                        return int(told.split()[1]), told
                    wire.sendall(b" ")

        out["one byte every 0.1 s"], _ = timed(slow)
        broken = [b"{", b"\xff", b"", b"[" * 200_000, b'{"title": "a"', b"nul", b'{"title": [1]}', b"[]", b'{"a": ' * 50_000]
        out["broken JSON"] = dict(collections.Counter(service.ask(service.wire(), "/v1/check", b)[0] for b in broken))
        worst, kinds, verdicts = 0.0, collections.Counter(), collections.Counter()
        for address in ADDRESSES:
            listing = {"id": "A", "title": "A plain shirt", "images": [{"url": address.replace("{port}", str(port))}]}
            told, body = timed(lambda at=listing: service.ask(service.wire(), "/v1/check", json.dumps(at).encode()))
            value = json.loads(body)
            verdicts[value["verdict"]["decision"] if told["status"] == 200 else told["status"]] += 1
            kinds.update(g["kind"] for g in value.get("verdict", {}).get("gaps", []))
            worst = max(worst, told["seconds"])
        out["hostile addresses"] = {"asked": len(ADDRESSES), "decisions": dict(verdicts), "gaps": dict(kinds), "slowest_s": worst, "connections": len(came)}
        kind, body = form({"id": "P", "title": "Nike", "images": [{"path": "a.jpg"}, {"path": "b.jpg"}]}, [("a.jpg", noise()), ("b.jpg", noise())])
        told, body = timed(lambda: service.ask(service.wire(), "/v1/check", body, kind))
        value = json.loads(body)
        out["pictures that hang"] = told | {"deadline_s": deadline, "gaps": [g["kind"] for g in value["verdict"]["gaps"]], "decision": value["decision"]}
        out["connections_to_private_addresses"] = len(came)
        status, body = service.ask(service.wire(), "/v1/check", json.dumps(rows[0]).encode())
        out["answers after all that"] = status
    out["exit_code"] = service.ended
    return out


PARTS = {"load": load, "overload": overload, "reload": reload, "hostile": hostile}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=pathlib.Path, default=DATA)
    options.add_argument("--part", action="append", choices=PARTS)
    options.add_argument("--requests", type=int, default=1000)
    told = options.parse_args()
    found = json.loads(OUT.read_text()) if OUT.exists() else {}
    for part in told.part or PARTS:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            rows, brands = unpack(told.data, folder)
            found[part] = PARTS[part](folder, rows, brands, told.requests)
            print(part, json.dumps(found[part], indent=1))
    OUT.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
