"""Stories and copies."""

import random

from stage_samples import load_seeds

from bot.stories import group_stories


def test_a_wire_text_on_two_sites_is_one_source_and_a_call_is_not_the_later_visit() -> None:
    articles = load_seeds()
    by_name = {found.guid: found.id for found in articles}
    stories = group_stories(articles)
    copies = {group for story in stories for group in story.copies if len(group) > 1}
    assert copies == {frozenset({by_name["a01"], by_name["a02"]})}
    story_of = {member: story.key for story in stories for member in story.article_ids}
    assert story_of[by_name["a01"]] == story_of[by_name["a02"]]
    assert story_of[by_name["a01"]] != story_of[by_name["a09"]]


def test_stories_do_not_depend_on_order() -> None:
    articles = load_seeds()
    expected = group_stories(articles)
    for seed in range(5):
        random.Random(seed).shuffle(articles)
        assert group_stories(articles) == expected


def test_nothing_gives_no_story() -> None:
    assert group_stories([]) == ()
