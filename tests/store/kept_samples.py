"""Briefs, and what else is due, as the tests of the outbox keep them."""

from datetime import datetime, timedelta, timezone

from store_samples import NOW, new_citation, new_visit

from bot.model import (
    Alert,
    Brief,
    Change,
    Contradiction,
    Correction,
    Form,
    Item,
    Length,
    Look,
    Notice,
    Picture,
    Section,
    Style,
    Subscription,
    Trust,
)

LOOK = Look(
    form=Form.THREAD,
    length=Length.SHORT,
    style=Style.COMPACT,
    language="fr",
    mentions=(("trade", "9"), ("visits", "10")),
    forum_tags=("Daily",),
)


def new_item(words: str = "Talks begin.") -> Item:
    return Item(
        text=words,
        citations=(new_citation(1), new_citation(2, "“Oui”, dit-il – 4 Md€.")),
        change=Change.UPDATED,
        before="4 billion",
        was=(new_citation(3),),
        about="Berg in Tokyo",
    )


def new_brief(end_at: datetime = NOW, *, note: str = "") -> Brief:
    return Brief(
        start_at=end_at - timedelta(days=1),
        end_at=end_at.astimezone(timezone(timedelta(hours=2))),
        sections=(
            Section(tag="trade", title="Trade", items=(new_item(),), omitted=2),
            Section(tag="defence", title="Defence", items=()),
        ),
        visits=(new_visit(),),
        contradictions=(Contradiction("tariffs", new_item("10%"), new_item("12%")),),
        trust=Trust(articles=5, sources=3, kept=4, dropped=1, feeds_failing=("News",)),
        engine="extractive",
        timezone="Europe/Oslo",
        note=note,
        picture=Picture(png=b"\x89PNG\xff", alt="A chart"),
        key="b1",
    )


def new_correction(n: int = 1) -> Correction:
    return Correction(n, "News", "Talks begin today.", "Talks begin on Friday.", NOW)


def alert_of(order: Subscription, name: str = "a1", day: float = 0) -> Alert:
    return Alert(order.id, name, NOW + timedelta(days=day))


def new_notice(name: str = "feed 1 fails", workspace: str = "desk", day: float = 0) -> Notice:
    return Notice(workspace, name, NOW + timedelta(days=day))
