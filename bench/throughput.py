"""articles → articles per second through extract and ground on one core, and where the time goes.

What is called is what the jobs call, in their order, one article after the other. Fetching,
parsing and the database are left out.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median

from bench.corpus import ENGINE, TUNED, Corpus, get_seen_at, load_corpus
from bench.figure import Figure, write_number
from bench.steps import COLUMNS, list_rows
from bench.stopwatch import Progress, Stopwatch, forget, run_rounds
from bot.brief import Material, write_brief
from bot.extract import Grounded, ground_draft
from bot.ground import ground_fact
from bot.ground_visits import ground_visit
from bot.ingest import make_article
from bot.llm.extractive import draft_article
from bot.llm.mentions import find_visits
from bot.model import Article, ArticleAnalysis, Draft, Topic
from bot.stories import group_stories
from bot.text.clean import clean_text, hash_text
from bot.text.commands_to_machines import list_addressed
from bot.text.sentences import detect_language, split_sentences
from bot.visits import build_ledger, list_open

READ, DRAFT, GROUND = "make article", "draft", "ground"
PIPELINE = (READ, DRAFT, GROUND)
FIND, ORDERS = "draft: find visits", "ground: find orders"
FACTS, VISITS = "ground: facts", "ground: visits"
WHOLE, AGAIN = "WHOLE", "whole, again"
REWRITTEN, REWRITTEN_AGAIN = "ground, rewritten", "rewritten, again"
STORIES, LEDGER, BRIEF = "stories of a period", "ledger, then and now", "brief of a period"


def measure(seconds: float, progress: Progress, *, folder: Path = TUNED) -> Figure:
    """Measure for about that many seconds."""
    corpus = load_corpus(folder)
    passes = (
        partial(_run_pipeline, corpus),
        *(partial(_run_draft, corpus, topics) for topics in _list_topics(corpus)),
        partial(_run_parts, corpus),
        partial(_ground_rewritten, corpus),
        partial(_run_period, corpus),
    )
    rounds = run_rounds(passes, partial(_start_anew, corpus), seconds, progress)
    rows = list_rows(_list_counts(corpus), _list_taken(rounds), WHOLE)
    rate = next(row["per_second"] for row in rows if row["step"] == WHOLE)
    return Figure(
        name="throughput",
        headline=f"Throughput: {write_number(float(rate))} articles a second through extract and "
        "ground on one core",
        columns=COLUMNS,
        rows=rows,
        notes=_write_notes(corpus, rounds),
    )


def _start_anew(corpus: Corpus) -> None:
    """As if the bot had read one short text of each language and nothing else.

    So that what is compiled once is not counted, and what is remembered does not flatter.
    """
    forget()
    for article, draft in corpus.openers:
        _ground(corpus, article, draft_article(article, corpus.topics))
        _ground(corpus, article, draft)


# ---------------------------------------------------------------- passes


def _run_pipeline(corpus: Corpus, watch: Stopwatch) -> None:
    """Every article the way it goes; then once more, with all that is remembered by then.

    Reading remembers nothing, so its parts can stand in the same pass.
    """
    for reading in corpus.readings:
        watch.time(READ, make_article, reading, seen_at=get_seen_at(reading))
    for article in corpus.articles:
        draft = watch.time(DRAFT, draft_article, article, corpus.topics)
        watch.time(GROUND, _ground, corpus, article, draft)
    watch.time(AGAIN, _run_again, corpus)
    _run_parts_of_reading(corpus, watch)


def _ground(corpus: Corpus, article: Article, draft: Draft) -> Grounded:
    return ground_draft(draft, article, ENGINE, corpus.tags)


def _run_again(corpus: Corpus) -> None:
    for reading in corpus.readings:
        make_article(reading, seen_at=get_seen_at(reading))
    for article in corpus.articles:
        _ground(corpus, article, draft_article(article, corpus.topics))


def _run_parts_of_reading(corpus: Corpus, watch: Stopwatch) -> None:
    for reading in corpus.readings:
        text = watch.time(f"{READ}: clean", clean_text, reading.text)
        language = watch.time(f"{READ}: language", detect_language, text, reading.language)
        watch.time(f"{READ}: split", split_sentences, text, language)
        watch.time(f"{READ}: hash", hash_text, reading.title, text)


def _run_draft(corpus: Corpus, topics: Sequence[Topic], watch: Stopwatch) -> None:
    """As if there were no other topics."""
    for article in corpus.articles:
        watch.time(_name_draft(topics), draft_article, article, topics)


def _list_topics(corpus: Corpus) -> list[tuple[Topic, ...]]:
    """No topic, then each alone."""
    return [(), *((topic,) for topic in corpus.topics)]


def _name_draft(topics: Sequence[Topic]) -> str:
    return f"{DRAFT}: only {topics[0].tag}" if topics else f"{DRAFT}: no topic"


def _run_parts(corpus: Corpus, watch: Stopwatch) -> None:
    """The article's visits, as they are found; its orders to machines; each line, each visit."""
    for article, draft in zip(corpus.articles, corpus.drafts, strict=True):
        watch.time(FIND, find_visits, article)
        watch.time(ORDERS, list_addressed, article.sentences, article.text)
        for fact in draft.facts:
            watch.time(FACTS, ground_fact, fact, article, ENGINE)
        for visit in draft.visits:
            watch.time(VISITS, ground_visit, visit, article, ENGINE)


def _ground_rewritten(corpus: Corpus, watch: Stopwatch) -> None:
    for step in (REWRITTEN, REWRITTEN_AGAIN):
        for article, draft in corpus.rewritten:
            watch.time(step, _ground, corpus, article, draft)


def _run_period(corpus: Corpus, watch: Stopwatch) -> None:
    """A brief of the newer half of the articles, the older half being known, as it is composed."""
    before, now = _halve(corpus)
    start_at, end_at = now[0].article.seen_at, now[-1].article.seen_at
    stories = watch.time(STORIES, group_stories, [known.article for known in now])
    visits_before = watch.time(LEDGER, build_ledger, before, start_at)
    visits_now = watch.time(LEDGER, build_ledger, corpus.analyses, end_at)
    material = Material(
        start_at=start_at,
        end_at=end_at,
        timezone="UTC",
        topics=corpus.topics,
        analyses=now,
        earlier=before,
        stories=stories,
        visits_before=visits_before,
        visits_now=visits_now,
        visits_open=list_open(visits_now, end_at),
        feeds=(),
        engine=ENGINE,
    )
    watch.time(BRIEF, write_brief, material)


def _halve(corpus: Corpus) -> tuple[Sequence[ArticleAnalysis], Sequence[ArticleAnalysis]]:
    middle = len(corpus.analyses) // 2
    return corpus.analyses[:middle], corpus.analyses[middle:]


# ---------------------------------------------------------------- what is told of them


def _list_counts(corpus: Corpus) -> dict[str, tuple[int, str]]:
    """What each step is counted in, in the order of the table."""
    articles = (len(corpus.articles), "articles")
    parts = ("clean", "language", "split", "hash")
    return {
        READ: articles,
        **{f"{READ}: {part}": articles for part in parts},
        DRAFT: articles,
        **{_name_draft(topics): articles for topics in _list_topics(corpus)},
        FIND: articles,
        GROUND: articles,
        ORDERS: articles,
        FACTS: (sum(len(draft.facts) for draft in corpus.drafts), "lines"),
        VISITS: (sum(len(draft.visits) for draft in corpus.drafts), "visits"),
        WHOLE: articles,
        AGAIN: articles,
        REWRITTEN: (_count_rewritten(corpus), "lines"),
        REWRITTEN_AGAIN: (_count_rewritten(corpus), "lines"),
        STORIES: (len(_halve(corpus)[1]), "articles"),
        LEDGER: articles,
        BRIEF: (len(_halve(corpus)[1]), "articles"),
    }


def _count_rewritten(corpus: Corpus) -> int:
    return sum(len(draft.facts) for _, draft in corpus.rewritten)


def _list_taken(rounds: Sequence[Stopwatch]) -> list[dict[str, float]]:
    """The seconds of each step in each round, the whole pipeline among them."""
    return [{**watch.steps, WHOLE: sum(watch.steps[step] for step in PIPELINE)} for watch in rounds]


def _write_notes(corpus: Corpus, rounds: Sequence[Stopwatch]) -> tuple[str, ...]:
    words = median(len(article.text.split()) for article in corpus.articles)
    kept = sum(len(_ground(corpus, *line).facts) for line in corpus.rewritten)
    busy = median(watch.cpu / watch.wall for watch in rounds)
    return (
        f"Medians of {len(rounds)} interleaved rounds; spread is what the middle half of them "
        f"lies apart. CPU seconds of all threads: {busy:.0%} of the clock's.",
        f"{len(corpus.articles)} articles of {words:.0f} words (median). Before each pass the "
        "caches of texts and words are emptied and one short text of each language is read, as "
        "if the bot had just started; “again” is the same work with full caches. A bot in "
        "service lies between the two.",
        f"{WHOLE} is {'; '.join(PIPELINE)}. Rows with a colon are parts, measured by themselves.",
        f"Of the rewritten lines {kept} of {_count_rewritten(corpus)} are kept; a line that is "
        "not may be found out early.",
    )
