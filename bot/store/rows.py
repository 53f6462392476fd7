"""model values ↔ what a column holds: JSON text both ways, pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import RowMapping

from bot.errors import StoreError
from bot.model import (
    Analysis,
    Article,
    ChannelRef,
    Drop,
    Evidence,
    Fact,
    Feed,
    FeedState,
    Form,
    Length,
    Look,
    Mention,
    Precision,
    Sentence,
    Style,
    Subscription,
    VisitDates,
    VisitStatus,
)


def to_json(value: Sequence[object] | Mapping[str, object]) -> str:
    """JSON in ASCII, so that no string can be one that a database refuses."""
    return json.dumps(value, separators=(",", ":"))


def from_json(text: str) -> Any:
    """What ``to_json`` was given, with lists for tuples."""
    return json.loads(text)


def sentences_to_json(text: str, sentences: Sequence[Sentence]) -> str:
    """The offsets alone: the words are in ``text`` already.

    Raises:
        StoreError: a sentence is not what ``text`` has there, so it would come back changed.
    """
    for number, sentence in enumerate(sentences, start=1):
        if sentence.number != number or text[sentence.start : sentence.end] != sentence.text:
            raise StoreError(f"Sentence {number} is not the text between its offsets")
    return to_json([(sentence.start, sentence.end) for sentence in sentences])


def sentences_from_json(text: str, offsets: str) -> tuple[Sentence, ...]:
    """The numbered sentences of ``text``."""
    return tuple(
        Sentence(number, start, end, text[start:end])
        for number, (start, end) in enumerate(from_json(offsets), start=1)
    )


def feed_from(row: RowMapping) -> Feed:
    """A row of feed with its follow."""
    return Feed(
        id=row["id"],
        workspace=row["workspace"],
        url=row["url"],
        title=row["title"],
        outlet=row["outlet"],
        tier=row["tier"],
        state=FeedState(row["state"]),
        reason=row["reason"],
        is_paused=row["is_paused"],
        is_manual=row["owner"] != "",
        etag=row["etag"],
        last_modified=row["last_modified"],
        failures=row["failures"],
        next_poll_at=row["next_poll_at"],
        succeeded_at=row["succeeded_at"],
        failing_since=row["failing_since"],
        tags=tuple(from_json(row["tags"])),
    )


def article_from(row: RowMapping) -> Article:
    """A row of version with its article, text and follow."""
    return Article(
        id=row["article_id"],
        feed_id=row["feed_id"],
        tier=row["tier"],
        url=row["url"],
        guid=row["guid"],
        outlet=row["outlet"],
        title=row["title"],
        text=row["text"],
        text_hash=row["text_hash"],
        sentences=sentences_from_json(row["text"], row["sentences"]),
        language=row["language"],
        published_at=row["published_at"],
        published_on=row["published_on"],
        seen_at=row["seen_at"],
        is_stub=row["is_stub"],
    )


def analysis_to_columns(analysis: Analysis) -> dict[str, object]:
    """The columns of an analysis that its key doesn't hold."""
    return {
        "facts": to_json([asdict(fact) for fact in analysis.facts]),
        "mentions": to_json([asdict(mention) for mention in analysis.mentions]),
        "drops": to_json([asdict(drop) for drop in analysis.drops]),
        "tokens": analysis.tokens,
        "note": analysis.note,
    }


def analysis_from(row: RowMapping) -> Analysis:
    """A row of analysis with its text's hash."""
    return Analysis(
        text_hash=row["text_hash"],
        engine=row["engine"],
        prompt_version=row["prompt_version"],
        facts=tuple(_fact_from(value) for value in from_json(row["facts"])),
        mentions=tuple(_mention_from(value) for value in from_json(row["mentions"])),
        drops=tuple(Drop(**value) for value in from_json(row["drops"])),
        tokens=row["tokens"],
        note=row["note"],
    )


def _fact_from(value: dict[str, Any]) -> Fact:
    evidence = tuple(Evidence(**one) for one in value["evidence"])
    return Fact(tag=value["tag"], text=value["text"], evidence=evidence, engine=value["engine"])


def _mention_from(value: dict[str, Any]) -> Mention:
    dates = value["dates"]
    return Mention(
        visitor=value["visitor"],
        host=value["host"],
        place=value["place"],
        dates=VisitDates(dates["start"], dates["end"], Precision(dates["precision"])),
        status=VisitStatus(value["status"]),
        evidence=Evidence(**value["evidence"]),
        engine=value["engine"],
        purpose=value.get("purpose", ""),
        more=tuple(Evidence(**one) for one in value.get("more", ())),
    )


def subscription_from(row: RowMapping) -> Subscription:
    """A row of subscription."""
    return Subscription(
        id=row["id"],
        workspace=row["workspace"],
        channel=channel_from(row),
        timezone=row["timezone"],
        times=tuple(from_json(row["times"])),
        weekdays=tuple(from_json(row["weekdays"])),
        tags=tuple(from_json(row["tags"])),
        created_at=row["created_at"],
        has_reminders=row["has_reminders"],
        look=order_look_from(row["look"]),
        skips_quiet=row["skips_quiet"],
        alerts_per_day=row["alerts_per_day"],
        paused_for=row["paused_for"],
    )


def order_look_to_json(look: Look) -> str:
    """What an order keeps of a look: language and mentions are the workspace's."""
    return to_json(
        {
            "form": look.form.value,
            "length": look.length.value,
            "style": look.style.value,
            "forum_tags": look.forum_tags,
        }
    )


def order_look_from(text: str) -> Look:
    """What ``order_look_to_json`` was given; what an older release did not know is plain."""
    value = from_json(text)
    return Look(
        form=Form(value.get("form", Form.MESSAGE)),
        length=Length(value.get("length", Length.STANDARD)),
        style=Style(value.get("style", Style.CITED)),
        forum_tags=tuple(value.get("forum_tags", ())),
    )


def channel_from(row: RowMapping) -> ChannelRef:
    """The two columns that name a channel."""
    return ChannelRef(row["platform"], row["channel_id"])
