"""What of a claimed visit its sentences carry: who, where, when, how sure, and what for."""

from dataclasses import replace

import pytest
from stage_samples import article

from bot.extract import ground_draft
from bot.ground_visits import LONGEST, ground_visit
from bot.model import Draft, DraftVisit, Drop, Mention, Precision, VisitDates, VisitStatus

TOLD = article(
    "President Ana Ruiz of Talia will visit Norway on 12 May for talks on fish.\n\n"
    "Talia's minister, Otto Berg, spoke of exports.\n\n"
    "The visit was called off, her office said.\n\n"
    "She will be welcomed by the king.\n\n"
    "Ruiz has landed, a newspaper wrote.",
    title="Ruiz and Norway",
)
CLAIM = DraftVisit(
    visitor="Ana Ruiz",
    host="Norway",
    place=None,
    date_text="12 May",
    status=VisitStatus.CONFIRMED,
    sentences=(1,),
)
DAY = VisitDates("2025-05-12", None, Precision.DAY)


def mention_of(**changes: object) -> Mention:
    verdict = ground_visit(replace(CLAIM, **changes), TOLD, "test")  # type: ignore[arg-type]
    assert isinstance(verdict, Mention), verdict
    return verdict


def reason_for(**changes: object) -> str:
    verdict = ground_visit(replace(CLAIM, **changes), TOLD, "test")  # type: ignore[arg-type]
    assert isinstance(verdict, Drop), verdict
    return verdict.reason


def test_what_the_sentence_tells_is_kept_with_it() -> None:
    mention = mention_of()
    assert (mention.status, mention.dates) == (VisitStatus.CONFIRMED, DAY)
    assert (mention.evidence.sentence, mention.more) == (1, ())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"visitor": "Norway"}, "role"),
        ({"visitor": "Norway", "host": "Peru"}, "role"),
        ({"host": "Otto Berg"}, "role"),
        ({"visitor": "Emil Krog"}, "name"),
        ({"host": "Japan"}, "name"),
        ({"sentences": (99,)}, "evidence"),
        ({"sentences": ()}, "evidence"),
    ],
)
def test_who_and_where_must_be_a_person_and_a_place_of_the_sentence(
    changes: dict[str, object], reason: str
) -> None:
    assert reason_for(**changes) == reason


def test_a_sentence_longer_than_any_prose_tells_no_visit() -> None:
    endless = article("President Ana Ruiz will visit Norway and " * (LONGEST // 20))
    verdict = ground_visit(CLAIM, endless, "test")
    assert isinstance(verdict, Drop)
    assert verdict.reason == "length"


def test_nobody_visits_the_country_that_he_governs() -> None:
    home = replace(CLAIM, host="Talia", date_text="")
    told = article("President Ana Ruiz of Talia will visit Talia's north. Talia's army waits.")
    kept = ground_draft(Draft(visits=(home,)), told, "test", frozenset({"visits"}))
    assert [drop.reason for drop in kept.drops] == ["visit"]
    assert "at home" in kept.drops[0].detail


def test_another_sentence_may_say_that_it_is_off() -> None:
    mention = mention_of(status=VisitStatus.CANCELLED, sentences=(1, 3))
    assert mention.status is VisitStatus.CANCELLED
    assert [one.sentence for one in mention.more] == [3]


def test_a_state_that_no_sentence_tells_is_lowered_to_theirs() -> None:
    for claimed in (VisitStatus.CANCELLED, VisitStatus.POSTPONED, VisitStatus.COMPLETED):
        assert mention_of(status=claimed).status is VisitStatus.CONFIRMED
    assert mention_of(status=VisitStatus.POSSIBLE).status is VisitStatus.POSSIBLE


def test_what_lies_ahead_has_not_begun() -> None:
    mention = mention_of(status=VisitStatus.UNDERWAY, sentences=(1, 5))
    assert (mention.status, mention.dates) == (VisitStatus.CONFIRMED, DAY)


def test_what_has_begun_did_not_begin_next_week() -> None:
    told = article("President Ana Ruiz of Talia arrived in Norway on Thursday.")  # on a Tuesday
    mention = ground_visit(
        replace(CLAIM, date_text="Thursday", status=VisitStatus.COMPLETED), told, "test"
    )
    assert isinstance(mention, Mention)
    assert mention.dates.start == "2025-01-23"


@pytest.mark.parametrize("date_text", ["13 May", "next month", "", "fish"])
def test_a_date_whose_words_no_cited_sentence_has_is_none(date_text: str) -> None:
    assert mention_of(date_text=date_text).dates == VisitDates()


def test_a_date_may_stand_in_another_cited_sentence_about_the_same_place() -> None:
    told = article("Norway expects Ana Ruiz of Talia for a visit.\n\nShe will come on 12 May.")
    mention = ground_visit(replace(CLAIM, sentences=(1, 2)), told, "test")
    assert isinstance(mention, Mention)
    assert mention.dates == DAY
    assert [one.sentence for one in mention.more] == [2]


def test_the_date_of_another_stop_is_not_this_ones() -> None:
    told = article("Norway expects Ana Ruiz of Talia for a visit.\n\nShe visits Peru on 12 May.")
    mention = ground_visit(replace(CLAIM, sentences=(1, 2)), told, "test")
    assert isinstance(mention, Mention)
    assert mention.dates == VisitDates()


def test_the_length_of_a_stay_gives_its_last_day() -> None:
    told = article("President Ana Ruiz of Talia begins a three-day visit to Norway on 12 May.")
    mention = ground_visit(CLAIM, told, "test")
    assert isinstance(mention, Mention)
    assert mention.dates == VisitDates("2025-05-12", "2025-05-14", Precision.DAY)


def test_a_sentence_without_a_place_leans_on_one_that_names_the_host() -> None:
    mention = mention_of(sentences=(4, 1), date_text="")
    assert (mention.evidence.sentence, [one.sentence for one in mention.more]) == (4, [1])
    alone = mention_of(sentences=(4,), date_text="")
    assert [one.sentence for one in alone.more] == [1], "found soon before it"


def test_a_visit_that_was_over_long_ago_is_background() -> None:
    told = article("President Ana Ruiz of Talia visited Norway on 12 May 2021.")
    verdict = ground_visit(replace(CLAIM, date_text="12 May 2021"), told, "test")
    assert isinstance(verdict, Drop)
    assert verdict.reason == "background"


@pytest.mark.parametrize(
    ("purpose", "kept"),
    [
        ("for talks on fish", "for talks on fish"),
        ("for talks on ships", ""),
        ("spoke of exports", ""),
        ("", ""),
    ],
)
def test_what_for_is_kept_in_the_words_of_a_sentence_that_is_shown(purpose: str, kept: str) -> None:
    assert mention_of(purpose=purpose).purpose == kept


def test_the_country_whose_minister_comes_is_not_where_he_goes() -> None:
    told = article(
        "Lima is ready, and all of Peru with it.\n\n"
        "India's minister, Otto Berg, will come to the port city after Easter."
    )
    claim = replace(CLAIM, visitor="Otto Berg", host="Peru", date_text="", sentences=(2, 1))
    assert isinstance(ground_visit(claim, told, "test"), Mention)


def test_the_capital_of_a_people_is_the_host() -> None:
    told = article(
        "El presidente de España, Pedro Sánchez, se desplazará a la capital marroquí.",
        language="es",
    )
    claim = replace(CLAIM, visitor="Pedro Sánchez", host="Morocco", date_text="")
    assert isinstance(ground_visit(claim, told, "test"), Mention)


def test_the_day_of_a_visit_is_counted_back_to_its_first() -> None:
    told = article(
        "On the second day of her visit to Norway, Peru's president, Ana Ruiz, saw a port on "
        "Wednesday.",
        published="2026-03-04T12:00:00+00:00",
    )
    claim = replace(CLAIM, date_text="Wednesday", status=VisitStatus.UNDERWAY)
    verdict = ground_visit(claim, told, "test")
    assert isinstance(verdict, Mention)
    assert verdict.dates.start == "2026-03-03"
