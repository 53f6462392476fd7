"""Model values → the JSON that ``--json`` prints; its shapes are stable (docs/commands.md)."""

from collections.abc import Iterable
from datetime import datetime

from bot.model import (
    Answer,
    ArticleAnalysis,
    Brief,
    ChangeReport,
    Citation,
    Contradiction,
    Feed,
    FeedPreview,
    Item,
    Move,
    Review,
    Section,
    Trace,
    Visit,
)

JsonObject = dict[str, object]


def facts_json(analyses: Iterable[ArticleAnalysis]) -> list[JsonObject]:
    """Every kept fact with the sentences that carry it, article by article."""
    return [
        {
            "article_url": pair.article.url,
            "tag": fact.tag,
            "text": fact.text,
            "evidence": [{"sentence": e.sentence, "quote": e.quote} for e in fact.evidence],
            "engine": fact.engine,
        }
        for pair in analyses
        for fact in pair.analysis.facts
    ]


def visits_json(visits: Iterable[Visit]) -> list[JsonObject]:
    """The ledger; each visit with its moves, oldest first."""
    return [
        {
            "visitor": visit.visitor,
            "host": visit.host,
            "place": visit.place,
            "start": visit.dates.start,
            "end": visit.dates.end,
            "precision": visit.dates.precision.value,
            "status": visit.status.value,
            "overdue": visit.is_overdue,
            "history": [_move(move) for move in visit.history],
        }
        for visit in visits
    ]


def answer_json(answer: Answer) -> JsonObject:
    """The reply; when it is a refusal, the citations are the nearest passages."""
    return {
        "answered": answer.is_answered,
        "answer": answer.text,
        "citations": [_citation(citation) for citation in answer.citations],
        "as_of": _moment(answer.as_of),
        "engine": answer.engine,
        "question": answer.question,
        "searched": {
            "feeds": answer.searched.feeds,
            "articles": answer.searched.articles,
            "oldest": _moment(answer.searched.oldest_at),
            "newest": _moment(answer.searched.newest_at),
        },
        "note": answer.note,
    }


def reviews_json(reviews: Iterable[Review]) -> list[JsonObject]:
    """The answers that were voted on, each with its votes, newest first."""
    return [
        {
            "key": review.turn.key,
            "asked_at": _moment(review.turn.asked_at),
            "member": review.turn.member,
            "question": review.turn.question,
            "answered": review.turn.is_answered,
            "answer": review.turn.answer,
            "engine": review.turn.engine,
            "votes": [
                {
                    "member": vote.member,
                    "good": vote.is_good,
                    "reason": vote.reason,
                    "voted_at": _moment(vote.voted_at),
                }
                for vote in review.votes
            ],
        }
        for review in reviews
    ]


def brief_json(brief: Brief) -> JsonObject:
    """The brief with every item's citations, each with the verbatim sentence."""
    return {
        "period": {
            "start": _moment(brief.start_at),
            "end": _moment(brief.end_at),
            "timezone": brief.timezone,
        },
        "sections": [_section(section) for section in brief.sections],
        "visits": visits_json(brief.visits),
        "contradictions": [_contradiction(pair) for pair in brief.contradictions],
        "trust": {
            "articles": brief.trust.articles,
            "sources": brief.trust.sources,
            "kept": brief.trust.kept,
            "dropped": brief.trust.dropped,
            "feeds_failing": list(brief.trust.feeds_failing),
        },
        "engine": brief.engine,
        "note": brief.note,
    }


def changes_json(report: ChangeReport) -> JsonObject:
    """What became of visits and facts in a stretch of time, and where sources disagree."""
    return {
        "period": {
            "start": _moment(report.start_at),
            "end": _moment(report.end_at),
            "timezone": "UTC",
        },
        "visits": [_item(item) for item in report.visits],
        "facts": [_item(item) for item in report.facts],
        "contradictions": [_contradiction(pair) for pair in report.contradictions],
    }


def feeds_json(feeds: Iterable[Feed]) -> list[JsonObject]:
    """The feeds with the state of each; times are null where there is none."""
    return [
        {
            "id": feed.id,
            "url": feed.url,
            "title": feed.title,
            "outlet": feed.outlet,
            "tier": feed.tier,
            "state": feed.state.value,
            "reason": feed.reason,
            "paused": feed.is_paused,
            "manual": feed.is_manual,
            "topics": list(feed.tags),
            "failures": feed.failures,
            "failing_since": _moment(feed.failing_since),
            "last_success": _moment(feed.succeeded_at),
            "next_poll": _moment(feed.next_poll_at),
        }
        for feed in feeds
    ]


def preview_json(preview: FeedPreview) -> JsonObject:
    """A feed before anyone relies on it, with its newest entries."""
    return {
        "feed": feeds_json([preview.feed])[0],
        "language": preview.language,
        "full_text": preview.has_full_text,
        "hours_between": preview.hours_between,
        "entries": [
            {"url": entry.url, "title": entry.title, "published": _moment(entry.published_at)}
            for entry in preview.entries
        ],
    }


def trace_json(trace: Trace) -> JsonObject:
    """Why an article was or was not in a brief, one line a step."""
    return {"url": trace.url, "steps": list(trace.steps)}


def _section(section: Section) -> JsonObject:
    return {
        "tag": section.tag,
        "title": section.title,
        "items": [_item(item) for item in section.items],
        "omitted": section.omitted,
    }


def _item(item: Item) -> JsonObject:
    return {
        "text": item.text,
        "about": item.about,
        "change": item.change.value if item.change else None,
        "before": item.before,
        "citations": [_citation(citation) for citation in item.citations],
        "was": [_citation(citation) for citation in item.was],
    }


def _contradiction(pair: Contradiction) -> JsonObject:
    return {"subject": pair.subject, "first": _item(pair.first), "second": _item(pair.second)}


def _citation(citation: Citation) -> JsonObject:
    return {
        "n": citation.n,
        "article_url": citation.article_url,
        "outlet": citation.outlet,
        "tier": citation.tier,
        "title": citation.title,
        "published": _moment(citation.published_at),
        "sentence": citation.sentence,
        "quote": citation.quote,
    }


def _move(move: Move) -> JsonObject:
    return {
        "at": _moment(move.at),
        "status": move.status.value,
        "start": move.dates.start,
        "end": move.dates.end,
        "article_url": move.article_url,
        "quote": move.quote,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
