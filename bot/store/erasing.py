"""Erasing a workspace: its own rows, then what feeds brought that nobody else follows."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    Text,
    cast,
    delete,
    exists,
    false,
    func,
    literal,
    select,
)

from bot.model import ConfigKind, FeedState
from bot.store.schema import (
    analysis,
    article,
    feed,
    follow,
    metadata,
    part,
    slot,
    text,
    vector,
    version,
)
from bot.store.schema_administration import config_edit
from bot.store.schema_asking import turn
from bot.store.turns import erase_turns

_CHUNK = 1000
_Ids = Collection[int]


def erase_rows(db: Connection, workspace: str) -> int:
    """Delete all that only this workspace has, inside a transaction; returns how many rows."""
    feed_ids = _list_feeds(db, workspace)
    numbers = {table: db.scalar(select(func.max(table.c.id))) for table in _EMPTIED}
    count = _erase_own(db, workspace) + _erase_feeds(db, _list_lone(db, feed_ids))
    for table, highest in numbers.items():
        _keep_number(db, table, highest or 0)
    return count


def _list_feeds(db: Connection, workspace: str) -> _Ids:
    """The feeds that the workspace follows, made, or has in its history."""
    changed = select(config_edit.c.key).where(
        config_edit.c.workspace == workspace, config_edit.c.kind == ConfigKind.FEED.value
    )
    followed = select(follow.c.feed_id).where(follow.c.workspace == workspace)
    made = select(feed.c.id).where(feed.c.owner == workspace, feed.c.owner != "")
    return {*db.scalars(followed), *db.scalars(made), *map(int, db.scalars(changed))}


def _erase_own(db: Connection, workspace: str) -> int:
    slot_keys = select(slot.c.key).where(slot.c.workspace == workspace)
    count = db.execute(delete(part).where(part.c.slot_key.in_(slot_keys))).rowcount
    # What refers to other rows comes after them in this order, so it goes before them.
    for table in reversed(metadata.sorted_tables):
        if "workspace" in table.c and table is not turn:
            count += db.execute(delete(table).where(table.c.workspace == workspace)).rowcount
    return count + erase_turns(db, turn.c.workspace == workspace)


def _list_lone(db: Connection, feed_ids: _Ids) -> _Ids:
    """Those that nobody follows, nor can follow again by undoing a change."""
    is_followed = exists().where(follow.c.feed_id == feed.c.id)
    is_undoable = exists().where(
        config_edit.c.kind == ConfigKind.FEED.value, config_edit.c.key == cast(feed.c.id, Text)
    )
    return {
        feed_id
        for some in _cut(feed_ids)
        for feed_id in db.scalars(
            select(feed.c.id).where(feed.c.id.in_(some), ~is_followed, ~is_undoable)
        )
    }


def _erase_feeds(db: Connection, feed_ids: _Ids) -> int:
    """Delete feeds, and the articles and texts that no other feed brought."""
    article_ids, text_ids, count = set[int](), set[int](), 0
    for some in _cut(feed_ids):
        brought = select(version.c.article_id, version.c.text_id)
        for article_id, text_id in db.execute(brought.where(version.c.feed_id.in_(some))):
            article_ids.add(article_id)
            text_ids.add(text_id)
        count += _delete(db, version, version.c.feed_id.in_(some))
        count += _delete(db, feed, feed.c.id.in_(some))
    for some in _cut(article_ids):
        is_left = exists().where(version.c.article_id == article.c.id)
        count += _delete(db, article, article.c.id.in_(some) & ~is_left)
    return count + sum(_erase_texts(db, some) for some in _cut(text_ids))


def _erase_texts(db: Connection, text_ids: _Ids) -> int:
    is_left = exists().where(version.c.text_id == text.c.id)
    lone = db.scalars(select(text.c.id).where(text.c.id.in_(text_ids), ~is_left)).all()
    _keep_tokens(db, lone)
    return (
        _delete(db, analysis, analysis.c.text_id.in_(lone))
        + _delete(db, vector, vector.c.text_id.in_(lone))
        + _delete(db, text, text.c.id.in_(lone))
    )


def _keep_tokens(db: Connection, text_ids: _Ids) -> None:
    """What reading took stays counted, as erased questions of nobody's: see ``erase_turns``."""
    # No text ever has the number of another one, so no key comes twice.
    key = analysis.c.engine + " " + analysis.c.prompt_version + " " + cast(analysis.c.text_id, Text)
    empty = ("workspace", "member", "conversation", "question", "answer", "engine")
    values: dict[str, ColumnElement[Any]] = {
        **dict.fromkeys(empty, literal("")),
        **dict.fromkeys(("is_waiting", "is_answered"), false()),
        "key": key,
        "asked_at": analysis.c.analysed_at,
        "tokens": analysis.c.tokens,
    }
    is_read = analysis.c.text_id.in_(text_ids) & (analysis.c.tokens > 0)
    db.execute(turn.insert().from_select(list(values), select(*values.values()).where(is_read)))


def _delete(db: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    return db.execute(delete(table).where(condition)).rowcount


# What a row without anything in it has.
_EMPTIED: dict[Table, dict[str, object]] = {
    feed: {
        "owner": "",
        "url": "erased:",
        "state": FeedState.GONE.value,
        "reason": "",
        "etag": "",
        "last_modified": "",
        "failures": 0,
    },
    article: {"url": "erased:"},
    text: {"text_hash": "erased:", "title": "", "text": "", "sentences": "[]", "language": ""},
}


def _keep_number(db: Connection, table: Table, highest: int) -> None:
    """Leave an empty row in place of the last one: SQLite would give its number to the next.

    Who polls a feed at this moment would bring its articles to another one, and vectors in
    memory would be taken for those of another text.
    """
    if (db.scalar(select(func.max(table.c.id))) or 0) < highest:
        emptied = {
            name: f"erased:{highest}" if value == "erased:" else value
            for name, value in _EMPTIED[table].items()
        }
        db.execute(table.insert().values(id=highest, **emptied))


def _cut(ids: _Ids) -> Iterator[list[int]]:
    left = iter(ids)
    while some := list(islice(left, _CHUNK)):
        yield some
