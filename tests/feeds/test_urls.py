"""What an admin types and what feeds link to: one safe form, or a refusal."""

import ipaddress
import re

import pytest
from feeds.cases import build, cases
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.errors import InputError
from bot.feeds.urls import (
    PrivateAddressError,
    canonical_url,
    check_url,
    find_link,
    is_public,
    join_url,
)

NORMALISED = {
    "feed://example.com/rss": "https://example.com/rss",
    "HTTPS://EXAMPLE.com:443/Feed#frag": "https://example.com/Feed",
}


@pytest.mark.parametrize("given_input", cases("url_syntax"))
def test_a_hostile_spelling_is_refused_or_normalised(given_input: object) -> None:
    text = build(given_input)
    if text in NORMALISED:
        assert check_url(text) == NORMALISED[text]
    else:
        with pytest.raises(InputError):
            check_url(text)


@pytest.mark.parametrize("text", cases("ssrf_url", "ssrf_encoding", "ssrf_hostname"))
def test_a_private_target_is_refused_before_any_lookup(text: str) -> None:
    with pytest.raises(PrivateAddressError):
        check_url(text)


@pytest.mark.parametrize("link", cases("item_link"))
def test_an_items_link_is_safe_or_not_used(link: str) -> None:
    found = find_link("http://e.test/feed", link)
    assert found == "" or re.fullmatch(r"https?://[a-z0-9.-]+/[!-~]*", found)
    assert not set(found) & set('<>()|" ')


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("example.org/feed", "https://example.org/feed"),
        ("  example.org  ", "https://example.org/"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("feed:http://example.org/x", "http://example.org/x"),
        ("http://EXAMPLE.org:80", "http://example.org/"),
        ("http://example.org./x", "http://example.org/x"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("http://e.test/a(b)|c?q=<x>#y", "http://e.test/a%28b%29%7Cc?q=%3Cx%3E"),
        ("http://8.8.8.8/feed", "http://8.8.8.8/feed"),
        ("http://e.test?q=1", "http://e.test/?q=1"),
    ],
)
def test_what_people_type_is_understood(typed: str, meant: str) -> None:
    assert check_url(typed) == meant


@pytest.mark.parametrize("text", ["http://127.0.0.1:4242/x", "http://rss-bridge/?a=1"])
def test_a_host_that_the_operator_allows_may_be_private(text: str) -> None:
    hosts = frozenset({"127.0.0.1", "rss-bridge"})
    assert check_url(text, allow_hosts=hosts) == text
    with pytest.raises(PrivateAddressError):
        check_url(text)


def test_an_allowed_host_still_needs_a_plain_http_url() -> None:
    with pytest.raises(InputError):
        check_url("ftp://127.0.0.1/", allow_hosts=frozenset({"127.0.0.1"}))
    with pytest.raises(InputError):
        check_url("http://user:pw@127.0.0.1/", allow_hosts=frozenset({"127.0.0.1"}))


def test_a_relative_link_is_resolved_against_its_document() -> None:
    assert join_url("https://e.test/a/feed.xml", "../b?x=1") == "https://e.test/b?x=1"
    assert join_url("https://e.test/a/", "//other.test/c") == "https://other.test/c"
    with pytest.raises(InputError):
        join_url("https://e.test/", "")
    with pytest.raises(InputError):
        join_url("https://e.test/", "/\\127.0.0.1/")


def test_the_error_never_repeats_a_password() -> None:
    with pytest.raises(InputError) as caught:
        check_url("https://user:hunter2@example.org/")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://E.test/a?utm_source=rss&utm_medium=x&id=7", "https://e.test/a?id=7"),
        ("https://e.test/a?b=2&a=1#top", "https://e.test/a?b=2&a=1"),
        ("https://e.test/a?ref=rss", "https://e.test/a"),
        ("https://e.test/a?ref=main", "https://e.test/a?ref=main"),
        ("https://e.test/a?at_medium=RSS&at_campaign=KARANGA", "https://e.test/a"),
        ("https://e.test/a?fbclid=1&gclid=2&mc_cid=3", "https://e.test/a"),
        ("http://e.test:80/a?", "http://e.test/a"),
        ("http://m.e.test/amp/a", "http://m.e.test/amp/a"),
        ("http://e.test/?q=a%26b&c", "http://e.test/?q=a%26b&c"),
    ],
)
def test_tracking_is_dropped_and_meaning_kept(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:4700::1111", True),
        ("::ffff:93.184.215.14", True),
        ("::ffff:10.0.0.1", False),
        ("168.63.129.16", False),
        ("224.0.0.251", False),
        ("192.0.0.8", False),
        ("2002:7f00:1::", False),
        ("5f00::1", False),
        ("fe80::1%eth0", False),
        ("not an address", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@given(st.ip_addresses(v=4))
def test_wrapping_an_ipv4_address_never_makes_it_public(ip: ipaddress.IPv4Address) -> None:
    number = int(ip)
    assert is_public(str(ipaddress.IPv6Address((0xFFFF << 32) | number))) == is_public(str(ip))
    for prefix in ("::", "64:ff9b::", "::ffff:0:0:0"):
        assert not is_public(
            str(ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | number))
        )


@given(st.text(max_size=60).map(lambda tail: f"http://e.test/{tail}") | st.text(max_size=40))
def test_a_checked_url_is_ascii_safe_in_links_and_a_fixed_point(text: str) -> None:
    try:
        checked = check_url(text)
    except InputError:
        return
    assert checked.isascii()
    assert not set(checked) & set('<>()|" \\')
    assert check_url(checked) == checked
    assert URL(checked).raw_host == URL(checked, encoded=True).raw_host
    assert canonical_url(canonical_url(checked)) == canonical_url(checked)
    assert len(canonical_url(checked)) <= len(checked)
