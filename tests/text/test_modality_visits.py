"""What state of a visit a sentence tells of; nothing that is only floated is ever confirmed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import VisitStatus
from bot.text.visitstates import visit_status

FOLDER = Path(__file__).parents[1] / "data" / "visits"
UNSETTLED = {VisitStatus.POSSIBLE, VisitStatus.PLANNED}


def read_lines(name: str) -> list[list[str]]:
    """The sample sentences of a file, each in its parts."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("|") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("language", "sentence", "host", "_dates", "status"), read_lines("stays.txt")
)
def test_a_sentence_tells_the_state_of_its_visit(
    language: str, sentence: str, host: str, _dates: str, status: str
) -> None:
    assert visit_status(sentence, language, sentence.index(host)) == status


@pytest.mark.parametrize(("language", "sentence"), read_lines("floated.txt"))
def test_what_is_floated_is_never_confirmed(language: str, sentence: str) -> None:
    host = sentence.index("लीमा" if language == "hi" else "Lima")
    for at in (None, *range(0, len(sentence), 3), host):
        assert visit_status(sentence, language, at) in UNSETTLED


@pytest.mark.parametrize(
    ("sentence", "host", "status"),
    [
        ("The talks were called off, but she will visit Lima on 12 March.", "Lima", "confirmed"),
        ("She will visit Lima on 12 March because the tariffs were postponed.", "Lima",
         "confirmed"),
        ("She will visit Lima in May, where the strike was called off.", "Lima", "confirmed"),
        ("The visit to Lima, planned for May, was called off.", "Lima", "cancelled"),
        ("She was to visit Lima in May, but has now called it off.", "Lima", "cancelled"),
        ("She was urged to call off her visit to Lima in May.", "Lima", "planned"),
        ("Her visit to Lima in May could be postponed.", "Lima", "possible"),
        ("She denied that her visit to Lima in May had been called off.", "Lima", "confirmed"),
        ("She was due to visit Lima in May but fell ill.", "Lima", "planned"),
        ("Neither side has called off the visit to Lima in May.", "Lima", "planned"),
    ],
)  # fmt: skip
def test_only_the_visit_itself_can_be_off(sentence: str, host: str, status: str) -> None:
    assert visit_status(sentence, "en", sentence.index(host)) == status


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officials said", "planned"),
        ("a source close to the palace said", "planned"),
        ("according to two people familiar with the plans", "planned"),
        ("diplomats in Lima said", "planned"),
        ("the ministry said", "confirmed"),
        ("her spokesman said", "confirmed"),
        ("ministry official Ravi Kumar said", "confirmed"),
        ("according to Foreign Minister Ana Rell", "confirmed"),
    ],
)
def test_who_has_no_name_confirms_nothing(who: str, status: str) -> None:
    sentence = f"The queen will visit Lima on 12 March, {who}."
    assert visit_status(sentence, "en", sentence.index("Lima")) == status


@given(st.text(), st.sampled_from(["en", "fr", "es", "hi", "xx"]), st.none() | st.integers(-9, 99))
def test_any_text_has_a_state(text: str, language: str, at: int | None) -> None:
    assert visit_status(text, language, at) in VisitStatus


@pytest.mark.parametrize(
    ("sentence", "host", "status"),
    [
        ("She will not travel to Lima next week as planned, her office said.", "Lima", "cancelled"),
        ("She will not travel to Lima next week, her office said.", "Lima", "possible"),
        ("She will arrive in Lima on 2 May, a week earlier than planned, her office said.", "Lima",
         "confirmed"),
        ("She met the king in Lima on the second day of her visit.", "Lima", "underway"),
        ("She is travelling to Lima next week.", "Lima", "confirmed"),
        ("A visit that the defence minister of Norway, Otto Berg, who took office in the summer, "
         "was to make to Lima from Tuesday on is postponed.", "Lima", "postponed"),
    ],
)  # fmt: skip
def test_what_stands_around_the_trip_tells_its_state(sentence: str, host: str, status: str) -> None:
    assert visit_status(sentence, "en", sentence.index(host)) == status
