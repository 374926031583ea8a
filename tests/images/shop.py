"""A web server on this machine that sends pictures, and misbehaves where its path says so."""

import contextlib
import http.server
import ipaddress
import threading
import time

from tests.images.drawn import encoded, words

PICTURE = encoded(words("Quorvane"))
HERE = "127.0.0.1"


def here(address):
    """The policy of tests: this machine, and nothing else."""
    return address == ipaddress.ip_address(HERE)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        shop = self.server.shop
        with shop.lock:
            shop.asked.append((self.path, dict(self.headers)))
            shop.now += 1
            self.counted = True
            shop.most = max(shop.most, shop.now)
        with contextlib.suppress(ConnectionError):
            getattr(self, "on_" + self.path.strip("/").split("/")[0].split(".")[0].split("?")[0], self.on_missing)()
        self.leave()

    def leave(self):
        """Out of the count once the answer is sent, as the client may ask again before this thread goes on."""
        if self.counted:
            self.counted = False
            with self.server.shop.lock:
                self.server.shop.now -= 1

    def send(self, status=200, body=PICTURE, **headers):
        self.leave()
        self.send_response(status)
        for name, value in {"Content_Length": len(body), **headers}.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)

    def on_ok(self):
        self.send()

    def on_missing(self):
        self.send(404, b"")

    def on_html(self):
        self.send(body=b"<html>sold out</html>")

    def on_moved(self):
        left = int(self.path.rpartition("/")[2])
        self.send(302, b"", Location=f"/moved/{left - 1}" if left > 1 else "/ok.png")

    def on_away(self):
        self.send(301, b"", Location=self.server.shop.away)

    def on_short(self):
        self.send(body=PICTURE[:100], Content_Length=len(PICTURE))

    def on_packed(self):
        self.send(Content_Encoding="gzip")

    def on_huge(self):
        self.send(body=b"", Content_Length=1 << 40)

    def on_endless(self):
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65_536)

    def on_chunks(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for at in range(0, len(PICTURE), 1000):
            self.wfile.write(f"{len(PICTURE[at : at + 1000]):x}\r\n".encode() + PICTURE[at : at + 1000] + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def on_negative(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n")
        while True:
            self.server.shop.sent += self.wfile.write(b"x" * 65_536)

    def on_headers(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % i for i in range(5_000)) + b"\r\n")

    def on_continue(self):
        while True:
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_down(self):
        self.send(503, b"", Retry_After=0)

    def on_drip(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            self.wfile.write(b"X")
            time.sleep(0.05)

    def on_slow(self):
        time.sleep(0.2)
        self.send()

    def on_busy(self):
        first = sum(path == self.path for path, _ in self.server.shop.asked) == 1
        self.send(503 if first else 200, b"" if first else PICTURE, Retry_After=0)

    def on_tagged(self):
        if self.headers.get("If-None-Match") == '"one"':
            self.send_response(304)
            self.end_headers()
        else:
            self.send(ETag='"one"')

    def log_message(self, *_):
        pass


class Shop:
    """The server with what it was asked."""

    def __init__(self, context=None):
        self.asked, self.now, self.most, self.lock, self.away = [], 0, 0, threading.Lock(), "/"
        self.sent = 0
        self._server = http.server.ThreadingHTTPServer((HERE, 0), Handler)
        self._server.shop, self._server.daemon_threads, self._server.block_on_close = self, True, False
        self._server.handle_error = lambda *_: None
        if context:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self.url = f"http://{HERE}:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
