"""Asking a listed site for a page: over sockets that lead nowhere but to this test."""

import socket
import threading

import pytest

from endocsea.sources import fetching, refusals, rules
from endocsea.sources.fetching import LIMIT, Web, fetch

LISTED = frozenset({"ministry.example"})
PUBLIC = "93.184.216.34"


class Net:
    """Answers to requests by host and path, and what was asked."""

    def __init__(self, answers, ip=PUBLIC):
        self.answers, self.ip, self.asked, self.connected = answers, ip, [], []

    def web(self):
        return Web(resolve=self.resolve, connect=self.connect, secure=lambda plain, host: plain)

    def resolve(self, host, port):
        found = self.ip(host) if callable(self.ip) else self.ip
        return [found] if isinstance(found, str) else found

    def connect(self, ip, port, seconds):
        self.connected.append((ip, port))
        ours, theirs = socket.socketpair()
        ours.settimeout(seconds)
        threading.Thread(target=self._serve, args=(theirs,), daemon=True).start()
        return ours

    def _serve(self, line):
        with line:
            request = b""
            while b"\r\n\r\n" not in request:
                request += line.recv(4096)
            head = request.decode().split("\r\n")
            host = next(each[6:] for each in head if each.lower().startswith("host: "))
            self.asked.append((host, head[0].split()[1], head))
            answer = self.answers.get((host, head[0].split()[1]), b"HTTP/1.1 404 Not Found\r\n\r\n")
            try:
                line.sendall(answer)
            except OSError:
                return  # whoever asked has heard enough


def page(
    body=b"<title>Law 12</title><p>Article 5", media="text/html; charset=utf-8", status="200 OK", more=""
):
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body


def moved(to):
    return page(b"", status="302 Found", more=f"Location: {to}\r\n")


def test_a_page_of_a_listed_site_is_kept_as_text():
    net = Net({("www.ministry.example", "/law?no=12"): page()})
    came = fetch("https://www.ministry.example/law?no=12", LISTED, web=net.web())

    assert (came.status, came.media, came.title, came.text) == (200, "text/html", "Law 12", "Article 5")
    assert len(came.digest) == 64
    assert net.connected == [(PUBLIC, 443)]


def test_nothing_says_who_asks_or_from_where():
    net = Net({("ministry.example", "/"): page()})
    fetch("http://ministry.example", LISTED, web=net.web())

    names = {each.partition(":")[0].lower() for each in net.asked[0][2][1:] if each}
    assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}


@pytest.mark.parametrize(
    "address",
    ["https://other.example/", "https://ministry.example.evil.example/", "https://notministry.example/"],
)
def test_a_site_that_is_not_listed_is_not_asked(address):
    net = Net({})
    with pytest.raises(refusals.NotListed):
        fetch(address, LISTED, web=net.web())

    assert net.connected == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "law 12",
        "ftp://ministry.example/",
        "file://ministry.example/law",
        "https://user:secret@ministry.example/",
        "https://ministry.example:8443/",
        "https://ministry.example:99999/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[broken/",
        "https://localhost/",
        "https://2130706433/",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_of_the_web_is_not_asked(address):
    net = Net({})
    with pytest.raises(refusals.NotAnAddress):
        fetch(address, LISTED, web=net.web())

    assert net.connected == []


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:0:7f00:1::", "not an address",
    ],
)  # fmt: skip
def test_a_name_that_leads_inside_a_network_is_not_asked(ip):
    net = Net({}, ip=ip)
    with pytest.raises(refusals.NotPublic):
        fetch("https://ministry.example/", LISTED, web=net.web())

    assert net.connected == []


def test_one_inner_address_among_public_ones_is_enough_to_refuse():
    net = Net({}, ip=[PUBLIC, "127.0.0.1"])
    with pytest.raises(refusals.NotPublic):
        fetch("https://ministry.example/", LISTED, web=net.web())


def test_a_public_address_is_asked_by_number_so_that_the_name_cannot_change_between():
    looked_up = []

    def once(host):
        looked_up.append(host)
        return PUBLIC if len(looked_up) == 1 else "127.0.0.1"

    net = Net({("ministry.example", "/"): page()}, ip=once)
    fetch("https://ministry.example/", LISTED, web=net.web())

    assert (looked_up, net.connected) == (["ministry.example"], [(PUBLIC, 443)])


def test_a_page_may_lead_on_within_the_list():
    net = Net({
        ("ministry.example", "/old"): moved("/new"),
        ("ministry.example", "/new"): moved("https://laws.ministry.example/12"),
        ("laws.ministry.example", "/12"): page(),
    })  # fmt: skip

    assert fetch("http://ministry.example/old", LISTED, web=net.web()).text == "Article 5"


def test_a_page_that_leads_off_the_list_ends_there():
    net = Net({("ministry.example", "/"): moved("https://evil.example/")})
    came = fetch("https://ministry.example/", LISTED, web=net.web())

    assert (came.status, came.text) == (302, "")
    assert len(net.connected) == 1


def test_a_page_that_leads_inside_a_network_is_refused():
    net = Net(
        {("ministry.example", "/"): moved("https://inner.ministry.example/")},
        ip=lambda host: "10.0.0.1" if host.startswith("inner") else PUBLIC,
    )
    with pytest.raises(refusals.NotPublic):
        fetch("https://ministry.example/", LISTED, web=net.web())

    assert len(net.connected) == 1


@pytest.mark.parametrize("to", ["http://[half", "https://[::1", "//[", "javascript:alert(1)"])
def test_a_page_that_leads_on_to_what_is_no_address_ends_there(to):
    net = Net({("ministry.example", "/"): moved(to)})

    assert fetch("https://ministry.example/", LISTED, web=net.web()).status == 302
    assert len(net.connected) == 1


def test_a_page_that_leads_on_for_ever_is_left():
    net = Net({("ministry.example", "/"): moved("/")})

    assert fetch("https://ministry.example/", LISTED, web=net.web()).status == 302


@pytest.mark.parametrize("media", ["image/png", "application/zip", "application/json", "", "text/html-evil"])
def test_of_another_kind_of_file_nothing_is_kept(media):
    net = Net({("ministry.example", "/"): page(b"abc", media=media)})
    came = fetch("https://ministry.example/", LISTED, web=net.web())

    assert (came.status, came.text, came.digest) == (200, "", "")


def test_a_page_that_is_too_large_is_not_kept():
    net = Net({("ministry.example", "/"): page(b"<p>" + b"a" * (LIMIT + 1))})
    came = fetch("https://ministry.example/", LISTED, web=net.web())

    assert (came.status, came.text) == (200, "")


def test_a_page_that_came_packed_is_not_unpacked():
    net = Net({("ministry.example", "/"): page(b"\x1f\x8b", more="Content-Encoding: gzip\r\n")})

    assert fetch("https://ministry.example/", LISTED, web=net.web()).text == ""


def test_a_site_that_does_not_know_the_page_says_so():
    assert fetch("https://ministry.example/gone", LISTED, web=Net({}).web()).status == 404


def test_a_site_that_is_not_there_has_answered_nothing():
    def nobody(*_):
        raise OSError

    for web in (Web(resolve=nobody), Web(resolve=lambda *_: [PUBLIC], connect=nobody)):
        assert fetch("https://ministry.example/", LISTED, web=web) == fetching.Fetched(0)


@pytest.mark.parametrize(
    "answer", [b"", b"SSH-2.0\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nabc"]
)
def test_an_answer_that_is_none_or_breaks_off_is_told_as_no_answer(answer):
    net = Net({("ministry.example", "/"): answer})

    assert fetch("https://ministry.example/", LISTED, web=net.web()).text == ""


def test_a_site_that_drips_is_cut_off(monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.3)

    class Dripping(Net):
        def _serve(self, line):
            with line:
                try:
                    line.sendall(b"HTTP/1.1 200 OK\r\n")
                    for _ in range(200):
                        line.sendall(b"X-A: b\r\n")
                        threading.Event().wait(0.05)
                except OSError:
                    return

    assert fetch("https://ministry.example/", LISTED, web=Dripping({}).web()) == fetching.Fetched(0)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" Ministry.EXAMPLE. ", "ministry.example"),
        ("www.gov.example", "www.gov.example"),
        ("минюст.example", "xn--h1akeme.example"),
        ("localhost", None),
        ("https://ministry.example", None),
        ("ministry.example/path", None),
        ("10.0.0.1", None),
        ("-a.example", None),
        ("a..example", None),
        ("a b.example", None),
        ("a" * 64 + ".example", None),
        (".".join(["abcdefgh"] * 40), None),
        ("", None),
        ("*.example", None),
    ],
)
def test_a_site_has_one_name(text, name):
    found = rules.domain_name(text)

    assert found == name or (name is not None and name.startswith("xn--") and found.startswith("xn--"))


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://ministry.example/a", True),
        ("HTTP://ministry.example", True),
        ("http://ministry.example:8080/", True),
        ("ftp://ministry.example", False),
        ("javascript:alert(1)", False),
        ("https://a:b@ministry.example", False),
        ("https://", False),
        ("https://[x", False),
    ],
)
def test_what_may_be_cited_is_an_address_of_the_web(address, may):
    assert rules.may_be_cited(address) is may
