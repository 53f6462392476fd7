"""Figures, dates, names, quotations and words: what a line may say otherwise, and what not."""

import pytest
from check_samples import find

SOURCE = (
    "Norway's trade ministry said on Tuesday that exports of up to 40 million tonnes had risen "
    "before the talks in the second half of June."
)


@pytest.mark.parametrize(
    "line",
    [
        "Exports of up to 40m tonnes had increased, the Norwegian trade ministry said.",
        "Exports had grown before the negotiations, the trade ministry in Norway said.",
        "The ministry said on Tuesday that exports had risen before the talks in June.",
        "Exports of as much as 40,000,000 tonnes had risen before the second half of June's talks.",
    ],
)
def test_the_same_in_other_words_is_kept(line: str) -> None:
    assert find(line, SOURCE) is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Exports of at least 40 million tonnes had risen.", "number"),
        ("Exports of up to 40 billion tonnes had risen.", "number"),
        ("Exports of up to 40 million barrels had risen.", "number"),
        ("Exports had risen before the talks in the first half of June.", "date"),
        ("The trade ministry said on Wednesday that exports had risen.", "date"),
        ("Sweden's trade ministry said that exports had risen.", "name"),
        ("Exports had risen after the talks.", "opposite"),
        ("Imports had risen before the talks.", "opposite"),
        ("Exports had fallen before the talks.", "opposite"),
        ("Exports of armed drones had risen before the talks.", "word"),
        ('The ministry said that "exports had soared".', "quotation"),
        ('The ministry said: "Exports had risen before the talks".', "quotation"),
    ],
)
def test_what_the_source_does_not_say_is_found(line: str, reason: str) -> None:
    fault = find(line, SOURCE)
    assert fault is not None
    assert fault.reason == reason


def test_a_reason_tells_another_sentence_from_nowhere() -> None:
    elsewhere = find("Exports of 7 ships had risen.", SOURCE, before="Norway sold 7 ships.")
    nowhere = find("Exports of 8 ships had risen.", SOURCE, before="Norway sold 7 ships.")
    assert elsewhere is not None
    assert "another sentence" in elsewhere.detail
    assert nowhere is not None
    assert "nowhere" in nowhere.detail


def test_a_quotation_may_leave_out_what_it_marks_as_left_out() -> None:
    source = '"We will buy ships, grey ones, from Norway," Jon Brandt said.'
    assert find('"We will buy ships … from Norway," Jon Brandt said.', source) is None
    assert find('"We will buy … jets from Norway," Jon Brandt said.', source) is not None


@pytest.mark.parametrize("line", ["", " ", "—", "\u200b", "???", '""', "«»", "'", "।", "a" * 9000])
def test_an_odd_source_carries_nothing(line: str) -> None:
    assert find(SOURCE, f"{line} x") is not None


@pytest.mark.parametrize("line", ["", " ", "\n"])
def test_a_line_that_says_nothing_is_no_line(line: str) -> None:
    fault = find(line, SOURCE)
    assert fault is not None
    assert fault.reason == "empty"
