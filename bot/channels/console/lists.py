"""Visits, feeds, a preview, a trace and voted answers → Rich renderables."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bot.channels.console.layout import Address, hanging, heading, page, spaced, table
from bot.channels.console.wording import (
    VISIT_COLUMNS,
    count,
    plain,
    plain_paragraphs,
    short_moment,
    source_words,
    status_chain,
    step_words,
    visit_cells,
    visit_words,
)
from bot.model import (
    ArticleAnalysis,
    Fact,
    Feed,
    FeedPreview,
    Move,
    Review,
    Trace,
    Visit,
    Vote,
)

_PREVIEWED = 3


def render_visits(visits: Sequence[Visit], *, history: bool = False) -> RenderableType:
    """The ledger as a table, or each visit with every move and the sentence that tells it."""
    if not visits:
        return Text("No visits are known.")
    if not history:
        return page([visit_table(visits)])
    return page([spaced(_history(visit) for visit in visits)])


def visit_table(visits: Iterable[Visit]) -> Table:
    """When, who, where, status and last source of each visit."""
    rows = table(*VISIT_COLUMNS)
    for visit in visits:
        rows.add_row(*(Text(cell) for cell in visit_cells(visit)))
    return rows


def _history(visit: Visit) -> RenderableType:
    head = Text(visit_words(visit), style="bold")
    chain = Text(status_chain(visit), style="cyan")
    return hanging("•", head, chain, *(_move(move) for move in visit.history))


def _move(move: Move) -> RenderableType:
    weaker = "" if move.is_obeyed else " (weaker report, not followed)"
    told = Text(f"{step_words(move.status, move.dates)}{weaker} · {source_words(move)}")
    return hanging("-", told, Text(f"“{plain(move.quote)}”", style="dim"))


def render_facts(analyses: Sequence[ArticleAnalysis]) -> RenderableType:
    """What was kept of each article, by topic, with the numbers of the sentences."""
    kept = [known for known in analyses if known.analysis.facts]
    if not kept:
        return Text("No facts are kept. Take articles in: briefing-bot read PATH, or poll.")
    return page([spaced(_facts(known) for known in kept)])


def _facts(known: ArticleAnalysis) -> RenderableType:
    article = known.article
    head = Text(plain(article.title), style="bold")
    source = Text(f"{plain(article.outlet)} · {short_moment(article.published_at)}", style="dim")
    lines = (
        hanging(f"{fact.tag}:", Text(f"{plain(fact.text)} ({_sentence_numbers(fact)})"))
        for fact in known.analysis.facts
    )
    return hanging("•", head, source, *lines)


def _sentence_numbers(fact: Fact) -> str:
    numbers = [str(evidence.sentence) for evidence in fact.evidence]
    return f"sentence{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"


def render_feeds(feeds: Sequence[Feed]) -> RenderableType:
    """Each feed with its state in words, the reason and its times in UTC."""
    if not feeds:
        return Text("No feeds yet. Add one: briefing-bot feeds add URL")
    rows = table("Id", "Feed", "Tier", "State", "Last success", "Next poll (UTC)")
    for feed in feeds:
        style = "red" if feed.state.is_failing else ""
        waits = feed.is_paused or feed.is_manual
        rows.add_row(
            str(feed.id),
            Text("\n").join(_feed_name(feed)),
            str(feed.tier),
            Text(_state_words(feed), style=style),
            short_moment(feed.succeeded_at),
            short_moment(None if waits else feed.next_poll_at),
        )
    return page([rows])


def _state_words(feed: Feed) -> str:
    """``ok``, ``paused``, ``taken in by hand`` or ``not a feed: the address is a web page``."""
    if feed.is_manual:
        return "taken in by hand"
    state = feed.state.value.replace("_", " ")
    told = f"{state}: {plain(feed.reason)}" if feed.reason else state
    return f"paused ({told})" if feed.is_paused else told


def _feed_name(feed: Feed) -> Iterator[Text]:
    title, outlet = plain(feed.title or feed.url), plain(feed.outlet)
    yield Text(title)
    if outlet and outlet != title:
        yield Text(outlet, style="dim")


def render_preview(preview: FeedPreview) -> RenderableType:
    """A feed before anyone relies on it: what it is, how often it writes, its newest entries."""
    feed = preview.feed
    body = "full text" if preview.has_full_text else "teasers only"
    language = plain(preview.language) or "unknown language"
    facts = (_state_words(feed), f"tier {feed.tier}", language, body, _rhythm_words(preview))
    parts = [
        *_feed_name(feed),
        Address(feed.url),
        Text(" · ".join(facts)),
        heading("Newest entries"),
    ]
    newest = Table.grid(padding=(0, 1))
    for entry in preview.entries[:_PREVIEWED]:
        newest.add_row(short_moment(entry.published_at), Text(plain(entry.title) or "(no title)"))
    return page([*parts, newest if preview.entries else Text("None.")])


def _rhythm_words(preview: FeedPreview) -> str:
    """``an entry every 3 hours``, as measured on the newest entries."""
    hours = preview.hours_between
    if hours is None:
        return "rhythm unknown"
    if hours < 1:
        return f"an entry every {count(max(1, round(hours * 60)), 'minute')}"
    if hours < 48:
        return f"an entry every {count(round(hours), 'hour')}"
    return f"an entry every {count(round(hours / 24), 'day')}"


def render_trace(trace: Trace) -> RenderableType:
    """Why an article was or was not in a brief, one numbered line a step."""
    steps = (hanging(f"{n}.", Text(plain(step))) for n, step in enumerate(trace.steps, start=1))
    return page([Address(trace.url), *steps])


def render_reviews(reviews: Sequence[Review]) -> RenderableType:
    """Each answer that was voted on, with what members think of it."""
    if not reviews:
        return Text("No answer was voted on yet.")
    return page([spaced(_review(review) for review in reviews)])


def _review(review: Review) -> RenderableType:
    turn = review.turn
    asked = f"asked {short_moment(turn.asked_at)} by {plain(turn.member) or 'someone'}"
    return hanging(
        "•",
        Text(plain(turn.question), style="bold"),
        Text(f"{asked} · engine: {plain(turn.engine)}", style="dim"),
        *map(Text, plain_paragraphs(turn.answer)),
        *map(_vote, review.votes),
    )


def _vote(vote: Vote) -> RenderableType:
    reason = f": {plain(vote.reason)}" if vote.reason else ""
    word = "helpful" if vote.is_good else "not helpful"
    return hanging("+" if vote.is_good else "−", Text(f"{word}, {plain(vote.member)}{reason}"))
