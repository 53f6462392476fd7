"""URL text → the one form that is fetched, stored and cited, or a refusal."""

import re
from ipaddress import IPv6Address, ip_address, ip_network

from yarl import URL

from bot.errors import InputError

MAX_LENGTH = 2048
_PORTS = frozenset({80, 443, 8080, 8443})
_LOCAL_NAMES = re.compile(r"(?:^|\.)(?:local|localdomain|localhost|internal|home\.arpa)$")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC_END = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$")
# Encoded control characters too: servers and proxies decode them into header lines.
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]|%(?:[01][0-9a-f]|7f)", re.IGNORECASE)
# Parsers disagree whether the host of http://a#@b/ is a or b.
_TWO_HOSTS = re.compile(r"[a-z]+://[^/?#]*#[^/]*@", re.IGNORECASE)
_BARE_HOST = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)")
_ENDS_LINK = str.maketrans({char: f"%{ord(char):02X}" for char in '<>()|" '})

# What ``is_global`` of Python 3.11 takes for public, and is not, or leads to what is not.
_DENIED = tuple(
    ip_network(network)
    for network in (
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "::/96",
        "::ffff:0:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)

_TRACKING = re.compile(
    r"(?:utm_|at_|mtm_|pk_|hsa_|ns_|_hs).*"
    r"|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid"
    r"|cmp|cmpid|ocid|smid|ito|xtor|traffic_source"
)
_ORIGINS = frozenset({"ref", "source", "src", "partner", "emc"})
_ORIGIN_IS_FEED = frozenset({"rss", "feed", "atom", "rss_feed"})


class PrivateAddressError(InputError):
    """The URL leads into a private network."""


def is_public(address: str) -> bool:
    """Whether an IP address, as text, belongs to the public internet."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if not ip.is_global or ip.is_multicast:
        return False
    return not any(ip in network for network in _DENIED)


def check_url(text: str, *, allow_hosts: frozenset[str] = frozenset()) -> str:
    """Return the absolute http(s) URL that ``text`` means, safe to fetch and to put in a link.

    ``example.org/feed`` and ``feed://…`` mean https. A host of ``allow_hosts`` may be
    private and have any port. Doing it twice changes nothing.

    Raises:
        InputError: not a web address, or one that the program refuses.
        PrivateAddressError: its host is a private name or address.
    """
    url = _read(_add_scheme(text.strip()))
    host = (url.raw_host or "").removesuffix(".")
    if not host:
        raise InputError("The address has no host name. Give one such as https://example.org/feed.")
    if url.raw_user is not None or url.raw_password is not None:
        raise InputError("The address holds a user name or password. Give it without.")
    if host not in allow_hosts:
        _check_host(host)
        if url.explicit_port not in {None, *_PORTS}:
            raise InputError("The address has a port other than 80, 443, 8080 or 8443.")
    checked = _write(url if host == url.raw_host else url.with_host(host))
    if len(checked) > MAX_LENGTH:
        raise InputError(f"The address is longer than {MAX_LENGTH} characters.")
    return checked


def join_url(base: str, link: str, *, allow_hosts: frozenset[str] = frozenset()) -> str:
    """Return the checked URL of a link met in the document at ``base``.

    Raises:
        InputError: as ``check_url``.
    """
    link = link.strip()
    if not link:
        raise InputError("The link is empty.")
    _refuse_characters(link)
    try:
        joined = str(URL(base).join(URL(link)))
    except ValueError as error:
        raise InputError("The link is not a web address.") from error
    return check_url(joined, allow_hosts=allow_hosts)


def find_link(base: str, link: str, *, allow_hosts: frozenset[str] = frozenset()) -> str:
    """Return what ``join_url`` returns, or "" for a link that it refuses."""
    try:
        return join_url(base, link, allow_hosts=allow_hosts)
    except InputError:
        return ""


def canonical_url(url: str) -> str:
    """Return the form under which a checked URL is stored once: no fragment, no tracking.

    Raises:
        InputError: ``url`` can't be read as a URL.
    """
    read = _read(url)
    kept = [part for part in read.raw_query_string.split("&") if part and not _is_tracking(part)]
    return _write(read.with_query(None)) + ("?" + "&".join(kept) if kept else "").translate(
        _ENDS_LINK
    )


def _add_scheme(text: str) -> str:
    bare = re.sub(r"^feed:(?://)?", "", text, flags=re.IGNORECASE)
    if bare == text and not _BARE_HOST.match(text):
        return text
    return bare if re.match(r"https?://", bare, re.IGNORECASE) else f"https://{bare}"


def _refuse_characters(text: str) -> None:
    if _FORBIDDEN.search(text):
        raise InputError("The address holds a control character or a backslash.")


def _read(text: str) -> URL:
    if len(text) > MAX_LENGTH:
        raise InputError(f"The address is longer than {MAX_LENGTH} characters.")
    _refuse_characters(text)
    try:
        url = URL(text)
    except ValueError as error:
        raise InputError(
            "That is not a web address. Give one such as https://example.org/feed."
        ) from (error)
    if url.scheme not in {"http", "https"}:
        raise InputError("The address does not start with https:// or http://.")
    if _TWO_HOSTS.match(text):
        raise InputError("The address can be read as two different hosts.")
    return url


def _write(url: URL) -> str:
    if url.raw_path == "/":
        url = url.with_path("/", keep_query=True)  # so that a bare host gets its slash
    return str(url.with_fragment(None)).translate(_ENDS_LINK)


def _check_host(host: str) -> None:
    if ":" in host or _NUMERIC_END.search(host):
        # Odd spellings of addresses (127.1, 0x7f000001) are none that ip_address reads.
        if not is_public(host):
            raise PrivateAddressError("The address is inside a private network.")
        return
    if "." not in host or _LOCAL_NAMES.search(host):
        raise PrivateAddressError("The host name is private: it has no dot or a local ending.")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise InputError("The host name in the address is not valid.")


def _is_tracking(part: str) -> bool:
    name, _, value = part.lower().partition("=")
    if name in _ORIGINS:
        return value in _ORIGIN_IS_FEED
    return _TRACKING.fullmatch(name) is not None
