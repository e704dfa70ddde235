"""A link, fetched as a hostile one: public https alone, checked at each hop, and never more of it than the limits.

The host is looked up once a hop, every address that it has must be public, and the connection goes to one of these very
addresses: what the name means a moment later doesn't matter. TLS is checked against the name.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import string
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from index.errors import OnRecordError
from index.limits import DOCUMENT_BYTES, FIELD_CHARACTERS
from index.read import shown
from index.text import as_declared

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse
    from urllib3.connection import HTTPSConnection

LINK_SECONDS = 30  # from the look-up of the name to the last byte, redirects included
SYNC_SECONDS = 900  # for all links of one sync
CONNECT_SECONDS = 10
REDIRECTS = 3
FEED = "feed"
KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "text/csv": ".csv",
    "application/rss+xml": FEED,
    "application/atom+xml": FEED,
    "application/rdf+xml": FEED,
    "application/xml": FEED,
    "text/xml": FEED,
}  # what a server may say that it sends
_ENCODED = (".html", ".txt", ".md", ".json", ".jsonl", ".csv")  # the header names their encoding; a feed names its own

# How a feed begins, whatever its server calls it.
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^>]*>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^>]*>)*<(?:rss|feed|rdf:RDF)[\s>]",
    re.IGNORECASE | re.DOTALL,
)

Address = tuple[str, int]  # of the internet: an IP address and a port


class LinkFailed(OnRecordError):
    """A link that is refused, can't be reached or gives nothing that is read; its text says which, and why."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server says of a version, by which it can be asked for another one only (RFC 9110, section 8.8)."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a link led to."""

    url: str  # where it was found, after redirects
    kind: str  # a suffix such as ".html", or FEED
    data: bytes
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class Hop:
    """A link as it is asked for, checked as far as its writing goes."""

    url: str
    host: str  # in ASCII, as its certificate names it
    target: str  # path and query


def look_up(host: str) -> list[Address]:
    """The addresses of a host, as this machine's resolver gives them; raises OSError."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [address[:2] for *_, address in found]


# Public by the registries or by some version of Python, and not to be asked all the same: protocol assignments, among
# them Oracle's metadata; Azure's metadata; IPv6 forms that stand for another address (6to4, Teredo, ORCHID).
_NOT_PUBLIC = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "168.63.129.16/32", "192.88.99.0/24", "2001::/23", "2002::/16"))
)
_UNICAST = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Is this an address of the public internet, neither this machine's nor its neighbours'?

    >>> [is_public(a) for a in ("93.184.215.14", "10.0.0.1", "::ffff:93.184.215.14", "169.254.169.254")]
    [True, False, False, False]
    """
    ip = ipaddress.ip_address(address)
    if ip.version == 6 and ip in _NAT64:  # how a network without IPv4 reaches an IPv4 address
        return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    plain = ip in _UNICAST if ip.version == 6 else not (ip.is_multicast or ip.is_reserved)
    return plain and ip.is_global and not any(ip.version == net.version and ip in net for net in _NOT_PUBLIC)


@cache
def trusted() -> ssl.SSLContext:
    """The authorities that this machine trusts, and Mozilla's, which not every machine has."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True, slots=True)
class Web:
    """How links are fetched. What a test can't have, a public server, it puts in place of the first three."""

    look_up: Callable[[str], Sequence[Address]] = look_up
    is_public: Callable[[str], bool] = is_public
    trusted: Callable[[], ssl.SSLContext] = trusted
    seconds: float = LINK_SECONDS
    altogether: float = SYNC_SECONDS
    size: int = DOCUMENT_BYTES  # bytes, after unpacking

    def fetch(self, url: str, held: Validators = Validators()) -> Fetched | None:
        """What a link leads to; None where that is still the version that is held. Raises LinkFailed."""
        deadline = monotonic() + self.seconds
        hop = check(url)
        for _ in range(REDIRECTS + 1):
            try:
                with self._asked(hop, held, deadline) as response:
                    if (onward := _onward(response, hop)) is None:
                        return self._body(response, hop, held, deadline)
                hop = check(onward, url)
            except OSError as error:
                raise LinkFailed(f"{named(url)} can't be reached ({self._reason(error, deadline)}).") from None
        raise LinkFailed(f"{named(url)} can't be reached (it sends on more than {REDIRECTS} times).")

    @contextmanager
    def _asked(self, hop: Hop, held: Validators, deadline: float) -> Iterator[BaseHTTPResponse]:
        """The head of the answer to a link, of which the body is still to come; OSError where there is none."""
        from http.client import HTTPException

        from urllib3.exceptions import HTTPError

        connection = self._connected(hop, deadline)
        # A time-out of a socket is one of each reading: what comes a byte at a time would never meet it.
        timer = threading.Timer(max(deadline - monotonic(), 0), _hang_up, [connection.sock])
        timer.daemon = True
        timer.start()
        try:
            connection.request(
                "GET",
                hop.target,
                headers={
                    "Host": hop.host,
                    "User-Agent": f"OnRecord/{version('on-record')}",
                    "Accept": ", ".join(KINDS),
                    "Accept-Encoding": "gzip",
                    **held.headers(),
                },
                preload_content=False,
            )
            response = connection.getresponse()
            if monotonic() >= deadline:  # the connection was cut, which may look like the end of the head
                raise TimeoutError
            yield response
        except (HTTPError, HTTPException) as error:
            raise OSError(f"its answer is broken: {type(error).__name__}") from error
        finally:
            timer.cancel()
            connection.close()

    def _connected(self, hop: Hop, deadline: float) -> HTTPSConnection:
        """A connection to one of the addresses that were checked, under the name of the host."""
        from urllib3.connection import HTTPSConnection
        from urllib3.exceptions import HTTPError

        addresses = _within(deadline - monotonic(), self.look_up, hop.host)
        for address, _ in addresses:
            if not self.is_public(address):
                where = f"{hop.host} is at {address}, not on the public internet"
                raise LinkFailed(f"{named(hop.url)} is refused: {where}.")
        failed: Exception = OSError("its name has no address")
        for address, port in addresses:
            left = min(deadline - monotonic(), CONNECT_SECONDS)
            if left <= 0:
                raise TimeoutError
            connection = HTTPSConnection(
                address, port, timeout=left, server_hostname=hop.host, ssl_context=self.trusted()
            )
            try:
                connection.connect()
                return connection
            except (HTTPError, OSError) as error:
                connection.close()
                failed = error
        raise failed if isinstance(failed, OSError) else OSError(_said(failed.__cause__ or failed))

    def _body(self, response: BaseHTTPResponse, hop: Hop, held: Validators, deadline: float) -> Fetched | None:
        if response.status == 304 and held.headers():
            return None
        if response.status != 200:
            raise OSError(f"its server answers {response.status} {shown(response.reason or '')[:80]}".rstrip())
        content, _, parameters = response.headers.get("Content-Type", "").partition(";")
        kind = KINDS.get(content.strip().lower())
        if kind is None:
            what = shown(content.strip())[:80] or "it doesn't say what"
            raise LinkFailed(f"{named(hop.url)} gives no article and no feed, but {what}.")
        data = bytearray()
        for piece in response.stream(1 << 16, decode_content=True):
            data += piece
            if len(data) > self.size:
                raise LinkFailed(f"{named(hop.url)} gives more than {self.size >> 20} MiB.")
        if monotonic() >= deadline:  # as above: what came may be cut short
            raise TimeoutError
        if kind in (".html", ".txt") and _FEED.match(data[:4096]):
            kind = FEED
        if kind in _ENCODED:
            data = _in_utf8(bytes(data), parameters)
        headers = (response.headers.get(name, "")[:1_000] for name in ("ETag", "Last-Modified"))
        return Fetched(hop.url, kind, bytes(data), Validators(*headers))

    def _reason(self, error: OSError, deadline: float) -> str:
        if isinstance(error, TimeoutError) or monotonic() >= deadline:
            return "it takes too long to answer"
        return _said(error)


def check(url: str, link: str | None = None) -> Hop:
    """A link, as far as its writing goes: https, by a host's name, nothing else in it. Raises LinkFailed.

    `link` is the one that was asked for, where this is where it sends on to.
    """
    whole = named(url) if link is None else f"{named(link)}, which sends on to {named(url)},"

    def refused(why: str) -> LinkFailed:
        return LinkFailed(f"{whole} is refused: {why}.")

    if len(url) > FIELD_CHARACTERS or "\\" in url or not url.isprintable() or " " in url:
        raise refused("it isn't written as a link")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise refused("it isn't written as a link") from None
    if parts.scheme != "https":
        raise refused("only https is fetched")
    if "@" in parts.netloc:
        raise refused("it holds a user's name")
    if port not in (None, 443):
        raise refused(f"only the usual port is asked, not {port}")
    name = _host(host)
    if name is None:
        raise refused("it doesn't lead to a host of the public internet by its name")
    target = quote(parts.path or "/", safe=string.punctuation)
    query = f"?{quote(parts.query, safe=string.punctuation)}" if parts.query else ""
    return Hop(url.partition("#")[0], name, target + query)


def _host(host: str) -> str | None:
    """The host in ASCII; None for what is no full name: an address, however it is written, or a neighbour's name."""
    import idna

    try:
        name = idna.encode(host, uts46=True).decode().lower().removesuffix(".")
    except idna.IDNAError:  # also for [::1]
        return None
    *labels, last = name.split(".")
    return name if labels and last and not last[0].isdecimal() else None  # the address 0x7f.1 ends in a figure


def named(url: str) -> str:
    """A link as it is shown in a sentence."""
    return shown(url if len(url) <= 300 else url[:299] + "…")


def _onward(response: BaseHTTPResponse, hop: Hop) -> str | None:
    """Where the answer sends on to."""
    if response.status not in (301, 302, 303, 307, 308):
        return None
    onward = response.headers.get("Location")
    if not onward:
        raise OSError("it sends on to nowhere")
    try:
        return urljoin(hop.url, onward.encode("latin-1", "replace").decode("utf-8", "replace"))
    except ValueError:
        raise OSError("it sends on to what is no link") from None


def _in_utf8(data: bytes, parameters: str) -> bytes:
    """A text that its server says to be in another encoding, in UTF-8."""
    from email.message import Message

    message = Message()
    message["Content-Type"] = f"text/plain;{parameters}"
    charset = message.get_content_charset()
    text = as_declared(data, charset) if charset else None
    return data if text is None else text.encode()


def _within(seconds: float, look_up: Callable[[str], Sequence[Address]], host: str) -> Sequence[Address]:
    """What the look-up gives; TimeoutError where that takes longer: the system's own knows no limit."""
    answer: SimpleQueue[Sequence[Address] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(look_up(host))
        except (OSError, UnicodeError) as error:
            answer.put(OSError(f"no address is known for {host}: {_said(error)}"))

    threading.Thread(target=ask, daemon=True).start()
    try:
        given = answer.get(timeout=max(seconds, 0))
    except Empty:
        raise TimeoutError from None
    if isinstance(given, OSError):
        raise given
    return given


def _hang_up(connected: socket.socket) -> None:
    """End a connection under whoever waits for it; on the socket itself, since TLS would first say goodbye."""
    with suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)


def _said(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate doesn't hold: {error.verify_message}"
    return shown(getattr(error, "strerror", None) or str(error))[:200]
