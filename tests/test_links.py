"""Links, fetched from real servers on this machine: what is public https is had, all else is refused in a sentence."""

from __future__ import annotations

import gzip
import socket
import threading
import time

import pytest

from index.links import Fetched, LinkFailed, Validators, Web, check, is_public

NEWS = "https://news.example"


def refusal(web: Web, url: str) -> str:
    with pytest.raises(LinkFailed) as failed:
        web.fetch(url)
    assert str(failed.value).endswith(".") and len(str(failed.value)) < 600
    return str(failed.value)


def test_a_link_is_fetched_from_its_host_by_its_name(stand):
    """Body, kind, and the version's marks; the host is asked for by its name."""
    stand.give("/ferry?page=2", "The ferry.", ETag='"1"', Last_Modified="Fri, 03 May 2024 10:00:00 GMT")
    got = stand.web().fetch(f"{NEWS}/ferry?page=2#top")
    marks = Validators('"1"', "Fri, 03 May 2024 10:00:00 GMT")
    assert got == Fetched(f"{NEWS}/ferry?page=2", ".html", b"The ferry.", marks)
    assert stand.asked[0][1]["Host"] == "news.example"


def test_what_is_held_is_not_fetched_again(stand):
    """A server that is told the version which is held sends nothing."""
    stand.give("/ferry", "The ferry.", ETag='"1"')
    assert stand.web().fetch(f"{NEWS}/ferry", Validators('"1"', "")) is None
    assert stand.web().fetch(f"{NEWS}/ferry", Validators('"0"', "")).data == b"The ferry."


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/",
        "ftp://news.example/",
        "file:///etc/passwd",
        "https:///etc/passwd",
        "https:news.example",
        "//news.example/",
        "news.example",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.0x1/",
        "https://0177.0.0.1/",
        "https://0/",
        "https://１２７.０.０.１/",
        "https://127。0。0。1/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://93.184.215.14/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fd00:ec2::254]/",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        "https://localhost/",
        "https://localhost./",
        "https://intranet/",
        "https://ada@news.example/",
        "https://ada:secret@news.example/",
        "https://news.example@127.0.0.1/",
        "https://@news.example/",
        "https://news.example:22/",
        "https://news.example:8443/",
        "https://news.example:0/",
        "https://news.example:99999/",
        "https://news.example:x/",
        "https://news.example\\@127.0.0.1/",
        "https://news.example\t.evil.example/",
        "https://news.example/a b",
        "https://news.example/\r\nHost: evil.example",
        "https://news.example/\u202e",
        "https://news..example/",
        "https://" + "a" * 64 + ".example/",
        "https://news.example/" + "a" * 2_000,
        "https://",
        "",
    ],
)
def test_a_link_that_is_not_written_as_public_https_is_refused_before_anything_is_asked(stand, url):
    """Other schemes, addresses in whatever form, neighbours' names, user names, odd ports, tricks of writing."""
    asked: list[str] = []

    def look_up(host):
        asked.append(host)
        return [stand.address]

    assert "is refused" in refusal(stand.web(look_up=look_up), url)
    assert not asked and not stand.asked


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("https://news.example", "news.example", "/"),
        ("https://News.Example.:443/a?b=c#d", "news.example", "/a?b=c"),
        ("https://zeitüng.example/brücke?q=ß", "xn--zeitng-6ya.example", "/br%C3%BCcke?q=%C3%9F"),
        ("https://4chan.example/%7Eada/", "4chan.example", "/%7Eada/"),
    ],
)
def test_a_link_is_asked_for_as_the_standards_write_it(url, host, target):
    """Host in ASCII and lower case, everything else percent-encoded once."""
    hop = check(url)
    assert (hop.host, hop.target) == (host, target)


@pytest.mark.parametrize(
    "address",
    """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1
    172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1
    239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:93.184.215.14
    64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1:: 2001:10::1 2001:db8::1 2002:7f00:1::
    2002:a9fe:a9fe:: fc00::1 fd00:ec2::254 fe80::1 fe80::1%1 fec0::1 ff02::1 ff0e::1
    """.split(),
)
def test_an_address_that_is_not_public_is_never_connected_to(address):
    """Loopback, private, shared, link-local, metadata, documentation, multicast, and the IPv6 forms that hide them."""
    assert not is_public(address)
    asked: list[str] = []

    def look_up(host):
        asked.append(host)
        return [("93.184.215.14", 443), (address, 443)]  # one bad address is enough

    said = refusal(Web(look_up=look_up), f"{NEWS}/")
    assert said == f"{NEWS}/ is refused: news.example is at {address}, not on the public internet."
    assert asked == ["news.example"]


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e"])
def test_an_address_of_the_public_internet_is_known_as_one(address):
    """Also an IPv4 address as a network without IPv4 reaches it."""
    assert is_public(address)


def test_a_name_that_means_another_address_a_moment_later_is_not_asked_twice(stand):
    """The connection goes to the address that was checked: a resolver that then says 127.0.0.1 is not heard."""
    trap = socket.create_server(("127.0.0.1", 0))
    trap.settimeout(0.2)
    answers = iter([[stand.address], [trap.getsockname()]])
    stand.give("/", "The ferry.")
    assert stand.web(look_up=lambda host: next(answers)).fetch(f"{NEWS}/").data == b"The ferry."
    assert next(answers) == [trap.getsockname()]  # the second answer was still to be asked for
    with pytest.raises(TimeoutError):
        trap.accept()


def test_each_hop_is_checked_anew(stand):
    """A redirect within the same host, whose name means a private address by then, is refused."""
    answers = iter([[stand.address], [("169.254.169.254", 443)]])
    stand.send_on("/", "/latest/meta-data/")
    said = refusal(stand.web(look_up=lambda host: next(answers)), f"{NEWS}/")
    assert "news.example is at 169.254.169.254" in said and len(stand.asked) == 1


@pytest.mark.parametrize(
    "to",
    [
        "http://news.example/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://2130706433/",
        "https://localhost/",
        "https://ada@news.example/",
        "https://news.example:22/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//127.0.0.1/",
        "https://[",
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_what_would_be_refused_is_refused(stand, to, status):
    """The first link's name is said, and where it sent on to; nothing is asked there."""
    stand.send_on("/", to, status)
    said = refusal(stand.web(), f"{NEWS}/")
    assert said.startswith(f"{NEWS}/") and ("is refused" in said or "sends on to what is no link" in said)
    assert len(stand.asked) == 1


def test_three_redirects_are_followed_and_no_fourth(stand):
    """The article is known by where it was found."""
    for number in range(1, 5):
        stand.send_on(f"/{number}", f"/{number - 1}")
    stand.give("/0", "The ferry.")
    assert stand.web().fetch(f"{NEWS}/3").url == f"{NEWS}/0"
    assert "sends on more than 3 times" in refusal(stand.web(), f"{NEWS}/4")
    stand.send_on("/loop", "/loop")
    assert "sends on more than 3 times" in refusal(stand.web(), f"{NEWS}/loop")


def test_a_server_that_cannot_prove_its_name_is_not_listened_to(stand):
    """TLS is checked against the name in the link, and against the authorities that are trusted."""
    stand.give("/", "The ferry.")
    assert "its certificate doesn't hold" in refusal(stand.web(), "https://other.example/")
    assert "its certificate doesn't hold" in refusal(stand.web(trusted=Web().trusted), f"{NEWS}/")
    assert not stand.asked


@pytest.mark.parametrize("declared", [True, False])
def test_what_is_too_large_is_cut_off(stand, declared):
    """Whether the server says so or not."""
    body = b"x" * 3_000_000
    if declared:
        stand.give("/", body)
    else:
        stand.drip("/", b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x" * 100_000, 0)
    assert "gives more than 1 MiB" in refusal(stand.web(size=1 << 20), f"{NEWS}/")


def test_what_is_small_and_unpacks_to_something_large_is_cut_off(stand):
    """A gzip bomb counts by what comes out of it."""
    stand.give("/", gzip.compress(b"x" * (64 << 20)), Content_Encoding="gzip")
    assert "gives more than 1 MiB" in refusal(stand.web(size=1 << 20), f"{NEWS}/")
    stand.give("/", gzip.compress(b"The ferry."), Content_Encoding="gzip")
    assert stand.web().fetch(f"{NEWS}/").data == b"The ferry."


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"", b""),
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X: x\r\n"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"),
    ],
)
def test_a_server_that_takes_its_time_is_given_up(stand, head, piece):
    """The limit is for the whole: a byte now and then, in the head or in the body, doesn't put it off."""
    stand.drip("/", head, piece, 0.05)
    begun = time.monotonic()
    said = refusal(stand.web(seconds=0.7), f"{NEWS}/")
    assert 0.5 < time.monotonic() - begun < 6  # a busy machine is slow to notice
    assert "it takes too long to answer" in said or "its answer is broken" in said


def test_a_server_that_never_greets_is_given_up(stand):
    """One that takes the connection and no part in TLS."""
    silent = socket.create_server(("127.0.0.1", 0))
    begun = time.monotonic()
    assert "takes too long" in refusal(stand.web(look_up=lambda host: [silent.getsockname()], seconds=0.5), f"{NEWS}/")
    assert time.monotonic() - begun < 6
    silent.close()


def test_a_resolver_that_never_answers_is_given_up(stand):
    """Looking up a name is within the same limit."""
    stop = threading.Event()
    begun = time.monotonic()
    assert "takes too long" in refusal(stand.web(look_up=lambda host: stop.wait(20) and [], seconds=0.3), f"{NEWS}/")
    assert time.monotonic() - begun < 6
    stop.set()


@pytest.mark.parametrize(
    "kind", ["image/png", "audio/mpeg", "application/octet-stream", "application/zip", "text/css", "x", ""]
)
def test_what_is_no_article_is_not_taken(stand, kind):
    """Only what a server declares to be text, a page, a document or a feed."""
    stand.give("/", "x", kind)
    assert "gives no article and no feed" in refusal(stand.web(), f"{NEWS}/")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n\r\n",
        b"HTTP/1.1 200\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\ncut",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n",
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 404 Not \x1b[31mFound\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        b"HTTP/1.1 206 Partial Content\r\nContent-Type: text/html\r\nContent-Length: 1\r\n\r\nx",
    ],
)
def test_an_answer_that_is_none_is_a_sentence(stand, answer):
    """Broken, cut off, an error, or what nobody asked for: no crash, and nothing unseen in the sentence."""
    stand.answers["/"] = lambda handler: handler.wfile.write(answer)
    said = refusal(stand.web(seconds=3), f"{NEWS}/")
    assert said.isprintable() and ("can't be reached" in said or "gives no article" in said)


def test_a_server_that_is_not_there_is_a_sentence(stand):
    """No address, an address that nobody listens at, a resolver that fails; another address of the host is tried."""
    closed = socket.create_server(("127.0.0.1", 0))
    nobody = closed.getsockname()
    closed.close()

    def unknown(host):
        raise socket.gaierror(-2, "Name or service not known")

    assert "no address is known for news.example: Name or service" in refusal(stand.web(look_up=unknown), f"{NEWS}/")
    assert "its name has no address" in refusal(stand.web(look_up=lambda host: []), f"{NEWS}/")
    assert "Connection refused" in refusal(stand.web(look_up=lambda host: [nobody]), f"{NEWS}/")
    stand.give("/", "The ferry.")
    assert stand.web(look_up=lambda host: [nobody, stand.address]).fetch(f"{NEWS}/").data == b"The ferry."


def test_an_encoding_that_the_server_names_is_obeyed(stand):
    """A page that says nothing itself comes as UTF-8."""
    stand.give("/", "Färjan låg kvar".encode("latin-1"), 'text/html; charset="ISO-8859-1"')
    assert stand.web().fetch(f"{NEWS}/").data.decode() == "Färjan låg kvar"
    stand.give("/", "“Färjan”".encode("cp1252"), "text/html; charset=ISO-8859-1")
    assert stand.web().fetch(f"{NEWS}/").data.decode() == "“Färjan”"
    for label in ("utf-8", "unicode-escape"):  # the page may know better
        stand.give("/", b"\\ud800 F\xe4rjan", f"text/html; charset={label}")
        assert stand.web().fetch(f"{NEWS}/").data == b"\\ud800 F\xe4rjan"
    stand.give("/", b"\xff", "text/html; charset=no-such")
    assert stand.web().fetch(f"{NEWS}/").data == b"\xff"
