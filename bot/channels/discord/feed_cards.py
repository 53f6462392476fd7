"""feeds, as followed or as they look before → cards; never their addresses, which may hold keys."""

from collections.abc import Iterator, Sequence

from bot.channels.discord.buttons import Button, with_buttons
from bot.channels.discord.files import with_file
from bot.channels.discord.inert import clip, inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.pages import Page, join, pack
from bot.channels.discord.stamps import ago
from bot.channels.discord.undoing import undo_button
from bot.model import Entry, Feed, FeedPreview, ImportReport, Proposal
from bot.wording import Words

FOLLOW, LEAVE = "follow", "leave"
FILE = "feeds.opml"
_NAME, _REASON, _TITLE = 100, 300, 200
_PREVIEWED = 3


def render_proposal(proposal: Proposal, words: Words) -> tuple[Payload, ...]:
    """Return a feed as it looks, with what follows it and what does not."""
    buttons: list[Button] = [
        {"label": words.say("feeds.confirm"), "id": f"{FOLLOW}:{proposal.key}"},
        {"label": words.say("feeds.cancel"), "id": f"{LEAVE}:{proposal.key}"},
    ]
    pages = _preview(words.say("feeds.proposed"), proposal.preview, words, proposal.tags)
    return with_buttons(pack(pages, words), buttons)


def render_preview(preview: FeedPreview, words: Words) -> tuple[Payload, ...]:
    """Return what a feed brings now."""
    return pack(_preview(words.say("feeds.tested"), preview, words, preview.feed.tags), words)


def render_feed(feed: Feed, title: str, batch: str, words: Words) -> tuple[Payload, ...]:
    """Return a feed under what was done to it, with the button that takes it back."""
    messages = pack([Page(title, join(_feed_lines(feed, words)))], words)
    return with_buttons(messages, [undo_button(batch, words)])


def render_feeds(
    feeds: Sequence[Feed], words: Words, *, is_all: bool = True
) -> tuple[Payload, ...]:
    """Return feeds with what the last poll of each found; ``is_all`` says none was left out."""
    empty = words.say("feeds.none" if is_all else "feeds.none_such")
    title = words.say("feeds.list", feeds=words.count(len(feeds), "common.count.feed"))
    blocks = tuple(block for feed in feeds for block in join(_feed_lines(feed, words)))
    return pack([Page(title, blocks or (empty,))], words)


def render_import(report: ImportReport, batch: str, words: Words) -> tuple[Payload, ...]:
    """Return what became of each entry of a list; all that was added is taken back at once."""
    added, known = words.number(len(report.added)), words.number(len(report.known))
    refused = words.number(len(report.refused))
    told = words.say("feeds.imported.line", added=added, known=known, refused=refused)
    pages = [Page(words.say("feeds.imported.title"), (told,))]
    pages += _list_names(words.say("feeds.imported.added"), report.added)
    if report.refused:
        reasons = (
            f"{_name(name, words)} · {inert(clip(why, _REASON))}" for name, why in report.refused
        )
        pages.append(Page(words.say("feeds.imported.refused"), join(reasons)))
    messages = pack(pages, words)
    return with_buttons(messages, [undo_button(batch, words)]) if report.added else messages


def render_export(document: bytes, count: int, words: Words) -> tuple[Payload, ...]:
    """Return the feeds as a file."""
    told = words.say("feeds.exported", feeds=words.count(count, "common.count.feed"))
    (message,) = pack([Page(words.say("feeds.title"), (told,))], words)
    return (with_file(message, FILE, document),)


def name_state(feed: Feed, words: Words) -> str:
    """Return what the last poll found, in words."""
    state = "paused" if feed.is_paused else feed.state.value
    return words.say(f"common.feed.{state}")


def _preview(title: str, preview: FeedPreview, words: Words, tags: Sequence[str]) -> list[Page]:
    head = _head(preview.feed, words)
    facts = [
        _pace(preview.hours_between, words),
        words.say("feeds.full" if preview.has_full_text else "feeds.teasers"),
        inert(preview.language),
        _topics(tags, words),
    ]
    pages = [Page(title, join([head, " · ".join(filter(None, facts))]))]
    if preview.entries:
        newest = join(_entry_lines(preview.entries[:_PREVIEWED], words))
        pages.append(Page(words.say("feeds.newest"), newest))
    return pages


def _entry_lines(entries: Sequence[Entry], words: Words) -> Iterator[str]:
    for entry in entries:
        at = entry.published_at
        yield inert(clip(entry.title, _TITLE)) or words.say("feeds.untitled")
        yield f"-# {words.short_day(at) if at else words.say('feeds.no_date')}"


def _pace(hours: float | None, words: Words) -> str:
    if hours is None:
        return words.say("feeds.pace_unknown")
    if hours < 1:
        every = words.count(max(1, round(hours * 60)), "common.count.minute")
    elif hours < 48:
        every = words.count(round(hours), "common.count.hour")
    else:
        every = words.count(round(hours / 24), "common.count.day")
    return words.say("feeds.pace", every=every)


def _feed_lines(feed: Feed, words: Words) -> Iterator[str]:
    reason = f" ({inert(clip(feed.reason, _REASON))})" if feed.reason else ""
    yield f"{_head(feed, words)} · {name_state(feed, words)}{reason}"
    yield f"-# {' · '.join(_list_facts(feed, words))}"


def _list_facts(feed: Feed, words: Words) -> Iterator[str]:
    yield str(feed.id)
    yield words.say("common.feed.tier", tier=feed.tier)
    if feed.succeeded_at:
        yield words.say("feeds.read", when=ago(feed.succeeded_at))
    if feed.next_poll_at and not (feed.is_paused or feed.is_manual):
        yield words.say("feeds.next", when=ago(feed.next_poll_at))
    if topics := _topics(feed.tags, words):
        yield topics


def _head(feed: Feed, words: Words) -> str:
    outlet = inert(clip(feed.outlet, _NAME))
    title = inert(clip(feed.title, _NAME)) or outlet or words.say("feeds.nameless")
    return f"**{title}** · {outlet}" if outlet and outlet != title else f"**{title}**"


def _topics(tags: Sequence[str], words: Words) -> str:
    return words.say("feeds.topics", topics=inert(", ".join(tags))) if tags else ""


def _list_names(title: str, names: Sequence[str]) -> list[Page]:
    return [Page(title, join(inert(clip(name, _NAME)) for name in names))] if names else []


def _name(text: str, words: Words) -> str:
    return inert(clip(text, _NAME)) or words.say("feeds.nameless")
