"""What is asked of large tables is answered by an index, however many rows there are."""

import re
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event
from store_samples import CHANNEL, EVER, NOW, author, follow, new_article

from bot.errors import BotError
from bot.ports import Store
from bot.store.schema import metadata

SMALL = {"absence", "choice"}
"""A row a workspace, or a few; and lists of all of them are asked for."""
MEMBER = author("b1")

ASKED: dict[str, Callable[[Store], Coroutine[Any, Any, object]]] = {
    "due feeds": lambda store: store.list_due_feeds(NOW, limit=9),
    "due feeds of one": lambda store: store.list_due_feeds(NOW, limit=9, workspace="desk"),
    "failing feeds": lambda store: store.list_failing(NOW),
    "feeds": lambda store: store.list_feeds("desk"),
    "a feed removed": lambda store: store.remove_feed("desk", 1, by=MEMBER),
    "a feed paused": lambda store: store.pause_feed("desk", 1, is_paused=True, by=MEMBER),
    "orders": lambda store: store.list_subscriptions("desk"),
    "an order removed": lambda store: store.remove_subscription("desk", 1, by=MEMBER),
    "an order paused": lambda store: store.pause_subscription(1, "x"),
    "reminders": lambda store: store.set_reminders("desk", CHANNEL, is_on=True, by=MEMBER),
    "slots": lambda store: store.list_slots("desk", limit=9),
    "slot keys": lambda store: store.list_slot_keys(1, NOW),
    "alert keys": lambda store: store.list_alert_keys(1, NOW),
    "a part": lambda store: store.find_part("1/alert/a", 1),
    "briefs": lambda store: store.list_briefs(start_at=EVER, end_at=NOW),
    "briefs of one": lambda store: store.list_briefs(
        start_at=EVER, end_at=NOW, workspace="desk", channel=CHANNEL
    ),
    "unchecked briefs": lambda store: store.list_unchecked(start_at=EVER, due_by=[NOW, NOW, NOW]),
    "a check": lambda store: store.save_check("1/alert/a", ()),
    "old briefs": lambda store: store.forget_briefs(NOW),
    "choices": lambda store: store.list_choices("desk"),
    "choosers": lambda store: store.list_choosers("language", "fr"),
    "a choice": lambda store: store.save_choice("desk", "language", "fr", by=MEMBER),
    "changes": lambda store: store.list_config_changes("desk", limit=9),
    "an undoing": lambda store: store.undo_config_change("desk", "b1", by=author("b2")),
    "the end of an absence": lambda store: store.end_absence("desk"),
    "a forgotten workspace": lambda store: store.erase_workspace("desk"),
    "a forgotten member": lambda store: store.erase_member("desk", "m1"),
}


@contextmanager
def listening() -> Iterator[list[tuple[str, Any]]]:
    """The statements that are run meanwhile, with what they are run with."""
    heard: list[tuple[str, Any]] = []

    def hear(
        _db: object, _cursor: object, statement: str, values: Any, _context: object, is_many: bool
    ) -> None:
        heard.append((statement, values[0] if is_many else values))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def list_scans(url: str, statement: str, values: Any) -> set[str]:
    """The tables that the statement reads from end to end, without any index."""
    engine = create_engine(url)
    with engine.connect() as db:
        plan = db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    engine.dispose()
    steps = [str(row[3]) for row in plan]
    scanned = (re.fullmatch(r"SCAN (\w+)(?: AS \w+)?", step) for step in steps)
    return {found[1] for found in scanned if found and found[1] in metadata.tables}


@pytest.mark.parametrize("what", ASKED)
async def test_nothing_is_read_from_end_to_end(store: Store, sqlite_url: str, what: str) -> None:
    await store.save_choice("desk", "language", "es", by=MEMBER)
    feed = await follow(store)
    await store.save_articles(feed.id, [new_article()])
    with listening() as heard:
        try:
            await ASKED[what](store)
        except BotError as error:
            pytest.fail(f"{what}: {error}")
    statements = [one for one in heard if re.match("SELECT|UPDATE|DELETE", one[0])]
    assert statements
    for statement, values in statements:
        scans = list_scans(sqlite_url, statement, values)
        assert scans <= SMALL, statement


async def test_a_reading_from_end_to_end_is_noticed(store: Store, sqlite_url: str) -> None:
    statement = "SELECT key FROM slot WHERE reason = 'x' ORDER BY due_at"
    assert list_scans(sqlite_url, statement, ()) == {"slot"}
    assert list_scans(sqlite_url, "SELECT 1 FROM mark WHERE name = 'x'", ()) == set()
