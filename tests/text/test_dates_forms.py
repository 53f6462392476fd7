"""Ways to write dates that news has: weekdays in pairs, weeks, feasts, distances, lengths."""

from datetime import date

import pytest
from date_samples import dates

from bot.model import VisitDates
from bot.text.dates import find_dates, find_duration, resolve_dates
from bot.text.feasts import find_feast

WEDNESDAY = date(2026, 2, 4)


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("en", "Monday to Wednesday", "2026-02-09", "2026-02-11"),
        ("en", "from Monday until Wednesday", "2026-02-09", "2026-02-11"),
        ("en", "Thursday and Friday", "2026-02-05", "2026-02-06"),
        ("en", "from Tuesday to Thursday next week", "2026-02-10", "2026-02-12"),
        ("en", "on Tuesday of next week", "2026-02-10", None),
        ("en", "next week, from Monday to Wednesday", "2026-02-09", "2026-02-11"),
        ("en", "overnight into Friday", "2026-02-06", None),
        ("en", "today and tomorrow", "2026-02-04", "2026-02-05"),
        ("en", "Tuesday the 17th", "2026-02-17", None),
        ("en", "Wednesday 20 and Thursday 21 May 2026", "2026-05-20", "2026-05-21"),
        ("en", "Monday, March 9, to Wednesday, March 11", "2026-03-09", "2026-03-11"),
        ("en", "on the evening of the 13th", "2026-02-13", None),
        ("en", "17/06/2026", "2026-06-17", None),
        ("en", "05/06/2026", None, None),
        ("en", "met on Thursday and Friday", "2026-01-29", "2026-01-30"),
        ("fr", "du lundi 9 au mercredi 11 mars", "2026-03-09", "2026-03-11"),
        ("fr", "de lundi à mercredi", "2026-02-09", "2026-02-11"),
        ("fr", "mardi de la semaine prochaine", "2026-02-10", None),
        ("fr", "mardi 10", "2026-02-10", None),
        ("fr", "05/06/2026", "2026-06-05", None),
        ("fr", "dès lundi", "2026-02-09", None),
        ("es", "del lunes 9 al miércoles 11 de marzo", "2026-03-09", "2026-03-11"),
        ("es", "el jueves y el viernes", "2026-02-05", "2026-02-06"),
        ("es", "el martes de la próxima semana", "2026-02-10", None),
        ("hi", "सोमवार से बुधवार तक", "2026-02-09", "2026-02-11"),
        ("hi", "अगले हफ़्ते मंगलवार को", "2026-02-10", None),
        ("hi", "कल", "2026-02-05", None),
        ("hi", "कल पहुंचे", "2026-02-03", None),
    ],
)
def test_days_of_the_week_are_resolved(
    language: str, text: str, start: str | None, end: str | None
) -> None:
    assert resolve_dates(text, WEDNESDAY, language) == dates(start, end)


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("en", "the week of 9 March", "2026-03-09", "2026-03-15"),
        ("en", "the week beginning March 11", "2026-03-09", "2026-03-15"),
        ("en", "in the middle of next week", "2026-02-11", None),
        ("en", "late next week", "2026-02-12", None),
        ("en", "over the weekend", "2026-02-07", "2026-02-08"),
        ("en", "next weekend", "2026-02-14", "2026-02-15"),
        ("en", "spent the weekend", "2026-01-31", "2026-02-01"),
        ("en", "in the second half of May", "2026-05", None),
        ("en", "the first week of April", "2026-04", None),
        ("en", "in March or April", "2026-03", "2026-04"),
        ("en", "planned for May", "2026-05", None),
        ("en", "at the end of the month", "2026-02", None),
        ("en", "by year's end", "2026", None),
        ("en", "in the coming weeks", None, None),
        ("fr", "la semaine du 9 mars", "2026-03-09", "2026-03-15"),
        ("fr", "en début de semaine prochaine", "2026-02-09", None),
        ("fr", "dans la seconde quinzaine de mai", "2026-05", None),
        ("fr", "à la mi-mai", "2026-05", None),
        ("fr", "à la rentrée", "2026-Q3", None),
        ("fr", "d'ici la fin de l'année", "2026", None),
        ("es", "a finales de este año", "2026", None),
        ("es", "la primera semana de abril", "2026-04", None),
        ("es", "a principios de la próxima semana", "2026-02-09", None),
        ("hi", "मई के मध्य में", "2026-05", None),
        ("hi", "अगले हफ्ते की शुरुआत में", "2026-02-09", None),
        ("hi", "इस साल के अंत में", "2026", None),
        ("hi", "अप्रैल के पहले हफ़्ते में", "2026-04", None),
        ("hi", "9 मार्च वाले हफ़्ते", "2026-03-09", "2026-03-15"),
    ],
)
def test_parts_of_weeks_months_and_years_are_resolved(
    language: str, text: str, start: str | None, end: str | None
) -> None:
    assert resolve_dates(text, WEDNESDAY, language) == dates(start, end)


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("en", "in two weeks", "2026-02-18", None),
        ("en", "in ten days", "2026-02-14", None),
        ("en", "in a week's time", "2026-02-11", None),
        ("en", "in a fortnight", "2026-02-18", None),
        ("en", "two months from now", "2026-04", None),
        ("en", "within a month", "2026-02", "2026-03"),
        ("en", "three days ago", "2026-02-01", None),
        ("en", "two days after the election", None, None),
        ("en", "his third visit in two weeks", None, None),
        ("fr", "dans dix jours", "2026-02-14", None),
        ("fr", "il y a trois jours", "2026-02-01", None),
        ("es", "dentro de dos semanas", "2026-02-18", None),
        ("es", "hace tres días", "2026-02-01", None),
        ("hi", "दो हफ़्ते बाद", "2026-02-18", None),
        ("hi", "चुनाव के दो दिन बाद", None, None),
    ],
)
def test_distances_count_from_publication(
    language: str, text: str, start: str | None, end: str | None
) -> None:
    assert resolve_dates(text, WEDNESDAY, language) == dates(start, end)


@pytest.mark.parametrize(
    ("language", "text", "start"),
    [
        ("en", "after Diwali", "2026-Q4"),
        ("en", "after Ramadan", "2026-Q2"),
        ("en", "during Ramadan", "2026-Q1"),
        ("en", "after Eid", "2026-Q2"),
        ("en", "before Orthodox Easter", "2026-Q1"),
        ("en", "after Orthodox Easter", "2026-Q2"),
        ("en", "before Christmas", "2026-Q4"),
        ("en", "after Christmas 2026", "2027-Q1"),
        ("en", "after Tet", "2026-Q1"),
        ("en", "after Nowruz", "2026-Q2"),
        ("fr", "après Pâques", "2026-Q2"),
        ("es", "después de Semana Santa", "2026-Q2"),
        ("hi", "दिवाली के बाद", "2026-Q4"),
        ("hi", "ईद से पहले", "2026-Q1"),
    ],
)
def test_a_feast_is_the_quarter_of_the_weeks_around_it(
    language: str, text: str, start: str
) -> None:
    assert resolve_dates(text, WEDNESDAY, language) == dates(start)


@pytest.mark.parametrize(
    ("feast", "days"),
    [
        ("easter", ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28"]),
        ("orthodox easter", ["2024-05-05", "2025-04-20", "2026-04-12", "2027-05-02"]),
        ("12-25", ["2024-12-25", "2025-12-25", "2026-12-25", "2027-12-25"]),
    ],
)
def test_feasts_fall_on_their_days(feast: str, days: list[str]) -> None:
    assert [find_feast(feast, year).isoformat() for year in range(2024, 2028)] == days


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, date(2024, 4, 10)), (2026, date(2026, 3, 20)), (2030, date(2030, 2, 5))],
)
def test_islamic_feasts_are_right_to_a_day_or_two(year: int, day: date) -> None:
    assert abs((find_feast("hijri 10-01", year) - day).days) <= 2


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "a two-day visit", 2),
        ("en", "a three-day official visit to Lima", 3),
        ("en", "in Lima on 4 May for two days", 2),
        ("en", "wrapped up two days in Lima", 2),
        ("en", "a 48-hour stopover", 2),
        ("en", "a week-long tour", 7),
        ("en", "two days after the visit", None),
        ("en", "in two days", None),
        ("en", "a 30-day truce", None),
        ("en", "a two-hour meeting", None),
        ("fr", "une visite officielle de trois jours", 3),
        ("fr", "pendant deux jours", 2),
        ("es", "una visita de dos días", 2),
        ("es", "hace dos días", None),
        ("hi", "दो दिवसीय यात्रा", 2),
        ("hi", "तीन दिन के लिए", 3),
    ],
)
def test_the_length_of_a_stay_is_read(language: str, text: str, days: int | None) -> None:
    assert find_duration(text, language) == days


def test_told_of_the_past_a_weekday_is_the_last_one() -> None:
    assert resolve_dates("Monday", WEDNESDAY, "en") == dates("2026-02-09")
    assert resolve_dates("Monday", WEDNESDAY, "en", is_past=True) == dates("2026-02-02")


def test_what_came_before_the_first_year_is_no_date() -> None:
    assert resolve_dates("last month", date(1, 1, 1), "en") == VisitDates()


def test_a_figure_after_a_weekday_is_no_day() -> None:
    text = "Le pays a porté mercredi de 12 à 35 % ses droits de douane."
    assert [found.text for found in find_dates(text, "fr")] == ["mercredi"]


def test_parts_of_a_date_are_one_date() -> None:
    text = "He is in Lima from Tuesday to Thursday next week and in Quito at the end of March."
    assert [found.text for found in find_dates(text, "en")] == [
        "Tuesday to Thursday next week",
        "the end of March",
    ]
