"""Topics: the real ones load, a new one is one file, and a wrong one is refused."""

import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import PromptError
from bot.model import Topic
from bot.topics import load_topics

REAL = Path(__file__).parents[1] / "prompts" / "topics"
GOOD = """\
---
title: Fishing rights
order: 15
vocabulary:
  en: [Fishing Rights, trawler*, exclusive  economic zone, trawler*]
---
Who may fish where.
"""


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., tuple[Topic, ...]]:
    """Loads a folder with one topic of this text under this file name."""

    def load_with(text: str | bytes, name: str = "fish.md") -> tuple[Topic, ...]:
        (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return load_topics(tmp_path)

    return load_with


def test_the_real_topics_load_in_their_order() -> None:
    topics = load_topics(REAL)
    assert [(topic.tag, topic.title, topic.is_ledger) for topic in topics] == [
        ("defence", "Defence", False),
        ("trade", "Trade", False),
        ("visits", "Upcoming visits", True),
    ]


@pytest.mark.parametrize("tag", ["defence", "trade", "visits"])
def test_each_real_topic_has_words_in_four_languages(tag: str) -> None:
    (topic,) = (topic for topic in load_topics(REAL) if topic.tag == tag)
    for words in (topic.vocabulary, topic.traps):
        assert set(words) == {"en", "fr", "es", "hi"}
        for entries in words.values():
            assert list(entries) == [
                unicodedata.normalize("NFC", entry.lower()) for entry in entries
            ]
    for language, entries in topic.vocabulary.items():
        assert len(entries) >= 25, language
        assert not set(entries) & set(topic.traps[language])
    assert topic.description


def test_a_new_topic_is_one_file(tmp_path: Path) -> None:
    shutil.copytree(REAL, tmp_path / "topics")
    (tmp_path / "topics" / "fish-2.md").write_text(GOOD)
    topics = load_topics(tmp_path / "topics")
    assert [topic.tag for topic in topics] == ["defence", "fish-2", "trade", "visits"]
    assert topics[1] == Topic(
        tag="fish-2",
        title="Fishing rights",
        order=15,
        description="Who may fish where.",
        vocabulary={"en": ("fishing rights", "trawler*", "exclusive economic zone")},
        traps={},
        max_items=6,
        is_ledger=False,
    )


def test_topics_of_one_order_go_by_tag(load: Callable[..., tuple[Topic, ...]]) -> None:
    load(GOOD, "b.md")
    assert [topic.tag for topic in load(GOOD, "a.md")] == ["a", "b"]


def test_words_are_kept_in_the_form_of_clean_text(
    load: Callable[..., tuple[Topic, ...]],
) -> None:
    composed = "\u092b\u093c\u093e\u092f\u0926\u093e"
    legacy = "\u095e\u093e\u092f\u0926\u093e"
    (topic,) = load(GOOD.replace("Fishing Rights", legacy))
    assert topic.vocabulary["en"][0] == composed


def test_an_entry_in_brackets_is_kept_as_unsure(load: Callable[..., tuple[Topic, ...]]) -> None:
    (topic,) = load(GOOD.replace("Fishing Rights", "(Fishing  Boat*)"))
    assert topic.vocabulary["en"][0] == "(fishing boat*)"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("order: 15", "order: 15\nmax_item: 3", "'max_item' is not a setting"),
        ("order: 15", "", "'order' is missing"),
        ("title: Fishing rights", "", "'title' is missing"),
        ("title: Fishing rights", "title: ''", "'title' is wrong"),
        ("order: 15", "order: first", "'order' is wrong"),
        ("order: 15", "order: 15\nmax_items: 0", "'max_items' is wrong"),
        ("order: 15", "order: 15\nledger: maybe", "'ledger' is wrong"),
        ("vocabulary:\n  en: [", "words:\n  en: [", "'vocabulary' is missing"),
        ("vocabulary:\n  en: [", "vocabulary: [", "'vocabulary' is wrong"),
        ("en: [", "english: [", "vocabulary.english"),
        ("Fishing Rights", "fish* rights", "'vocabulary.en.0' is wrong"),
        ("Fishing Rights", "'*'", "'vocabulary.en.0' is wrong"),
        ("Fishing Rights", "''", "'vocabulary.en.0' is wrong"),
        ("Fishing Rights", "no", "'vocabulary.en.0' is wrong"),
        ("Fishing Rights", "(fishing", "'vocabulary.en.0' is wrong"),
        ("Fishing Rights", "'()'", "'vocabulary.en.0' is wrong"),
        ("order: 15", "order: 15\ntraps: {en: [(fish)]}", "'traps.en.0' is wrong"),
        ("order: 15", "order: 15\ntraps: {en: []}", "'traps.en' is wrong"),
        ("order: 15", "order: [15", "can't be read"),
        ("Who may fish where.", "  ", "no text below"),
    ],
)
def test_a_wrong_topic_is_refused_with_its_file_and_setting(
    load: Callable[..., tuple[Topic, ...]], old: str, new: str, words: str
) -> None:
    assert old in GOOD
    with pytest.raises(PromptError) as caught:
        load(GOOD.replace(old, new))
    assert "fish.md" in str(caught.value)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["Fish.md", "2fish.md", "fish_food.md", "fish food.md", "é.md"])
def test_a_file_name_that_can_not_be_a_tag_is_refused(
    load: Callable[..., tuple[Topic, ...]], name: str
) -> None:
    with pytest.raises(PromptError, match="file name is the tag"):
        load(GOOD, name)


def test_all_problems_of_a_file_are_told_at_once(load: Callable[..., tuple[Topic, ...]]) -> None:
    with pytest.raises(PromptError) as caught:
        load("---\ntitle: Fish\nsection: 3\n---\nText.")
    assert all(word in str(caught.value) for word in ("'order'", "'vocabulary'", "'section'"))


def test_a_folder_without_a_topic_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="no topic"):
        load_topics(tmp_path / "nowhere")


def test_a_file_that_is_not_text_is_refused(load: Callable[..., tuple[Topic, ...]]) -> None:
    with pytest.raises(PromptError, match="UTF-8"):
        load(b"\xff\xfe\x00")


def test_a_second_ledger_is_refused(load: Callable[..., tuple[Topic, ...]]) -> None:
    ledger = GOOD.replace("order: 15", "order: 15\nledger: true")
    load(ledger, "a.md")
    with pytest.raises(PromptError, match="a and b"):
        load(ledger, "b.md")
