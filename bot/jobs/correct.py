"""Posted briefs → corrected ones, where a sentence that they cite was changed by its source."""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.errors import ChannelError, DocumentError, FetchError
from bot.ingest import make_article
from bot.jobs.sources import list_cited
from bot.jobs.tools import Tools, run_all, unwatched
from bot.model import (
    Article,
    Citation,
    Correction,
    KeptBrief,
    NewArticle,
    ParsedPage,
    Reading,
)
from bot.text.standing import find_edits

logger = logging.getLogger(__name__)

CHECKED_AFTER = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
"""How long after a brief its sources are looked at again."""
FORGOTTEN_AFTER = timedelta(hours=36)
"""How old a brief may be whose sources are still looked at, however long the bot was down."""
LOOKS_APART = timedelta(minutes=55)
"""Between two looks at one brief that are both late."""
MAX_PAGES = 60
"""Pages that are read again in one run."""
PAGES_AT_ONCE = 4

Edits = Mapping[str, str]
"""A changed sentence → what stands there now."""


@dataclass(slots=True)
class _Run:
    """One run: the pages it has read again, by address, and how many more it may read."""

    now: datetime
    pages_left: int
    pages: dict[str, ParsedPage | None] = field(default_factory=dict)


async def correct_posted(tools: Tools) -> None:
    """Look at the sources of posted briefs again; correct what they cite and is so no more."""
    run, absent = _Run(tools.clock(), MAX_PAGES), await tools.store.list_absent()
    kept = await tools.store.list_unchecked(
        start_at=run.now - FORGOTTEN_AFTER, due_by=[run.now - after for after in CHECKED_AFTER]
    )
    due = [one for one in kept if one.workspace not in absent and not _rests(tools, one, run.now)]

    async def check_one(brief: KeptBrief) -> None:
        await _check(tools, run, brief)

    # One after another: they share what was read, and the pages that may be read.
    await run_all(due, check_one, 1, unwatched)


def _rests(tools: Tools, kept: KeptBrief, now: datetime) -> bool:
    return now < tools.rests.get(_rest(kept), now)


def _rest(kept: KeptBrief) -> str:
    return f"check {kept.slot_key}"


async def _check(tools: Tools, run: _Run, kept: KeptBrief) -> None:
    """Look at the sources of one brief, and change its message if it must be."""
    cited = [one for one in list_cited(kept.brief) if one.article_url]
    urls = {one.article_url for one in cited}
    if len(urls - run.pages.keys()) > run.pages_left < MAX_PAGES:
        return  # the next run has pages for all of them
    then = await tools.store.list_by_url(kept.workspace, urls, as_of=kept.brief.end_at)

    async def read_one(article: Article) -> None:
        await _read_again(tools, run, kept.workspace, article)

    await run_all(then, read_one, PAGES_AT_ONCE, unwatched)
    now = await tools.store.list_by_url(kept.workspace, urls, as_of=tools.clock())
    edits = await asyncio.to_thread(_find_all_edits, then, now)
    corrections = merge(kept.corrections, list_corrections(cited, edits, run.now))
    if corrections != kept.corrections and not await _edit(tools, kept, corrections):
        corrections = kept.corrections
    await tools.store.save_check(kept.slot_key, corrections)
    tools.rests[_rest(kept)] = run.now + LOOKS_APART


async def _edit(tools: Tools, kept: KeptBrief, corrections: Sequence[Correction]) -> bool:
    """Show the corrections in the brief's first message; False if another look must do it."""
    channel = tools.channels.get(kept.channel.platform)
    part = await tools.store.find_part(kept.slot_key, 1)
    if channel is None or part is None or not kept.message_ids:
        return False
    payload = await asyncio.to_thread(
        channel.render_corrected, part.payload, corrections, kept.look, kept.brief.timezone
    )
    try:
        is_there = await channel.edit(kept.channel.channel_id, kept.message_ids[0], payload)
    except ChannelError as error:
        logger.warning("brief.uncorrected slot=%s reason=%s", kept.slot_key, error)
        return False
    logger.info(
        "brief.corrected slot=%s there=%s count=%d", kept.slot_key, is_there, len(corrections)
    )
    return True


# ---------------------------------------------------------------- what stands now


def _find_all_edits(then: Sequence[Article], now: Sequence[Article]) -> dict[str, Edits]:
    """What was changed in each article since it was cited, by its address."""
    newest = {article.url: article for article in now}
    return {
        article.url: _find_edits(article, newest[article.url])
        for article in then
        # A teaser is cut anywhere: its page is no other version of it.
        if not article.is_stub
        and article.url in newest
        and newest[article.url].text_hash != article.text_hash
    }


def _find_edits(older: NewArticle, newer: NewArticle) -> Edits:
    then, now = ([one.text for one in article.sentences] for article in (older, newer))
    return {then[number - 1]: told for number, told in find_edits(then, now).items()}


def list_corrections(
    cited: Iterable[Citation], edits: Mapping[str, Edits], now: datetime
) -> list[Correction]:
    """What the citations say that their articles no longer say."""
    return [
        Correction(
            n=one.n,
            outlet=one.outlet,
            before=one.quote,
            now=edits[one.article_url][one.quote],
            noticed_at=now,
        )
        for one in cited
        if one.quote in edits.get(one.article_url, {})
    ]


def merge(known: Sequence[Correction], found: Iterable[Correction]) -> tuple[Correction, ...]:
    """The known corrections, and those found that are new; the last word of a source counts."""
    merged = {one.n: one for one in known}
    for one in found:
        if one.n not in merged or merged[one.n].now != one.now:
            merged[one.n] = one
    return tuple(sorted(merged.values(), key=lambda one: (one.noticed_at, one.n)))


# ---------------------------------------------------------------- reading again


async def _read_again(tools: Tools, run: _Run, workspace: str, article: Article) -> None:
    """Store the page's text as a new version of the article, if its sentences were changed."""
    standing = await tools.store.find_article(workspace, article.url)
    if standing is None or standing.is_stub:
        return  # a teaser is no page
    page = await _read_page(tools, run, article.url)
    if page and page.text:
        new = await asyncio.to_thread(_find_new_version, standing, page.text, run.now)
        if new:
            await tools.store.save_articles(standing.feed_id, [new])
            logger.info("article.changed url=%s", article.url)


async def _read_page(tools: Tools, run: _Run, url: str) -> ParsedPage | None:
    """The page of that address, read once a run; None if it can't be had, or not in this run."""
    if url not in run.pages and run.pages_left > 0:
        run.pages_left -= 1
        run.pages[url] = None
        try:
            found = await tools.fetcher.fetch(url)
            run.pages[url] = await tools.parser.parse_page(
                found.body, url=found.url, content_type=found.content_type
            )
        except (FetchError, DocumentError) as error:
            logger.info("article.page_unread url=%s reason=%s", url, error.reason)
    return run.pages.get(url)


def _find_new_version(article: Article, text: str, now: datetime) -> NewArticle | None:
    """The article with the page's text, if that is the same article with sentences changed."""
    reading = Reading(
        url=article.url,
        guid=article.guid,
        outlet=article.outlet,
        title=article.title,
        text=text,
        language=article.language,
        published_at=article.published_at,
    )
    try:
        new = make_article(reading, seen_at=now)
    except DocumentError:
        return None
    if not _find_edits(article, new):
        return None
    # Relative dates in the text still go by the day of its first publication.
    return replace(new, published_on=article.published_on)
