"""Dates: what words for days mean to a reader on the day of publication."""

from datetime import date
from itertools import pairwise

import pytest
from date_samples import dates
from hypothesis import given
from hypothesis import strategies as st

from bot.model import VisitDates
from bot.text.dates import find_dates, format_dates, resolve_dates, span

TUESDAY = date(2025, 2, 4)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("12 February", "2025-02-12", None),
        ("on the evening of 12 February, straight from France", "2025-02-12", None),
        ("Friday, 7 February", "2025-02-07", None),
        ("Feb. 12", "2025-02-12", None),
        ("12th of February", "2025-02-12", None),
        ("12-13 February 2025", "2025-02-12", "2025-02-13"),
        ("February 12-13", "2025-02-12", "2025-02-13"),
        ("February 12–13, 2025", "2025-02-12", "2025-02-13"),
        ("12 and 13 February", "2025-02-12", "2025-02-13"),
        ("9, 10 and 11 March", "2025-03-09", "2025-03-11"),
        ("from 8 to 10 July", "2025-07-08", "2025-07-10"),
        ("July 8 through 10, 2025", "2025-07-08", "2025-07-10"),
        ("27 February to 2 March 2025", "2025-02-27", "2025-03-02"),
        ("between 27 February and 2 March", "2025-02-27", "2025-03-02"),
        ("February 27 to March 2", "2025-02-27", "2025-03-02"),
        ("30 December - 2 January 2026", "2025-12-30", "2026-01-02"),
        ("2025-03-04", "2025-03-04", None),
        ("on the 13th", "2025-02-13", None),
        ("on the 3rd", "2025-02-03", None),
        ("13th", "2025-02-13", None),
        ("on the 20th anniversary", None, None),
        ("29 February", "2028-02-29", None),
        ("31 February", "2025-02", None),
    ],
)
def test_days_are_resolved(text: str, start: str | None, end: str | None) -> None:
    assert resolve_dates(text, TUESDAY, "en") == dates(start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("today", "2025-02-04", None),
        ("tomorrow", "2025-02-05", None),
        ("the day after tomorrow", "2025-02-06", None),
        ("yesterday", "2025-02-03", None),
        ("on Tuesday", "2025-02-04", None),
        ("on Thursday", "2025-02-06", None),
        ("arrived on Thursday", "2025-01-30", None),
        ("this Friday", "2025-02-07", None),
        ("last Friday", "2025-01-31", None),
        ("next Monday", "2025-02-10", None),
        ("next Tuesday", "2025-02-11", None),
        ("this week", "2025-02-03", "2025-02-09"),
        ("next week", "2025-02-10", "2025-02-16"),
        ("early next week", "2025-02-10", None),
        ("this weekend", "2025-02-08", "2025-02-09"),
        ("a two-day visit that began on Monday", "2025-02-03", "2025-02-04"),
        ("a three-day visit from 12 February", "2025-02-12", "2025-02-14"),
        ("a three-day visit from 12 to 13 February", "2025-02-12", "2025-02-13"),
    ],
)
def test_relative_days_count_from_publication(text: str, start: str, end: str | None) -> None:
    assert resolve_dates(text, TUESDAY, "en") == dates(start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in February", "2025-02", None),
        ("Feb 2026", "2026-02", None),
        ("this month", "2025-02", None),
        ("later this month", "2025-02", None),
        ("next month, probably in February itself", "2025-03", None),
        ("mid-November", "2025-11", None),
        ("late March", "2025-03", None),
        ("early July", "2025-07", None),
        ("last October", "2024-10", None),
        ("signed in October", "2024-10", None),
        ("in May", "2025-05", None),
        ("May", "2025-05", None),
        ("may visit", None, None),
        ("will March on", None, None),
        ("the 12 may leave", None, None),
        ("between March and June", "2025-03", "2025-06"),
        ("this spring", "2025-Q2", None),
        ("this summer", "2025-Q3", None),
        ("this autumn", "2025-Q4", None),
        ("this winter", "2025-Q1", None),
        ("last autumn", "2024-Q4", None),
        ("next spring", "2025-Q2", None),
        ("in the autumn of 2026", "2026-Q4", None),
        ("in the summer months", "2025-Q3", None),
        ("exports fall", None, None),
        ("after Diwali", "2025-Q4", None),
        ("in the third quarter", "2025-Q3", None),
        ("Q3 2025", "2025-Q3", None),
        ("second quarter of next year", "2026-Q2", None),
        ("last quarter", "2024-Q4", None),
        ("later this year", "2025", None),
        ("next year", "2026", None),
        ("in 2026", "2026", None),
        ("early 2026", "2026", None),
        ("2025", "2025", None),
        ("before the end of 2025", "2025", None),
        ("by the end of the year", "2025", None),
        ("the second half of 2025", "2025", None),
        ("in the 2023/24 fiscal year", None, None),
        ("a date that suits both", None, None),
        ("", None, None),
    ],
)
def test_longer_spans_keep_their_precision(text: str, start: str | None, end: str | None) -> None:
    assert resolve_dates(text, TUESDAY, "en") == dates(start, end)


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("fr", "les 10 et 11 février", "2025-02-10", "2025-02-11"),
        ("fr", "du 10 au 12 février", "2025-02-10", "2025-02-12"),
        ("fr", "du 27 février au 2 mars", "2025-02-27", "2025-03-02"),
        ("fr", "le 1er mars 2025", "2025-03-01", None),
        ("fr", "le 13 à Paris", "2025-02-13", None),
        ("fr", "les 26 Rafale", None, None),
        ("fr", "vendredi prochain", "2025-02-07", None),
        ("fr", "la semaine prochaine", "2025-02-10", "2025-02-16"),
        ("fr", "au début de la semaine prochaine", "2025-02-10", None),
        ("fr", "dans le courant du mois", "2025-02", None),
        ("fr", "mi-novembre", "2025-11", None),
        ("fr", "mars prochain", "2025-03", None),
        ("fr", "cet été", "2025-Q3", None),
        ("fr", "l'été 2023", "2023-Q3", None),
        ("fr", "a été adopté", None, None),
        ("fr", "au troisième trimestre 2025", "2025-Q3", None),
        ("fr", "cette année", "2025", None),
        ("fr", "l’année prochaine", "2026", None),
        ("fr", "d'ici à 2030", "2030", None),
        ("fr", "après-demain", "2025-02-06", None),
        ("fr", "une visite de trois jours à partir du 12 février", "2025-02-12", "2025-02-14"),
        ("es", "el 3 de marzo", "2025-03-03", None),
        ("es", "del 10 al 12 de febrero de 2025", "2025-02-10", "2025-02-12"),
        ("es", "los días 10 y 11 de febrero", "2025-02-10", "2025-02-11"),
        ("es", "entre el 27 de febrero y el 2 de marzo", "2025-02-27", "2025-03-02"),
        ("es", "el próximo viernes", "2025-02-07", None),
        ("es", "el viernes pasado", "2025-01-31", None),
        ("es", "la próxima semana", "2025-02-10", "2025-02-16"),
        ("es", "el mes que viene", "2025-03", None),
        ("es", "en el mar 5 barcos", None, None),
        ("es", "por la mañana", None, None),
        ("es", "mañana", "2025-02-05", None),
        ("es", "pasado  mañana", "2025-02-06", None),
        ("es", "a finales de marzo", "2025-03", None),
        ("es", "este verano", "2025-Q3", None),
        ("es", "el tercer trimestre de 2025", "2025-Q3", None),
        ("es", "el próximo año", "2026", None),
        ("hi", "12 और 13 फ़रवरी को", "2025-02-12", "2025-02-13"),
        ("hi", "१२ और १३ फरवरी", "2025-02-12", "2025-02-13"),
        ("hi", "27 फ़रवरी से 2 मार्च तक", "2025-02-27", "2025-03-02"),
        ("hi", "अगले महीने", "2025-03", None),
        ("hi", "अगले हफ्ते", "2025-02-10", "2025-02-16"),
        ("hi", "पिछले शुक्रवार", "2025-01-31", None),
        ("hi", "मार्च में", "2025-03", None),
        ("hi", "इस गर्मी", "2025-Q3", None),
        ("hi", "दिवाली के बाद", "2025-Q4", None),
        ("hi", "तीसरी तिमाही", "2025-Q3", None),
        ("hi", "इस साल आगे चलकर", "2025", None),
        ("hi", "2030 तक", "2030", None),
        ("hi", "12 मार्च से दो दिवसीय यात्रा", "2025-03-12", "2025-03-13"),
        ("de", "12 March", "2025-03-12", None),
    ],
)
def test_other_languages_are_resolved(
    language: str, text: str, start: str | None, end: str | None
) -> None:
    assert resolve_dates(text, TUESDAY, language) == dates(start, end)


@pytest.mark.parametrize(
    ("published_on", "text", "start"),
    [
        (date(2025, 11, 20), "12 February", "2026-02-12"),
        (date(2025, 1, 10), "20 December", "2024-12-20"),
        (date(2025, 1, 28), "signed in October", "2024-10"),
        (date(2025, 2, 20), "on the 13th", "2025-02-13"),
        (date(2025, 2, 27), "on the 13th", "2025-03-13"),
        (date(2025, 12, 27), "on the 13th", "2026-01-13"),
        (date(2025, 11, 20), "this winter", "2026-Q1"),
        (date(2025, 12, 30), "next month", "2026-01"),
    ],
)
def test_what_is_not_said_is_taken_as_near_the_publication(
    published_on: date, text: str, start: str
) -> None:
    assert resolve_dates(text, published_on, "en").start == start


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "en",
            "He lands on 12 February, meets them on the 13th and comes back next month.",
            ["12 February", "13th", "next month"],
        ),
        ("en", "They said on Friday that he may march in May.", ["Friday", "May"]),
        ("fr", "Les 26 Rafale, négociés depuis l'été 2023, seront livrés en mars.",
         ["été 2023", "mars"]),
        ("es", "Llegará el 3 de marzo y no este año.", ["3 de marzo", "este año"]),
        ("hi", "वॉशिंगटन में 12 और 13 फ़रवरी को हुई यात्रा", ["12 और 13 फ़रवरी"]),
    ],
)  # fmt: skip
def test_dates_are_found_with_their_offsets(language: str, text: str, found: list[str]) -> None:
    matches = find_dates(text, language)
    assert [match.text for match in matches] == found
    assert all(text[m.start : m.end] == m.text for m in matches)


def test_a_date_that_was_found_in_a_sentence_can_be_resolved_alone() -> None:
    for text in ("It ends in May.", "on the 13th.", "in the summer", "by 2030 at last"):
        (found,) = find_dates(text, "en")
        assert resolve_dates(found.text, TUESDAY, "en").start is not None


WORDS = """
1 12 13th 31 2025 2025-02-30 0 99 February Feb. May march next last this week weekend month
quarter year spring Monday and to - – , the of from in by early late end early tomorrow
février mars prochain du au les été marzo de próximo semana que viene फ़रवरी अगले हफ़्ते से और
two-day second Q3 Diwali pasado mañana day after tomorrow
"""


@given(
    st.lists(st.sampled_from(WORDS.split()), max_size=8).map(" ".join) | st.text(),
    st.dates(),
    st.sampled_from(["en", "fr", "es", "hi", "xx"]),
)
def test_any_words_resolve_to_ordered_dates_or_nothing(
    text: str, published_on: date, language: str
) -> None:
    result = resolve_dates(text, published_on, language)
    days = span(result)
    assert (days is None) == (result.start is None)
    if days:
        assert days[0] <= days[1]
    assert format_dates(result)
    found = find_dates(text, language)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2025-02-12", None, date(2025, 2, 12), date(2025, 2, 12)),
        ("2025-02-12", "2025-02-13", date(2025, 2, 12), date(2025, 2, 13)),
        ("2024-02", None, date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-03", "2025-06", date(2025, 3, 1), date(2025, 6, 30)),
        ("2025-Q3", None, date(2025, 7, 1), date(2025, 9, 30)),
        ("2025", None, date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_span_holds_every_possible_day(
    start: str, end: str | None, first: date, last: date
) -> None:
    assert span(dates(start, end)) == (first, last)


def test_nothing_known_has_no_span() -> None:
    assert span(VisitDates()) is None


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (None, None, "date not given"),
        ("2025-02-12", None, "12 February 2025"),
        ("2025-02-12", "2025-02-12", "12 February 2025"),
        ("2025-02-12", "2025-02-13", "12–13 February 2025"),
        ("2025-02-27", "2025-03-02", "27 February – 2 March 2025"),
        ("2025-12-30", "2026-01-02", "30 December 2025 – 2 January 2026"),
        ("2025-02", None, "February 2025"),
        ("2025-03", "2025-06", "March 2025 – June 2025"),
        ("2025-Q3", None, "third quarter of 2025"),
        ("2025", None, "2025"),
    ],
)
def test_dates_are_written_for_people(start: str | None, end: str | None, text: str) -> None:
    assert format_dates(dates(start, end)) == text
