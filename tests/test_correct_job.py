"""Corrections: a source that changes a cited sentence is seen, shown once, and never imagined."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.web import FakeWeb
from posting_samples import FRIGATE, HERE, NOW, SIX, TARIFF, Desk
from stage_samples import settings_for

from bot.app import open_tools
from bot.ingest import make_article
from bot.jobs.correct import MAX_PAGES, correct_posted
from bot.model import KeptBrief, Reading

LATER = SIX + timedelta(seconds=20)
HOUR = timedelta(hours=1)
STORY = (
    TARIFF,
    "Exporters in Kentucky had waited for years, the trade ministry of India added.",
    "Shares of distillers rose in New York by the afternoon of the same day.",
    "The two countries traded goods for 118 billion dollars last year.",
    "Officials will meet again in the autumn to look at what was agreed.",
)
NEW_TARIFF = TARIFF.replace("100 per cent", "50 per cent")


def page(sentences: Sequence[str], *, more: str = "") -> str:
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return (
        f'<html lang="en"><head><title>Bourbon</title></head><body><nav>Home</nav><article>'
        f"<h1>Bourbon</h1>{body}{more}</article><p>Copyright</p></body></html>"
    )


class Press(Desk):
    """A desk that has posted a brief of one page, which may change."""

    web: FakeWeb

    async def publish(self, sentences: Sequence[str] = STORY, path: str = "/1") -> None:
        self.web.serve(path, page(sentences), content_type="text/html")

    async def post_brief(self, *, path: str = "/1") -> None:
        await self.order()
        await self.publish(path=path)
        text = "\n\n".join(STORY)
        await self.bring(text, title="Bourbon", page=self.web.url(path))
        await self.post(LATER)
        assert len(self.channel.messages) == 1

    async def look(self, hours: float) -> str:
        """Look that long after the brief; returns the corrections that readers see."""
        self.clock.now = SIX + hours * HOUR
        await correct_posted(self.tools)
        return str(self.channel.messages[0].payload.get("corrected", ""))

    async def kept(self) -> KeptBrief:
        (kept,) = await self.store.list_briefs(start_at=NOW, end_at=NOW + 99 * HOUR)
        return kept


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Press]:
    async with FakeWeb() as web, open_tools(settings_for(tmp_path)) as tools:
        desk = Press(tools)
        desk.web = web
        yield desk


# ---------------------------------------------------------------- what is corrected


async def test_a_changed_sentence_is_shown_in_the_brief_and_kept(desk: Press) -> None:
    await desk.post_brief()
    await desk.publish((NEW_TARIFF, *STORY[1:]))
    assert await desk.look(0.5) == "", "not yet"
    shown = await desk.look(1.1)
    assert shown == f"[1] {TARIFF} → {NEW_TARIFF}"
    kept = await desk.kept()
    assert [(one.n, one.before, one.now) for one in kept.corrections] == [(1, TARIFF, NEW_TARIFF)]
    assert kept.corrections[0].outlet == "Gazette"
    article = await desk.store.find_article(HERE, desk.web.url("/1"))
    assert article is not None
    assert "50 per cent" in article.text, "what is asked and briefed next knows the new text"
    assert article.published_at == NOW


async def test_what_is_corrected_is_not_edited_again_and_a_second_change_is(desk: Press) -> None:
    await desk.post_brief()
    await desk.publish((NEW_TARIFF, *STORY[1:]))
    await desk.look(1.1)
    await desk.look(6.1)
    assert desk.channel.edits == 1
    last = TARIFF.replace("100 per cent", "75 per cent")
    await desk.publish((last, *STORY[1:]))
    assert await desk.look(24.1) == f"[1] {TARIFF} → {last}"
    assert desk.channel.edits == 2


async def test_a_sentence_that_was_taken_out_is_shown_as_gone(desk: Press) -> None:
    await desk.post_brief()
    await desk.publish(STORY[1:])
    assert await desk.look(1.1) == f"[1] {TARIFF} → "


async def test_a_newer_version_that_is_stored_already_counts_without_its_page(desk: Press) -> None:
    await desk.post_brief()
    desk.web.serve("/1", "", status=500)
    reading = Reading(
        url=desk.web.url("/1"),
        guid="",
        outlet="Gazette",
        title="Bourbon",
        text="\n\n".join((NEW_TARIFF, *STORY[1:])),
        language="en",
        published_at=NOW,
    )
    feed_id = await desk.feed()
    new = make_article(reading, seen_at=desk.clock())
    await desk.store.save_articles(feed_id, [new])
    assert await desk.look(1.1) == f"[1] {TARIFF} → {NEW_TARIFF}"


# ---------------------------------------------------------------- what is none


@pytest.mark.parametrize(
    "sentences",
    [
        STORY,
        ("WASHINGTON (Gazette) — " + TARIFF, *STORY[1:], "Our reporter wrote this."),
        ("Photo: a barrel", STORY[0], "Advertisement", *STORY[1:]),
        tuple(sentence.replace("'", "’").replace(" ", "  ") for sentence in STORY),
        ("Please accept our cookies to read this article.",),
        ("Elsewhere a football team won.", "Nobody expected it.", "Fans sang all night long."),
        (*STORY[:2], "A wholly new end was written.", "It says other things.", "All of them new."),
    ],
)
async def test_another_rendering_or_another_page_gives_no_correction(
    desk: Press, sentences: Sequence[str]
) -> None:
    await desk.post_brief()
    await desk.publish(sentences)
    for hours in (1.1, 6.1, 24.1):
        assert await desk.look(hours) == ""
    article = await desk.store.find_article(HERE, desk.web.url("/1"))
    assert article is not None
    assert article.text == "\n\n".join(STORY), "no new version either"


async def test_a_page_that_is_gone_gives_none(desk: Press) -> None:
    await desk.post_brief()
    desk.web.serve("/1", "Gone", status=410)
    assert await desk.look(1.1) == ""
    assert (await desk.kept()).checks == 1


async def test_a_change_in_a_sentence_that_nobody_cited_is_no_correction(desk: Press) -> None:
    await desk.post_brief()
    cited = {item.text for s in (await desk.kept()).brief.sections for item in s.items}
    place = next(n for n, sentence in enumerate(STORY) if sentence not in cited)
    changed = (*STORY[:place], "This was put otherwise.", *STORY[place + 1 :])
    await desk.publish(changed)
    assert await desk.look(1.1) == ""


# ---------------------------------------------------------------- when, how often, and trouble


async def test_sources_are_looked_at_three_times_and_no_more(desk: Press) -> None:
    await desk.post_brief()
    for hours in (1.1, 2, 5.9, 6.1, 7, 24.1, 25, 40, 60):
        await desk.look(hours)
    assert len(desk.web.requests) == 3
    assert (await desk.kept()).checks == 3


async def test_an_edit_that_fails_is_tried_at_the_next_look(desk: Press) -> None:
    await desk.post_brief()
    await desk.publish((NEW_TARIFF, *STORY[1:]))
    desk.channel.faults["desk"] = ["edit"]
    assert await desk.look(1.1) == ""
    assert (await desk.kept()).corrections == ()
    desk.channel.faults["desk"] = []
    assert await desk.look(6.1) == f"[1] {TARIFF} → {NEW_TARIFF}"


async def test_a_message_that_somebody_deleted_is_let_go(desk: Press) -> None:
    await desk.post_brief()
    await desk.publish((NEW_TARIFF, *STORY[1:]))
    message = desk.channel.messages.pop()
    desk.clock.now = SIX + 2 * HOUR
    await correct_posted(desk.tools)
    assert message.payload.get("corrected") is None
    assert len((await desk.kept()).corrections) == 1


async def test_after_a_long_pause_an_old_brief_is_looked_at_once(desk: Press) -> None:
    await desk.post_brief()
    await desk.look(30)
    await desk.look(30.1)
    assert len(desk.web.requests) == 1
    await desk.look(80)
    assert len(desk.web.requests) == 1, "days later nobody reads it"


async def test_one_page_cited_by_two_briefs_is_read_once(desk: Press) -> None:
    await desk.order("other")
    await desk.order()
    await desk.publish()
    await desk.bring("\n\n".join(STORY), title="Bourbon", page=desk.web.url("/1"))
    await desk.post(LATER)
    assert len(desk.channel.messages) == 2
    await desk.look(1.1)
    assert len(desk.web.requests) == 1


async def test_of_a_workspace_that_left_nothing_is_looked_at(desk: Press) -> None:
    await desk.post_brief()
    await desk.store.save_absence(HERE, desk.clock())
    await desk.look(1.1)
    assert desk.web.requests == []


async def test_no_more_pages_are_read_in_a_run_than_allowed(
    desk: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.correct.MAX_PAGES", 2)
    assert MAX_PAGES == 60
    await desk.order("one", tags=("trade",))
    await desk.order("two", tags=("defence",))
    for path, text in (("/1", TARIFF), ("/2", FRIGATE), ("/3", FRIGATE.replace("four", "nine"))):
        sentences = (text, *STORY[1:]) if path == "/1" else (text, f"It was long awaited {path}.")
        await desk.publish(sentences, path)
        await desk.bring("\n\n".join(sentences), page=desk.web.url(path), by=f"paper{path[1]}")
    await desk.post(LATER)
    assert len(desk.channel.messages) == 2
    desk.clock.now = SIX + 1.1 * HOUR
    await correct_posted(desk.tools)
    assert len(desk.web.requests) <= 2
    for _ in range(3):
        await correct_posted(desk.tools)
    assert len({request.path for request in desk.web.requests}) == 3
