"""What a database in trouble says, in the words of StoreError."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from store_samples import follow, new_article

from bot.errors import StoreError
from bot.ports import Store
from bot.store import open_store, upgrade
from bot.store.database import Database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    upgrade(f"sqlite:///{tmp_path}/briefing.db")
    return tmp_path / "briefing.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{file}")
    yield opened
    opened.close()


async def saying_of(url: str) -> StoreError:
    store = open_store(url)
    with pytest.raises(StoreError) as caught:
        await store.save_mark("a", "b")
    await store.close()
    assert "\n" not in str(caught.value)
    return caught.value


async def test_a_locked_database_may_be_tried_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database._BUSY_S", 0.05)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    error = await saying_of(f"sqlite:///{file}")
    assert "locked" in str(error)
    assert not error.permanent
    other.close()


async def test_reading_goes_on_while_another_writes(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store = open_store(f"sqlite:///{file}")
    assert await store.find_mark("a") is None
    await store.close()
    other.close()


async def test_a_missing_folder_says_so(tmp_path: Path) -> None:
    error = await saying_of(f"sqlite:///{tmp_path}/nowhere/briefing.db")
    assert "can't be opened" in str(error)
    assert error.permanent


async def test_a_folder_that_cannot_be_made_says_so(file: Path) -> None:
    with pytest.raises(StoreError, match="can't be made"):
        upgrade(f"sqlite:///{file}/data/briefing.db")


async def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "briefing.db").write_text("not a database, but long enough to be read as one" * 9)
    error = await saying_of(f"sqlite:///{tmp_path}/briefing.db")
    assert "not a database" in str(error)
    with pytest.raises(StoreError, match="not a database"):
        upgrade(f"sqlite:///{tmp_path}/briefing.db")


async def test_a_damaged_database_says_so(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    error = await saying_of(f"sqlite:///{file}")
    assert "damaged" in str(error)


async def test_a_database_that_was_never_set_up_says_so(tmp_path: Path) -> None:
    error = await saying_of(f"sqlite:///{tmp_path}/briefing.db")
    assert "db upgrade" in str(error)


def test_a_read_only_database_says_so(database: Database) -> None:
    def write(db: Connection) -> None:
        db.execute(text("PRAGMA query_only = 1"))
        db.execute(text("INSERT INTO mark VALUES ('a', 'b')"))

    with pytest.raises(StoreError, match="can't be written"):
        database.run(write, is_writing=True)


def test_a_full_disk_says_so_and_keeps_nothing_of_the_work(database: Database) -> None:
    def fill(db: Connection) -> None:
        db.execute(text("PRAGMA max_page_count = 1"))
        for number in range(1000):
            values = {"name": f"{number}", "value": "x" * 4000}
            db.execute(text("INSERT INTO mark VALUES (:name, :value)"), values)

    with pytest.raises(StoreError, match="disk is full") as caught:
        database.run(fill, is_writing=True)
    assert caught.value.permanent
    assert (
        database.run(lambda db: db.scalar(text("SELECT count(*) FROM mark")), is_writing=False) == 0
    )


def test_a_commit_outlives_a_power_cut(database: Database) -> None:
    def pragmas(db: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [db.scalar(text(f"PRAGMA {name}")) for name in names]

    synchronous_full = 2
    assert database.run(pragmas, is_writing=False) == ["wal", synchronous_full, 1, 5000]


async def test_an_error_in_the_middle_leaves_the_store_usable(store: Store) -> None:
    feed = await follow(store)
    for _ in range(30):
        with pytest.raises(StoreError):
            await store.save_articles(999, [new_article()])
    assert await store.save_articles(feed.id, [new_article()]) == 1
    assert await store.find_article("desk", new_article().url) is not None
