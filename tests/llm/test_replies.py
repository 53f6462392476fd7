"""Answering without a model: what is quoted of the passages, in what order, and when nothing."""

from stage_samples import article

from bot.llm.replies import MAX_LINES, choose_lines
from bot.model import Passage

OLD = article("One. Two. Three. Four. Five. Six. Seven.", number=1)
NEW = article("First. Second.", number=2, published="2025-03-01T06:00+00:00")


def _passage(hit: int, score: float, **changes: object) -> Passage:
    found = changes.pop("article", OLD)
    return Passage(article=found, sentences=found.sentences, score=score, hit=hit, **changes)


def test_the_hits_are_quoted_newest_first() -> None:
    draft = choose_lines("", [_passage(1, 0.5), _passage(2, 0.4, article=NEW)])
    assert draft.lines == (("Second.", ((2, 2),)), ("One.", ((1, 1),)))


def test_much_less_likely_sentences_are_left_out() -> None:
    draft = choose_lines("", [_passage(1, 0.9), _passage(2, 0.05)])
    assert [text for text, _ in draft.lines] == ["One."]


def test_at_most_so_many_are_quoted_and_fewer_of_each_part() -> None:
    one = [_passage(n, 0.2) for n in range(1, 8)]
    assert len(choose_lines("", one).lines) == MAX_LINES
    two = [*one[:4], *(_passage(n, 0.2, part=1) for n in range(4, 8))]
    texts = [text for text, _ in choose_lines("", two).lines]
    assert texts == ["One.", "Two.", "Three.", "Four.", "Five.", "Six."]


def test_a_part_that_is_not_told_is_not_answered() -> None:
    told, untold = _passage(1, 0.5), _passage(2, 0.9, part=1, told=0.0)
    assert [text for text, _ in choose_lines("", [told, untold]).lines] == ["One."]
    assert choose_lines("", [untold]).lines == ()
    assert choose_lines("", []).lines == ()
