"""What we say: found by key, filled in once, the same texts in every language."""

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import find_folder
from bot.errors import PromptError
from bot.model import Precision, VisitDates
from bot.text.dates import format_dates
from bot.wording import load_wordings

SHIPPED = find_folder("prompts") / "wording"
ENGLISH = load_wordings(SHIPPED)["en"]


def _both(start, end, precision, french):
    """A case whose English is what ``format_dates`` makes of it."""
    yield start, end, precision, format_dates(VisitDates(start, end, precision)), french


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language in ("en", "fr"):
        (tmp_path / language).mkdir()
        shutil.copy(SHIPPED / language / "language.toml", tmp_path / language)
    (tmp_path / "en" / "feeds.toml").write_text('none = "No feed in {place}."')
    (tmp_path / "fr" / "feeds.toml").write_text('none = "Aucun flux dans {place}."')
    (tmp_path / "en" / "count.toml").write_text('feed = {one = "{n} feed", other = "{n} feeds"}')
    (tmp_path / "fr" / "count.toml").write_text('feed = {one = "{n} flux", other = "{n} flux"}')
    return tmp_path


def test_the_languages_that_are_shipped_have_the_same_texts():
    wordings = load_wordings(SHIPPED)
    assert set(wordings) == {"en", "fr"}


def test_a_text_is_filled_in_once_whatever_the_value_holds(folder):
    words = load_wordings(folder)["en"]
    assert words.say("feeds.none", place="{place} {0}") == "No feed in {place} {0}."


def test_a_number_takes_the_form_and_the_marks_of_its_language(folder):
    wordings = load_wordings(folder)
    assert wordings["en"].count(1, "count.feed") == "1 feed"
    assert wordings["en"].count(1200, "count.feed") == "1,200 feeds"
    assert wordings["fr"].count(1200, "count.feed") == "1\u202f200 flux"


@pytest.mark.parametrize(
    ("language", "day", "short", "moment"),
    [
        ("en", "28 January 2025", "28 Jan 2025", "28 January 2025, 06:05"),
        ("fr", "28 janvier 2025", "28 janv. 2025", "28 janvier 2025, 06:05"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(folder, language, day, short, moment):
    words = load_wordings(folder)[language]
    assert words.day(date(2025, 1, 28)) == day
    assert words.short_day(date(2025, 1, 28)) == short
    assert words.moment(datetime(2025, 1, 28, 6, 5, tzinfo=UTC)) == moment


@pytest.mark.parametrize(
    ("start", "end", "precision", "english", "french"),
    [
        (None, None, Precision.UNKNOWN, "date not given", "date non précisée"),
        ("2025-02-01", None, Precision.DAY, "1 February 2025", "1 février 2025"),
        *_both("2025-02-12", "2025-02-13", Precision.DAY, "12–13 février 2025"),
        *_both("2025-02-27", "2025-03-02", Precision.DAY, "27 février – 2 mars 2025"),
        *_both("2024-12-30", "2025-01-02", Precision.DAY, "30 décembre 2024 – 2 janvier 2025"),
        *_both("2025-03", "2025-06", Precision.MONTH, "mars 2025 – juin 2025"),
        *_both("2025-Q4", None, Precision.QUARTER, "quatrième trimestre 2025"),
        *_both("2025", None, Precision.YEAR, "2025"),
    ],
)
def test_dates_of_visits_are_as_exact_as_they_are_known(start, end, precision, english, french):
    wordings, dates = load_wordings(SHIPPED), VisitDates(start, end, precision)
    assert wordings["en"].dates(dates) == english == format_dates(dates)
    assert wordings["fr"].dates(dates) == french


@given(st.dates(), st.dates())
def test_english_dates_are_those_of_lines_that_are_told_elsewhere(first, last):
    for precision, cut in ((Precision.DAY, 10), (Precision.MONTH, 7), (Precision.YEAR, 4)):
        days = VisitDates(first.isoformat()[:cut], last.isoformat()[:cut], precision)
        assert ENGLISH.dates(days) == format_dates(days)


@pytest.mark.parametrize("area", sorted(path.stem for path in (SHIPPED / "fr").glob("*.toml")))
def test_no_french_line_ends_before_a_mark_that_belongs_to_its_word(area):
    text = (SHIPPED / "fr" / f"{area}.toml").read_text("utf-8")
    said = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert re.findall(r"\S+ [:;!?»]|« \S+", said) == []


@pytest.mark.parametrize(
    ("locale", "language"),
    [("fr", "fr"), ("fr-CA", "fr"), ("en-GB", "en"), ("en_US", "en"), ("hi", "en"), ("", "en")],
)
def test_a_reader_gets_their_language_or_english(folder, locale, language):
    assert load_wordings(folder).choose(locale).language == language


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("fr/feeds.toml", 'none = "Aucun flux."', "must fill in"),
        ("fr/feeds.toml", 'nothing = "Aucun {place}"', "feeds.none is missing"),
        ("fr/more.toml", 'new = "Nouveau"', "no text more.new in English"),
        ("en/feeds.toml", 'none = "No {place.name}"', "between braces stands one name"),
        ("en/feeds.toml", 'none = "No {place"', "brace"),
        ("en/feeds.toml", "none = 5", "quotation marks"),
        ("en/feeds.toml", "none = ", "TOML"),
        ("fr/language.toml", 'name = "Français"', "known formats"),
        ("fr/language.toml", 'name = "F"\nformats = "tlh_XX"', "known formats"),
    ],
)
def test_a_wrong_file_is_refused_when_it_is_loaded_with_its_name(folder, file, text, told):
    (folder / file).write_text(text)
    with pytest.raises(PromptError, match=told):
        load_wordings(folder)


def test_english_can_not_be_left_out(folder):
    shutil.rmtree(folder / "en")
    with pytest.raises(PromptError, match="no folder en"):
        load_wordings(folder)
