"""When the stay is that a sentence tells of: which of its dates, from when to when."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.model import Precision, VisitDates
from bot.text.cues import WINDOW, cut_window
from bot.text.dates import find_dates, span
from bot.text.stayroles import list_roles
from bot.text.stays import is_of_stay, resolve_stay
from bot.text.staywords import Role
from bot.text.visitstates import visit_status

LINES = Path(__file__).parents[1] / "data" / "visits" / "stays.txt"
WEDNESDAY = date(2026, 3, 4)


def read_lines() -> list[list[str]]:
    """The sample sentences: language, sentence, host, dates, status."""
    lines = LINES.read_text(encoding="utf-8").splitlines()
    return [line.split("|") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("language", "sentence", "host", "dates", "_status"), read_lines())
def test_a_sentence_tells_when_its_visit_is(
    language: str, sentence: str, host: str, dates: str, _status: str
) -> None:
    stay = resolve_stay(sentence, WEDNESDAY, language, sentence.index(host))
    told = "/".join(day for day in (stay.start, stay.end) if day) or "-"
    assert told == dates


@pytest.mark.parametrize(
    ("published_on", "sentence", "host", "start", "end"),
    [
        (date(2026, 6, 25), "His three-day state visit to Kestria, which ended on Wednesday with a "
         "look round a works, produced a promise.", "Kestria", "2026-06-22", "2026-06-24"),
        (date(2026, 2, 3), "The secretary arrives in Karsk on 12 February and stays until the "
         "afternoon of the 13th.", "Karsk", "2026-02-12", "2026-02-13"),
        (date(2026, 4, 21), "The offer stands, he said on Tuesday, on the second and last day of "
         "his stay in Karsk.", "Karsk", "2026-04-20", "2026-04-21"),
        (date(2025, 2, 4), "He would land in Karsk on the evening of 12 February, sit down with "
         "the king on the 13th and leave the next day.", "Karsk", "2025-02-12", "2025-02-14"),
        (date(2026, 12, 30), "She will be in Karsk from 30 December to 2 January.", "Karsk",
         "2026-12-30", "2027-01-02"),
        (date(2026, 11, 2), "KARSK, 2 November (Meridian Wire) - She will visit Ledania on 17 "
         "November.", "Ledania", "2026-11-17", None),
        (date(2026, 5, 24), "She has been invited to Karsk, whose roofs the storm of 2023 took.",
         "Karsk", None, None),
    ],
)  # fmt: skip
def test_the_end_of_a_stay_is_read_from_all_of_the_sentence(
    published_on: date, sentence: str, host: str, start: str | None, end: str | None
) -> None:
    stay = resolve_stay(sentence, published_on, "en", sentence.index(host))
    assert (stay.start, stay.end) == (start, end)


def test_without_a_place_the_first_date_of_the_visit_counts() -> None:
    told = resolve_stay("On Tuesday he said he would come on 12 March.", WEDNESDAY, "en")
    assert told == VisitDates("2026-03-12", None, Precision.DAY)


def test_a_date_by_itself_is_of_the_stay_though_it_is_read_a_week_later() -> None:
    stay = VisitDates("2026-03-02", "2026-03-04", Precision.DAY)
    assert is_of_stay(VisitDates("2026-03-09", None, Precision.DAY), stay)
    assert not is_of_stay(VisitDates("2026-03-20", None, Precision.DAY), stay)
    assert not is_of_stay(VisitDates("2026-03", None, Precision.MONTH), stay)


WORDS = """
will visit Lima Quito on from until to Monday Tuesday 12 March 2026 and then before he said that the
two-day trip ended began was put off postponed second day of leaves next day week , . ( 13th
yesterday se rendra à du au visite reportée viajará el del al aplazó जाएंगे को यात्रा तक लीमा spring
31 February
"""


@given(
    st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join) | st.text(),
    st.dates(),
    st.sampled_from(["en", "fr", "es", "hi", "xx"]),
    st.none() | st.integers(-5, 200),
)
def test_any_words_have_a_stay_whose_days_are_in_order(
    text: str, published_on: date, language: str, at: int | None
) -> None:
    stay = resolve_stay(text, published_on, language, at)
    days = span(stay)
    assert (days is None) == (stay.start is None)
    assert days is None or days[0] <= days[1]


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    ("language", "words", "start", "status"),
    [
        ("en", "on 12 May 2026 and ", "2026-05-12", "planned"),
        ("en", "said on Monday ", None, "planned"),
        ("en", "put off until May ", "2026-05", "postponed"),
        ("en", "(a) ", None, "planned"),
        ("fr", "le 12 mai 2026 et ", "2026-05-12", "planned"),
        ("fr", "reporté à mai ", "2026-05", "postponed"),
        ("es", "el 12 de mayo de 2026 y ", "2026-05-12", "planned"),
        ("es", "aplazó hasta mayo ", "2026-05", "postponed"),
        ("hi", "12 मई 2026 और ", "2026-05-12", "planned"),
        ("hi", "मई तक टाल दिया ", "2026-05", "postponed"),
    ],
)
def test_twenty_thousand_characters_of_dates_are_read_at_any_place(
    language: str, words: str, start: str | None, status: str
) -> None:
    text = words * (20_000 // len(words))
    for at in (None, len(text) // 2, len(text) - 1):
        assert visit_status(text, language, at) == status
        assert resolve_stay(text, WEDNESDAY, language, at).start == start


def test_of_a_very_long_sentence_what_stands_by_the_host_is_read() -> None:
    filler = "of this and that, " * 300
    text = f"{filler}she will visit Lima on 12 March, {filler}"
    stay = resolve_stay(text, WEDNESDAY, "en", text.index("Lima"))
    assert stay == VisitDates("2026-03-12", None, Precision.DAY)
    assert resolve_stay(text, WEDNESDAY, "en") == VisitDates()
    off = f"{filler}her visit to Lima was cancelled, {filler}"
    assert visit_status(off, "en", off.index("Lima")) == "cancelled"
    assert visit_status(off, "en") == "planned"


@given(
    st.lists(st.sampled_from(["Lima", "to", "x" * 90, "x" * 2_000, "लीमा"])).map(" ".join),
    st.none() | st.integers(-5, 9_000),
)
@example("Lima to " + "x" * 1_400 + " " + "x" * 1_400, 7)
@example("x" * 2_000 + " " + "x" * 2_000, 2_000)
def test_a_window_holds_the_same_words_around_the_same_place(text: str, at: int | None) -> None:
    window, place = cut_window(text, at)
    assert len(window) <= WINDOW
    assert window in text
    assert cut_window(window, place) == (window, place)
    assert text.startswith(window) or at is not None
    if at is not None and place is not None and 0 <= at < len(text):
        assert window[place] == text[at]
    if " " in window:  # no word is cut that is not itself as long
        assert {*window.split()[1:-1]} <= {*text.split()}


def test_no_more_than_forty_dates_of_a_sentence_can_be_of_the_stay() -> None:
    text = "She will visit Lima " + "in May or " * 50
    dates = find_dates(text, "en")
    roles = list_roles(text, dates, "en")
    assert len(roles) == len(dates) == 50
    assert roles[0] is Role.STAY
    assert set(roles[40:]) == {Role.OTHER}
