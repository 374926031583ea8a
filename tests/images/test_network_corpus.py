"""A corpus of addresses that lead inside: not one connection goes to an address that is not public, whatever a resolver says."""

import contextlib
import ipaddress
import socket

import pytest

from listing_preflight.images import web
from listing_preflight.images.web import FetchError, Terms, Wire, get

PUBLIC = "93.184.216.34"
PUBLIC_6 = "2606:4700:4700::1111"
PRIVATE = """
http://127.0.0.1/a.jpg http://127.1/a http://127.0.1/a http://2130706433/a http://0x7f000001/a http://0x7f.0x0.0x0.0x1/a
http://0177.0.0.1/a http://017700000001/a http://0x7f.1/a http://00000177.0.0.1/a http://127.0.0.1./a http://0/a http://0.0.0.0/a
http://10.0.0.1/a http://167772161/a http://012.0.0.1/a http://172.16.5.4/a http://192.168.1.1/a http://0xc0a80101/a http://3232235777/a
http://169.254.169.254/latest/meta-data http://0xa9fea9fe/a http://2852039166/a http://0251.0376.0251.0376/a http://100.64.0.1/a
http://198.18.0.1/a http://192.0.2.1/a http://203.0.113.1/a http://224.0.0.1/a http://255.255.255.255/a http://240.0.0.1/a
http://[::1]/a http://[::]/a http://[::ffff:127.0.0.1]/a http://[::ffff:7f00:1]/a http://[0:0:0:0:0:ffff:10.0.0.1]/a http://[::127.0.0.1]/a
http://[64:ff9b::7f00:1]/a http://[64:ff9b:1::a00:1]/a http://[2002:7f00:1::]/a http://[2001::1]/a http://[fe80::1]/a http://[fc00::1]/a http://[fd00:ec2::254]/a
http://[ff02::1]/a http://[fec0::1]/a http://[2001:db8::1]/a http://[fe80::1%25eth0]/a http://[fe80::1%eth0]/a http://[::ffff:169.254.169.254]/a
http://localhost/a http://LOCALHOST/a http://localhost./a http://localhost.localdomain/a http://sub.localhost/a http://loop.example/a
http://loop.example./a http://six.example/a http://mapped.example/a http://meta.example/a http://ⓛoop.example/a http://ｌｏｃａｌｈｏｓｔ/a
http://127。0。0。1/a http://①②⑦.0.0.1/a http://１２７.０.０.１/a http://xn--lop-0qa.example/a http://lööp.example/a
""".split()  # fmt: skip
ODD = """
http://user@127.0.0.1/a http://93.184.216.34@127.0.0.1/a http://127.0.0.1#@93.184.216.34/a http://127.0.0.1\\@93.184.216.34/a
http://93.184.216.34:80@127.0.0.1/a http://user:pass@public.example/a http://public.example%2f@127.0.0.1/a http://127.0.0.1%23.public.example/a
http://public.example%00.loop.example/a http:///127.0.0.1/a http://?@127.0.0.1/ http:127.0.0.1/a //127.0.0.1/a file:///etc/passwd
ftp://127.0.0.1/a gopher://127.0.0.1:70/_x jar:http://127.0.0.1!/a data:image/png;base64,AA http://public.example:22/a http://public.example:6667/a
http://[127.0.0.1]/a http://[::1/a http://::1/a http://127.0.0.1:99999/a http://127.0.0.1:-80/a http://127.0.0.1:0x50/a
""".split()  # fmt: skip
NAMES = {
    "public.example": [PUBLIC], "both.example": ["127.0.0.1", PUBLIC, "10.0.0.1"], "loop.example": ["127.0.0.1"], "six.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"], "meta.example": ["169.254.169.254"], "localhost": ["127.0.0.1"], "public6.example": [PUBLIC_6],
    "xn--lp-fkaa.example": ["192.168.0.1"], "xn--lop-0qa.example": ["10.1.1.1"], "localhost.localdomain": ["127.0.0.1"], "sub.localhost": ["127.0.0.1"],
}  # fmt: skip


def resolve(host, _):
    """Names of the test; numbers in all their forms as the system's resolver reads them."""
    if ":" in host:
        return [str(ipaddress.ip_address(host))]
    with contextlib.suppress(OSError):
        return [socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))]
    found = NAMES.get(host.rstrip(".").casefold())
    if found is None:
        raise socket.gaierror(-2, "no such name")
    return found


class Net:
    """Stands for the network: notes who is asked, and answers what it is told to."""

    def __init__(self):
        self.asked, self.answers, self._kept = [], [], []

    def connect(self, place, timeout):
        del timeout
        self.asked.append(place[0])
        if not self.answers:
            raise ConnectionRefusedError
        ours, theirs = socket.socketpair()
        theirs.sendall(self.answers.pop(0))
        theirs.shutdown(socket.SHUT_WR)
        self._kept.append(theirs)
        return ours

    def close(self):
        for one in self._kept:
            one.close()


@pytest.fixture
def net(monkeypatch):
    made = Net()
    monkeypatch.setattr(web.socket, "create_connection", made.connect)
    yield made
    made.close()


def ask(url, names=resolve):
    return get(url, {}, Terms(resolve=names, seconds=5), Wire())


def moved(where):
    return f"HTTP/1.1 302 Found\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n".encode()


def test_the_corpus_is_of_the_size_that_it_is_said_to_be():
    assert len({*PRIVATE, *ODD}) >= 60


@pytest.mark.parametrize("url", PRIVATE)
def test_an_address_inside_is_never_asked(net, url):
    with pytest.raises(FetchError):
        ask(url)
    assert net.asked == []


@pytest.mark.parametrize("url", ODD)
def test_an_address_that_hides_where_it_leads(net, url):
    with pytest.raises(FetchError):
        ask(url)
    assert set(net.asked) <= {PUBLIC}


@pytest.mark.parametrize("url", [*PRIVATE, *ODD])
def test_a_redirect_to_it_is_not_followed(net, url):
    net.answers = [moved(url)]
    with pytest.raises(FetchError):
        ask("http://public.example/a.jpg")
    assert set(net.asked) == {PUBLIC}


def test_a_chain_of_redirects_is_checked_at_each_hop(net):
    net.answers = [moved("http://public6.example/b"), moved("http://public.example/c"), moved("http://loop.example/d")]
    with pytest.raises(FetchError, match="not at a public address"):
        ask("http://public.example/a")
    assert net.asked == [PUBLIC, PUBLIC_6, PUBLIC]


def test_a_name_that_leads_to_loopback_after_a_first_public_answer(net):
    answers = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]
    net.answers = [moved("http://rebound.example/again")]
    with pytest.raises(FetchError, match="not at a public address"):
        ask("http://rebound.example/a", lambda *_: answers.pop(0))
    assert net.asked == [PUBLIC]
    assert len(answers) == 1, "one look-up a hop, and the connection goes to its answer"


def test_of_several_answers_only_public_ones_are_asked(net):
    with pytest.raises(FetchError):
        ask("http://both.example/a")
    assert net.asked == [PUBLIC]


def test_a_public_address_is_asked(net):
    net.answers = [b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\npng"]
    assert ask("http://public.example/a.png").body == b"png"
