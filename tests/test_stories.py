"""Stories and copies."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stage_samples import analyse, load_seeds
from story_samples import (
    CUT,
    DIARY,
    EDITED,
    OTHER_WIRE,
    WIRE,
    fill,
    list_radar,
    list_visit,
    tell,
)

from bot.model import Article, VisitStatus
from bot.stories import forget_retold, group_stories
from bot.visits import build_ledger

SEEDS = load_seeds()
POOL = [
    *SEEDS,
    *(replace(found, id=found.id + 100) for found in (*list_visit(), *list_radar())),
    *(
        replace(tell(text, 200 + number), id=200 + number)
        for number, text in enumerate((WIRE, EDITED, CUT, OTHER_WIRE, DIARY))
    ),
]


def copies_among(articles: Sequence[Article]) -> set[frozenset[int]]:
    return {group for story in group_stories(articles) for group in story.copies if len(group) > 1}


def stories_of(articles: Sequence[Article]) -> set[tuple[int, ...]]:
    return {story.article_ids for story in group_stories(articles)}


# ---------------------------------------------------------------- copies


def test_a_wire_text_on_two_sites_is_one_source_and_a_call_is_not_the_later_visit() -> None:
    by_name = {found.guid: found.id for found in SEEDS}
    stories = group_stories(SEEDS)
    copies = {group for story in stories for group in story.copies if len(group) > 1}
    assert copies == {frozenset({by_name["a01"], by_name["a02"]})}
    story_of = {member: story.key for story in stories for member in story.article_ids}
    assert story_of[by_name["a01"]] == story_of[by_name["a02"]]
    assert story_of[by_name["a01"]] != story_of[by_name["a09"]]


def test_one_wire_on_five_sites_over_two_weeks_is_one_source() -> None:
    posted = [
        tell(WIRE, 1, on="2025-03-12"),
        tell(EDITED, 2, on="2025-03-12"),
        tell(CUT, 3, on="2025-03-13"),
        tell(WIRE, 4, on="2025-03-18"),
        tell(EDITED.upper(), 5, on="2025-03-26"),
        tell(OTHER_WIRE, 6, on="2025-03-13"),
    ]
    assert copies_among(posted) == {frozenset({1, 2, 3, 4, 5})}


def test_a_round_up_that_holds_two_wires_does_not_make_them_copies() -> None:
    round_up = "\n\n".join([fill(2, 30), WIRE, fill(3, 30), OTHER_WIRE, fill(4, 30)])
    assert copies_among([tell(WIRE, 1), tell(OTHER_WIRE, 2), tell(round_up, 3)]) == set()


def test_copies_find_each_other_behind_a_text_that_holds_them_both() -> None:
    round_up = f"{WIRE}\n\n{fill(2, 90)}"
    posted = [tell(round_up, 1, on="2025-03-11"), tell(WIRE, 2), tell(EDITED, 3)]
    assert copies_among(posted) == {frozenset({2, 3})}


def test_a_teaser_under_the_same_title_is_a_copy_and_a_quotation_is_not() -> None:
    teaser = WIRE.split("\n\n", maxsplit=1)[0]
    long = f"{WIRE}\n\n{DIARY}"
    whole = tell(long, 1, title="Ledania orders 18 drones")
    assert copies_among([whole, tell(teaser, 2, title="Quoted: one line")]) == set()
    assert copies_among([whole, tell(teaser, 2, title="LEDANIA ORDERS 18 DRONES!")]) == {
        frozenset({1, 2})
    }


def test_a_form_that_is_filled_in_anew_each_day_is_no_copy() -> None:
    form = (
        "Karsk grain exchange, closing prices. Milling wheat closed at {} a tonne, feed barley "
        "at {} a tonne and rapeseed at {} a tonne on a volume of {} lots. The next session "
        "opens at the usual hour and the exchange thanks its members for an orderly day."
    )
    monday, tuesday = form.format(211, 188, 455, 9120), form.format(214, 190, 449, 8734)
    assert copies_among([tell(monday, 1), tell(tuesday, 2)]) == set()


def test_texts_of_one_word_are_copies_only_of_themselves() -> None:
    assert copies_among([tell("Yes.", 1), tell("No.", 2), tell("Yes!", 3)]) == {frozenset({1, 3})}


# ---------------------------------------------------------------- stories


def test_a_visit_is_one_story_from_the_first_rumour_to_the_end() -> None:
    articles = [*list_visit(), tell(WIRE, 5), tell(OTHER_WIRE, 6), tell(DIARY, 7)]
    assert (1, 2, 3) in stories_of(articles)


def test_one_event_in_three_languages_and_two_scripts_is_one_story() -> None:
    articles = [*list_radar(), *list_visit(), tell(WIRE, 5), tell(OTHER_WIRE, 6)]
    assert (11, 12, 13) in stories_of(articles)


def test_a_live_blog_and_its_short_wire_are_one_story_of_two_sources() -> None:
    blog = "\n\n".join(
        [
            "LIVE: Ledania signs for coastal drones. Follow our rolling coverage from Karsk.",
            "4:10 pm - Colonel Ivo Radanek of the defence ministry says the drones were the "
            "cheapest of three offers.",
            "3:40 pm - Talon Avionics expects to hire in Karsk. The union wants to see papers.",
            "2:05 pm - Fishermen at the quay hope that the drones will not count their nets.",
            "1:30 pm - The Heron-Gull flies for most of a day, Talon says, and carries a radar.",
            "1:00 pm - The defence minister of Ledania arrives with a pen and signs at once.",
            *(f"{hour}:00 am - We are waiting. It rains in Karsk." for hour in range(7, 12)),
        ]
    )
    articles = [tell(WIRE, 1), tell(blog, 2), tell(OTHER_WIRE, 3), *list_radar()]
    assert (1, 2) in stories_of(articles)
    assert copies_among(articles) == set()


def test_a_correction_is_in_the_story_of_its_article_and_no_copy_of_it() -> None:
    correction = (
        "An earlier report said that Ledania would pay 96 million euros for its coastal drones "
        "from Talon Avionics. The defence ministry in Karsk has since given the price of the 18 "
        "Heron-Gull drones as 69 million euros. We are sorry for the error."
    )
    articles = [
        tell(WIRE, 1, title="Ledania orders 18 drones from Talon"),
        tell(correction, 2, on="2025-03-14", title="Correction: Ledania's drones from Talon"),
        tell(OTHER_WIRE, 3),
        *list_radar(),
    ]
    assert (1, 2) in stories_of(articles)
    assert copies_among(articles) == set()


def test_a_window_that_holds_one_event_alone_is_one_story() -> None:
    told = "At Storvik the ferry Grey Gannet struck the Hammerfeld quay with Captain Velquist."
    articles = [
        tell(f"{told}\n\n{fill(number, 3)}", number, title=f"Ferry Gannet: witness {number}")
        for number in range(1, 31)
    ]
    assert len(group_stories(articles)) == 1


def test_two_purchases_of_one_ministry_are_two_stories() -> None:
    drones = WIRE.replace("Ledania", "Norway").replace("KARSK", "OSLO").replace("Karsk", "Oslo")
    tugs = (
        "The ministry of defence in Oslo has bought three harbour tugs from the Veldt yard for "
        "11 million euros. Norway's old tugs leaked, harbour master Edda Quill said."
    )
    articles = [
        tell(drones, 1, title="Norway orders 18 drones from Talon"),
        tell(tugs, 2, title="Norway buys three tugs from Veldt"),
        tell(OTHER_WIRE, 3),
    ]
    assert stories_of(articles) == {(1,), (2,), (3,)}


# ---------------------------------------------------------------- visits told again


def test_a_report_that_is_posted_again_does_not_undo_what_came_between() -> None:
    visit = (
        "Prime Minister Narendra Modi will visit France from 10 to 12 April, the foreign "
        "ministry said. He will meet President Emmanuel Macron in Paris and open a consulate in "
        "Marseille. The two sides will also talk about nuclear energy and space."
    )
    put_off = "Prime Minister Narendra Modi has postponed his visit to France, the ministry said."
    analyses = [
        analyse(tell(visit, 1, on="2025-03-12")),
        analyse(tell(put_off, 2, on="2025-03-14")),
        analyse(tell(visit.replace("open a", "inaugurate a"), 3, on="2025-03-16")),
    ]
    stories = group_stories([known.article for known in analyses])
    kept = forget_retold(analyses, stories)
    assert [bool(known.analysis.mentions) for known in kept] == [True, True, False]
    now = datetime(2025, 3, 17, tzinfo=UTC)
    assert [visit.status for visit in build_ledger(analyses, now)] == [VisitStatus.CONFIRMED]
    assert [visit.status for visit in build_ledger(kept, now)] == [VisitStatus.POSTPONED]


def test_a_new_date_in_a_text_that_is_posted_again_is_kept() -> None:
    visit = "Narendra Modi will visit France on {} April, the ministry said. " + OTHER_WIRE
    analyses = [
        analyse(tell(visit.format(10), 1, on="2025-03-12")),
        analyse(tell(visit.format(14), 2, on="2025-03-16")),
    ]
    stories = group_stories([known.article for known in analyses])
    assert len(stories[0].copies) == 1
    assert forget_retold(analyses, stories) == analyses


# ---------------------------------------------------------------- order and identity


@settings(max_examples=25)
@given(st.sets(st.sampled_from(range(len(POOL)))), st.randoms(use_true_random=False))
def test_stories_do_not_depend_on_order(chosen: Iterable[int], rng: random.Random) -> None:
    articles = [POOL[index] for index in sorted(chosen)]
    expected = group_stories(articles)
    rng.shuffle(articles)
    assert group_stories(articles) == expected


@settings(max_examples=25)
@given(st.sets(st.sampled_from(range(len(POOL)))))
def test_every_article_is_in_one_story_and_in_one_group_of_copies(chosen: Iterable[int]) -> None:
    ids = sorted(POOL[index].id for index in chosen)
    stories = group_stories([POOL[index] for index in chosen])
    assert sorted(member for story in stories for member in story.article_ids) == ids
    assert len({story.key for story in stories}) == len(stories)
    for story in stories:
        copied = sorted(member for group in story.copies for member in group)
        assert copied == sorted(story.article_ids)


def test_a_new_member_does_not_rename_its_story_however_early_it_was_published() -> None:
    story, latecomer = list_visit()[1:], replace(list_visit()[0], id=9)
    (before,) = group_stories(story)
    (after,) = group_stories([latecomer, *story])
    assert before.key == after.key == story[0].url
    assert after.article_ids == (9, 2, 3)


@pytest.mark.parametrize("first", [1, 4])
def test_stories_that_merge_go_on_under_the_key_of_the_first_article(first: int) -> None:
    start, end = list_visit()[0], list_visit()[2]
    start = replace(start, id=first)
    (merged,) = group_stories([start, end])
    assert merged.key == (start.url if first == 1 else end.url)


def test_nothing_gives_no_story() -> None:
    assert group_stories([]) == ()


def test_articles_without_a_title_or_a_word_are_stories_of_their_own() -> None:
    bare = [
        replace(tell("12 + 30 = 42", 1), title=""),
        replace(tell("…", 2), title="", sentences=()),
        tell(OTHER_WIRE, 3),
    ]
    assert stories_of(bare) == {(1,), (2,), (3,)}
