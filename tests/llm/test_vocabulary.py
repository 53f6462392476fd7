"""The words of a topic: sure, unsure, and inside a trap none."""

from dataclasses import replace

from stage_samples import TOPICS

from bot.llm.vocabulary import find_hits
from bot.model import Topic

TRADE = replace(
    TOPICS[1],
    vocabulary={
        "en": ("trade", "tariff*", "duty on", "(steel)", "(grain*)"),
        "fr": ("droit de douane", "marché"),
        "hi": ("फ़ायदा", "शुल्क"),
    },
    traps={"en": ("tricks of the trade", "trade union*")},
)


def test_sure_and_unsure_words_are_told_apart() -> None:
    hits = find_hits("A tariff on steel hurts trade.", TRADE, "en")
    assert (hits.sure, hits.unsure, hits.traps) == ({"tariff", "trade"}, {"steel"}, frozenset())


def test_a_word_is_counted_once_in_all_its_forms() -> None:
    assert find_hits("Tariffs beget tariffs: a TARIFF-free tariff.", TRADE, "en").sure == {"tariff"}


def test_a_word_is_found_whole_only() -> None:
    assert find_hits("The tradesman grained the seduty on top.", TRADE, "en").sure == frozenset()


def test_what_stands_inside_a_trap_is_no_hit() -> None:
    hits = find_hits("The trade unions know the tricks of the trade.", TRADE, "en")
    assert (hits.sure, hits.traps) == (frozenset(), {"trade unions", "tricks of the trade"})


def test_accents_case_and_nuktas_do_not_matter() -> None:
    assert find_hits("LE MARCHE ET LE DROIT DE DOUANE", TRADE, "fr").sure == {"marche", "droit "}
    assert len(find_hits("फायदा और शुल्क", TRADE, "hi").sure) == 2


def test_a_language_that_the_topic_lacks_is_read_with_the_english_words() -> None:
    assert find_hits("Der tariff steigt.", TRADE, "de").sure == {"tariff"}
    assert find_hits("El tariff sube.", TRADE, "es").sure == {"tariff"}


def test_a_topic_without_english_words_finds_nothing_in_other_languages() -> None:
    topic: Topic = replace(TRADE, vocabulary={"fr": ("droit",)}, traps={})
    assert find_hits("A tariff on steel.", topic, "en").sure == frozenset()


def test_only_the_start_of_an_endless_text_is_read() -> None:
    assert find_hits(f"{'x ' * 2000} tariff", TRADE, "en").sure == frozenset()
