"""Dates as feeds and pages write them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.dates import parse_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Tue, 28 Jan 2025 06:10:00 +0530", "2025-01-28T06:10:00+05:30"),
        ("Tuesday, 28 January 2025 06:10:00 +0000", "2025-01-28T06:10:00+00:00"),
        ("28-Jan-25 06:10:00 GMT", "2025-01-28T06:10:00+00:00"),
        ("28 Jan 2025 06:10 GMT", "2025-01-28T06:10:00+00:00"),
        ("Tue, 28 Jan 2025 06:10:00", "2025-01-28T06:10:00+00:00"),
        ("Tue, 28 Jan 2025 06:10:00 -0000", "2025-01-28T06:10:00+00:00"),
        ("Tue, 28 Jan 2025 06:10:00 EST", "2025-01-28T06:10:00-05:00"),
        ("Tue, 28 Jan 2025 06:10:00 CET", "2025-01-28T06:10:00+01:00"),
        ("Mon, 28 Jul 2025 06:10:00 CEST", "2025-07-28T06:10:00+02:00"),
        ("2025-01-28T06:10:00Z", "2025-01-28T06:10:00+00:00"),
        ("2025-01-28T06:10:00.1234567+05:30", "2025-01-28T06:10:00+05:30"),
        ("2025-01-28 06:10:00 +0530", "2025-01-28T06:10:00+05:30"),
        ("2025-01-28T06:10", "2025-01-28T06:10:00+00:00"),
        ("2025-01-28T06:10:00-03", "2025-01-28T06:10:00-03:00"),
        (" 2025-01-28 ", "2025-01-28T00:00:00+00:00"),
        ("2025-01-28 06:10:00 UTC", "2025-01-28T06:10:00+00:00"),
    ],
)
def test_a_date_is_read_with_its_offset(text: str, iso: str) -> None:
    read = parse_date(text)
    assert read is not None
    assert read.isoformat() == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2025년 01월 28일 오전 06:00:00",
        "28. 1. 2025",
        "28 Foo 2025 06:00:00 GMT",
        "Thu, 99 Foo 20260 99:99:99 ZZZ",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
        "Tue, 28 Jan 2025 06:10:00 +9999",
        "Tue, 28 Jan 2025 06:10:00 +2000",
        "2025-02-30",
        "Mon, 01 Jan 1900 00:00:00 GMT",
        "2025-01-28T06:10:00Z" + " " * 100 + "x",
        "1" * 10_000,
    ],
)
def test_an_absurd_date_is_unknown(text: str) -> None:
    assert parse_date(text) is None


@given(st.text(alphabet="0123456789-:TZ+., JanFebGMT", max_size=40))
def test_any_text_is_a_sane_date_or_none(text: str) -> None:
    read = parse_date(text)
    assert read is None or (isinstance(read, datetime) and 1990 <= read.year <= 2100)
    assert read is None or read.utcoffset() is not None
