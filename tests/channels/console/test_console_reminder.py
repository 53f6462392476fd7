"""A reminder in the terminal is one text that says the same as on any platform."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from calendar_samples import entry
from test_console_inert import HOSTILE

from bot.channels.console import ConsoleChannel
from bot.model import Citation, Item, Visit
from bot.ports import PLAIN

NOW = datetime(2025, 2, 9, 6, tzinfo=UTC)
MARK = "clixf6olnf47fstxma72zi32"
SOURCE = Citation(
    n=1,
    article_id=7,
    article_url="https://deccanledger.example/2025/02/dinner-with-trump-on-the-cards",
    outlet="Deccan Ledger",
    title="Modi likely to reach Washington on 12 February",
    published_at=datetime(2025, 2, 4, 13, 35, tzinfo=UTC),
    sentence=9,
    quote="On the military side, the pending items are a co-production deal for jet engines "
    "and a possible further batch of patrol aircraft.",
)
AGENDA = (
    Item(text=SOURCE.quote, citations=(SOURCE,)),
    Item(
        text="Officials expect energy to be an easy win.",
        citations=(
            replace(SOURCE, n=2, sentence=8, quote="Energy is an easy win, officials expect."),
        ),
    ),
)


def remind(
    visit: Visit,
    agenda: tuple[Item, ...] = AGENDA,
    *,
    days: int = 3,
    note: str = "",
) -> str:
    (payload,) = ConsoleChannel(StringIO()).render_reminder(
        entry(visit), agenda, MARK, days=days, note=note, look=PLAIN
    )
    return str(payload["text"])


def test_a_reminder_looks_as_its_golden_file(
    visits: tuple[Visit, ...], golden: Callable[[str, str], None]
) -> None:
    visit = replace(visits[0], purpose="an official working visit")
    golden("console/reminder.txt", remind(visit, note="Posted 5 hours late."))


def test_it_ends_with_its_mark_by_which_it_is_found(visits: tuple[Visit, ...]) -> None:
    assert remind(visits[0]).endswith(f"\n{MARK}\n")


async def test_it_is_printed_once_and_found_again(visits: tuple[Visit, ...]) -> None:
    out = StringIO()
    channel = ConsoleChannel(out)
    payload = {"text": remind(visits[0])}
    await channel.send("desk", payload, MARK)
    await channel.send("desk", payload, MARK)
    assert out.getvalue().count("In 3 days: ") == 1
    assert await channel.find_sent("desk", MARK, NOW) == MARK


def test_a_day_before_it_says_tomorrow(visits: tuple[Visit, ...]) -> None:
    assert remind(visits[0], days=1).startswith("Tomorrow: Narendra Modi → Washington")


def test_without_an_open_point_it_says_so_and_lists_no_sources(visits: tuple[Visit, ...]) -> None:
    text = remind(visits[0], ())
    assert "The articles tell of nothing that is open." in text
    assert "Sources" not in text


@pytest.mark.parametrize("trick", HOSTILE)
def test_no_word_of_a_source_commands_the_terminal(visits: tuple[Visit, ...], trick: str) -> None:
    steps = tuple(replace(move, quote=trick, outlet=trick) for move in visits[0].history)
    visit = replace(visits[0], visitor=trick, host=trick, place=trick, purpose=trick, history=steps)
    source = replace(SOURCE, quote=trick, outlet=trick, title=trick, article_url=trick)
    text = remind(visit, (Item(text=trick, citations=(source,)),), note=trick)
    assert not set(text) & set("\x00\x07\x08\r\x1b\x9b\u202e\u200b")
