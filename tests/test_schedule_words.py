"""Times, days and zones as people write them, and an order as it is read back."""

import re
from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schedule_samples import EVERY_DAY, order

from bot.errors import InputError
from bot.schedule.telling import describe
from bot.schedule.words import Timing, parse_days, parse_times, parse_timing
from bot.schedule.zones import _CITIES, check_timezone

LONDON = "Europe/London"

# ---------------------------------------------------------------- times


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("06:00 18:30", ("06:00", "18:30")),
        ("18:30,06:00", ("06:00", "18:30")),
        ("6", ("06:00",)),
        ("6pm", ("18:00",)),
        ("6 PM and 6 a.m.", ("06:00", "18:00")),
        ("06.30", ("06:30",)),
        ("7h, 18h30", ("07:00", "18:30")),
        ("12am, 12pm", ("00:00", "12:00")),
        ("06:00 6am 6", ("06:00",)),
    ],
)
def test_times_are_read_as_people_write_them(text, times):
    assert parse_times(text) == times


@pytest.mark.parametrize(
    "text",
    [
        "06:00:61",
        "06:00 daily; rm -rf /",
        "25:00",
        "24:00",
        "06:60",
        "0 6 * * *",
        "@daily",
        "06:00:00",
        "0am",
        "13pm",
        "-1",
        "٠٦:٠٠",
        "06:00\x00",
        "",
        " , ",
        "9" * 10_000,
        " ".join(f"{hour}:{minute}" for hour in range(24) for minute in (10, 20)),
    ],
)
def test_what_is_no_time_of_day_is_refused_in_one_line_with_an_example(text):
    with pytest.raises(InputError) as refusal:
        parse_times(text)
    message = str(refusal.value)
    assert len(message) < 150
    assert re.search(r"06:00|up to", message)


@given(st.text(max_size=40))
def test_any_text_is_either_times_or_an_input_error(text):
    try:
        times = parse_times(text)
    except InputError:
        return
    assert times
    assert all(re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", at) for at in times)


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", EVERY_DAY),
        ("daily", EVERY_DAY),
        ("every day", EVERY_DAY),
        ("mon-fri", (1, 2, 3, 4, 5)),
        ("Monday to Friday", (1, 2, 3, 4, 5)),
        ("Mon – Fri", (1, 2, 3, 4, 5)),
        ("weekdays", (1, 2, 3, 4, 5)),
        ("weekends", (6, 7)),
        ("mon,wed,sun", (1, 3, 7)),
        ("sat-mon", (1, 6, 7)),
        ("tues and thur", (2, 4)),
    ],
)
def test_days_are_read_as_people_write_them(text, days):
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["1-5", "m", "mon-", "-fri", "mon-tue-wed", "fri;", "x" * 9999])
def test_what_is_no_day_is_refused_with_an_example(text):
    with pytest.raises(InputError, match="mon-fri"):
        parse_days(text)


# ---------------------------------------------------------------- zones


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("europe/london", "Europe/London"),
        (" America/New York ", "America/New_York"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("utc", "UTC"),
        ("London", "Europe/London"),
        ("new york", "America/New_York"),
        ("Washington", "America/New_York"),
        ("New Delhi", "Asia/Kolkata"),
        ("Istanbul", "Europe/Istanbul"),
        ("Singapore", "Singapore"),
    ],
)
def test_a_zone_is_found_however_it_is_spelt(name, zone):
    assert check_timezone(name) == zone


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("GMT+5", "an offset knows no summer time"),
        ("EST", "an offset knows no summer time"),
        ("pdt", "an offset knows no summer time"),
        ("Brest", "write one like Europe/London"),
        ("../../etc/passwd", "write one like Europe/London"),
        ("/usr/share/zoneinfo/UTC", "write one like Europe/London"),
        ("localtime", "write one like Europe/London"),
        ("", "write one like Europe/London"),
        ("a\x00b", "write one like Europe/London"),
        ("x" * 100_000, "write one like Europe/London"),
        ("Europe/Lodnon", "did you mean Europe/London"),
        ("Louisville", "did you mean America/Kentucky/Louisville or America/Louisville"),
    ],
)
def test_no_zone_is_refused_with_a_proposal(name, hint):
    with pytest.raises(InputError) as refusal:
        check_timezone(name)
    assert hint in str(refusal.value)
    assert len(str(refusal.value)) < 200


def test_every_city_of_ours_lies_in_a_zone():
    assert {check_timezone(city) for city in _CITIES} <= available_timezones()


# ---------------------------------------------------------------- all at once

WORKDAYS, WEEKEND = (1, 2, 3, 4, 5), (6, 7)


@pytest.mark.parametrize(
    ("text", "timing"),
    [
        ("07:00", Timing(("07:00",))),
        ("weekdays at 7am and 18:30 London time", Timing(("07:00", "18:30"), WORKDAYS, LONDON)),
        ("every weekday at 7am", Timing(("07:00",), WORKDAYS)),
        ("mon-fri 07:00 Europe/London", Timing(("07:00",), WORKDAYS, LONDON)),
        ("daily 6pm Paris time", Timing(("18:00",), EVERY_DAY, "Europe/Paris")),
        ("à 8h30", Timing(("08:30",))),
        ("Every day at 6 p.m. in New York.", Timing(("18:00",), EVERY_DAY, "America/New_York")),
        ("7 AM, weekends", Timing(("07:00",), WEEKEND)),
        ("Mondays and Thursdays at noon", Timing(("12:00",), (1, 4))),
        ("Monday to Friday at 8", Timing(("08:00",), WORKDAYS)),
        ("sat – mon 06.30 UTC", Timing(("06:30",), (1, 6, 7), "UTC")),
        ("every Tuesday, London time, 9:15", Timing(("09:15",), (2,), LONDON)),
        ("working days at midnight and 12 noon", Timing(("00:00", "12:00"), WORKDAYS)),
        ("07:00 America/Port-au-Prince", Timing(("07:00",), None, "America/Port-au-Prince")),
        ("7am in the Hague", Timing(("07:00",), None, "Europe/Amsterdam")),
        ("06:00 and 18:30", Timing(("06:00", "18:30"))),
    ],
)
def test_days_times_and_a_zone_are_read_from_one_sentence(text, timing):
    assert parse_timing(text) == timing


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "No time was given"),
        ("weekdays", "No time was given"),
        ("soon", "No time was given"),
        ("0 6 * * *", "neither a time, a day nor a time zone"),
        ("0 6 * * 1-5", "not a time of day"),
        ("@daily", "No time was given"),
        ("every 2 hours", "neither a time, a day nor a time zone"),
        ("every other day at 7", "neither a time, a day nor a time zone"),
        ("06:00 - 18:00", "neither a time, a day nor a time zone"),
        ("06:00 daily; rm -rf /", "neither a time, a day nor a time zone"),
        ("25:00 on weekdays", "not a time of day"),
        ("7am Lodnon", "neither a time, a day nor a time zone"),
        ("7am Europe/Lodnon", "did you mean Europe/London"),
        ("7am GMT+5", "an offset knows no summer time"),
        ("7am Louisville", "did you mean America/Kentucky/Louisville"),
        ("monday at 7 and friday at 8", "several orders"),
        ("7am monday 8am", "several orders"),
        ("London 7am Paris", "More than one time zone"),
        ("7am " * 100, "too long"),
        ("7am\x00", "not a time of day"),
    ],
)
def test_what_can_not_be_meant_is_refused_in_one_line_with_an_example(text, says):
    with pytest.raises(InputError, match=re.escape(says)) as refusal:
        parse_timing(text)
    assert len(str(refusal.value)) < 200
    assert "\n" not in str(refusal.value)


@given(
    st.lists(
        st.sampled_from(
            ["7am", "18:30", "mon-fri", "weekends", "london", "at", "and", "x", "*", "-"]
        )
    ).map(" ".join)
    | st.text(max_size=60)
)
def test_any_text_is_either_a_timing_or_an_input_error(text):
    try:
        timing = parse_timing(text)
    except InputError:
        return
    assert timing.times
    assert timing.timezone == "" or check_timezone(timing.timezone) == timing.timezone


# ---------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("subscription", "now", "words"),
    [
        (
            order("06:00", timezone="Europe/London"),
            datetime(2025, 1, 29, 18, tzinfo=UTC),
            "every day at 06:00 (Europe/London); next: Thu 30 January 2025, 06:00 GMT",
        ),
        (
            order(
                "06:00", "18:30", timezone="Etc/GMT+5", weekdays=(1, 2, 3, 4, 5), tags=("trade",)
            ),
            datetime(2025, 1, 29, 18, tzinfo=UTC),
            "Monday to Friday at 06:00 and 18:30 (Etc/GMT+5), trade only;"
            " next: Wed 29 January 2025, 18:30 UTC-5",
        ),
        (
            order("06:00", timezone="Asia/Kathmandu", weekdays=(1, 3, 7)),
            datetime(2025, 1, 29, 18, tzinfo=UTC),
            "every Monday, Wednesday and Sunday at 06:00 (Asia/Kathmandu);"
            " next: Sun 2 February 2025, 06:00 UTC+5:45",
        ),
        (
            order("02:30", timezone="America/New_York"),
            datetime(2026, 3, 8, 6, tzinfo=UTC),
            "every day at 02:30 (America/New_York); next: Sun 8 March 2026, 03:30 EDT",
        ),
        (
            order("06:00", weekdays=(3,)),
            datetime(2025, 1, 29, 6, tzinfo=UTC),
            "every Wednesday at 06:00 (UTC); next: Wed 5 February 2025, 06:00 UTC",
        ),
    ],
)
def test_an_order_is_read_back_with_its_next_slot(subscription, now, words):
    assert describe(subscription, now) == words


def test_the_words_of_an_order_can_be_given_back():
    assert parse_days("every Monday, Wednesday and Sunday".removeprefix("every ")) == (1, 3, 7)
    assert parse_times("06:00 and 18:30") == ("06:00", "18:30")
