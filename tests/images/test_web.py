"""Pictures over the network: only from addresses that were checked, within limits; a server on this machine plays the web."""

import shutil
import socket
import ssl
import subprocess
import threading
import time

import pytest

pytest.importorskip("PIL", reason="needs the images extra")
from listing_preflight.images import web
from listing_preflight.images.web import FetchError, Terms, Wire, get
from tests.images.shop import HERE, PICTURE, Shop, here

pytestmark = pytest.mark.images


@pytest.fixture
def shop():
    made = Shop()
    yield made
    made.close()


def ask(url, **terms):
    return get(url, {}, Terms(**{"allowed": here, **terms}), Wire())


def refused(url, **terms):
    with pytest.raises(FetchError) as caught:
        ask(url, **terms)
    return str(caught.value)


def test_a_picture_comes(shop):
    answer = ask(shop.url + "/ok.png")
    assert (answer.status, answer.body) == (200, PICTURE)
    ((path, headers),) = shop.asked
    assert (path, headers["Host"], headers["Accept-Encoding"]) == ("/ok.png", f"{HERE}:{shop.port}", "identity")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "localhost", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_refused_by_default(shop, host):
    with pytest.raises(FetchError) as caught:
        get(f"http://{host}:{shop.port}/ok.png", {}, Terms(), Wire())
    assert "public address" in str(caught.value) or "no such host" in str(caught.value)
    assert shop.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/x.png", "file:///etc/passwd", "gopher://a.example/", "//a.example/x.png", "http:///x.png",
        "http://a.example:99999/", "http://me:secret@a.example/", "http://a.example\\@b.example/", "http://a\n.example/",
        "http://[fe80::1%25eth0]/", "http://..example/", "http://a.example/\ud800", "http://[::1/", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_picture_is_refused_before_any_name_is_looked_up(url):
    asked = []
    refused(url, resolve=lambda *where: asked.append(where) or [])
    assert asked == []


def test_odd_characters_travel_encoded():
    at = web.target("https://bücher.example/grüße und/a b.png?größe=1&x=%20#part")
    assert at == ("https", "xn--bcher-kva.example", 443, "/gr%C3%BC%C3%9Fe%20und/a%20b.png?gr%C3%B6%C3%9Fe=1&x=%20")
    assert at.authority == "xn--bcher-kva.example"


def test_the_connection_goes_to_the_address_that_was_checked(shop, monkeypatch):
    """A name server that answers otherwise the second time changes nothing: it is asked once."""
    answers = iter([[HERE], ["127.0.0.2"], ["127.0.0.2"]])
    asked = []
    connected = []
    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda at, **k: connected.append(at) or real(at, **k))
    url = f"http://pictures.example:{shop.port}/ok.png"
    assert ask(url, resolve=lambda *where: asked.append(where) or next(answers)).body == PICTURE
    assert asked == [("pictures.example", shop.port)]
    assert connected == [(HERE, shop.port)]
    assert shop.asked[0][1]["Host"] == f"pictures.example:{shop.port}"


def test_of_several_addresses_only_public_ones_are_asked(shop, monkeypatch):
    connected = []
    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda at, **k: connected.append(at[0]) or real(at, **k))
    ask(f"http://pictures.example:{shop.port}/ok.png", resolve=lambda *_: ["10.0.0.1", "127.0.0.2", HERE])
    assert connected == [HERE]


def test_redirects_are_followed_and_counted(shop):
    assert ask(shop.url + "/moved/3").body == PICTURE
    assert "redirects" in refused(shop.url + "/moved/4")
    assert [path for path, _ in shop.asked].count("/ok.png") == 1


@pytest.mark.parametrize(
    "away",
    ["http://127.0.0.2:{port}/ok.png", "http://inside.example/ok.png", "//inside.example/", "file:///etc/passwd"],
)
def test_every_hop_of_a_redirect_is_checked(shop, monkeypatch, away):
    connected = []
    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda at, **k: connected.append(at[0]) or real(at, **k))
    shop.away = away.format(port=shop.port)
    addresses = {"inside.example": ["10.0.0.8"]}
    refused(shop.url + "/away", resolve=lambda host, _: addresses.get(host, [host]))
    assert connected == [HERE]


def test_a_redirect_from_https_to_http_is_refused(monkeypatch):
    monkeypatch.setattr(web, "_hop", lambda *_: web.Answer(302, {"location": "http://a.example/"}, b""))
    assert "https to http" in refused("https://a.example/")


@pytest.mark.parametrize(
    ("path", "why"),
    [("/short", "bytes came"), ("/packed", "compressed"), ("/huge", "more than"), ("/endless", "more than")],
)
def test_an_answer_that_is_not_as_asked_is_refused(shop, path, why):
    assert why in refused(shop.url + path, most_bytes=len(PICTURE) + 10)


def test_a_picture_may_come_in_chunks(shop):
    assert ask(shop.url + "/chunks").body == PICTURE


def test_a_chunk_of_negative_size_is_not_read_without_end(shop):
    assert "more than" in refused(shop.url + "/negative", most_bytes=1 << 20)
    assert shop.sent < 64 << 20


def test_headers_without_end_are_refused(shop):
    assert "broken" in refused(shop.url + "/headers")


def test_a_name_server_that_never_answers_costs_no_more_than_the_picture_s_time():
    hang = threading.Event()
    began = time.monotonic()
    assert "not done after" in refused("http://a.example/", seconds=0.5, resolve=lambda *_: hang.wait(30))
    assert time.monotonic() - began < 10
    hang.set()


@pytest.mark.parametrize("port", [0, 1, 22, 25, 79, 81, 442, 1023, 2049, 6000, 6667])
def test_ports_of_other_services_are_never_asked(port):
    asked = []
    why = refused(f"http://a.example:{port}/", resolve=lambda *where: asked.append(where) or [])
    assert (why, asked) == (f"port {port} is another service's", [])


@pytest.mark.parametrize("path", ["/drip", "/endless", "/continue"])
def test_slow_and_endless_answers_end_at_their_time(shop, path):
    began = time.monotonic()
    assert "not done after" in refused(shop.url + path, seconds=0.6, most_bytes=1 << 40)
    assert time.monotonic() - began < 5


def test_a_server_that_does_not_listen_is_a_reason():
    with socket.socket() as one:
        one.bind((HERE, 0))
        port = one.getsockname()[1]
    assert "connection failed" in refused(f"http://{HERE}:{port}/")


def test_what_speaks_no_http_is_a_reason():
    listener = socket.create_server((HERE, 0))

    def answer():
        one, _ = listener.accept()
        one.recv(1000)
        one.sendall(b"SSH-2.0-OpenSSH\r\n")
        one.close()

    thread = threading.Thread(target=answer)
    thread.start()
    assert "broken" in refused(f"http://{HERE}:{listener.getsockname()[1]}/")
    thread.join()
    listener.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("needs the program openssl to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = str(folder / "key.pem"), str(folder / "cert.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2",
         "-subj", "/CN=pictures.example", "-addext", "subjectAltName=DNS:pictures.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, cert


@pytest.fixture
def secure(certificate):
    key, cert = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    made = Shop(context)
    yield made
    made.close()


def test_a_certificate_must_hold_for_the_name_of_the_host(secure, certificate, monkeypatch):
    url, elsewhere = (f"https://{name}.example:{secure.port}/ok.png" for name in ("pictures", "elsewhere"))
    at_home = {"resolve": lambda *_: [HERE]}
    assert "certificate" in refused(url, **at_home)
    monkeypatch.setattr(web, "context", lambda: ssl.create_default_context(cafile=certificate[1]))
    assert ask(url, **at_home).body == PICTURE
    assert "certificate" in refused(elsewhere, **at_home)
    assert [headers["Host"] for _, headers in secure.asked] == [f"pictures.example:{secure.port}"]
