import stat
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from store_samples import CHANNEL, NOW, new_entry, new_turn, reminder_of, slot_of, subscribe

from bot.errors import StoreError
from bot.model import DeliveryState, Look
from bot.store import migrate, open_store, upgrade
from bot.store.schema import metadata

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MIGRATIONS = Path(migrate.__file__).parent / "migrations"


def describe(url: str) -> dict[str, list[str]]:
    """Every table, and in it whatever the database can tell of it."""
    engine = create_engine(url)
    looked = inspect(engine)
    asked = (
        looked.get_columns,
        looked.get_indexes,
        looked.get_unique_constraints,
        looked.get_foreign_keys,
        looked.get_check_constraints,
    )
    told = {
        table: [
            repr(looked.get_pk_constraint(table)),
            *(repr({**one}) for ask in asked for one in sorted(ask(table), key=repr)),
        ]
        for table in looked.get_table_names()
        if table != "alembic_version" and not table.startswith("text_search")
    }
    engine.dispose()
    return told


def test_the_migrations_make_the_tables_that_the_program_knows(
    sqlite_url: str, tmp_path: Path
) -> None:
    known = f"sqlite:///{tmp_path}/known.db"
    engine = create_engine(known)
    metadata.create_all(engine)
    engine.dispose()
    assert describe(sqlite_url) == describe(known)
    assert len(describe(sqlite_url)) == len(metadata.tables)


@pytest.mark.parametrize("table", ["subscription", "part", "config_edit"])
def test_what_others_know_by_its_number_has_a_counter_that_never_goes_back(
    sqlite_url: str, table: str
) -> None:
    engine = create_engine(sqlite_url)
    with engine.connect() as db:
        made = db.scalar(
            text("SELECT sql FROM sqlite_master WHERE name = :table"), {"table": table}
        )
    engine.dispose()
    assert "AUTOINCREMENT" in str(made)


def test_the_newest_migration_is_the_one_the_program_asks_for() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert scripts.get_heads() == [migrate.HEAD]
    for script in scripts.walk_revisions():
        assert "\nReason:" in str(script.module.__doc__)


def test_a_second_upgrade_does_nothing_and_does_not_load_alembic(sqlite_url: str) -> None:
    code = f"import sys; from bot.store import upgrade; upgrade({sqlite_url!r})"
    code += "; print('alembic' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_a_folder_that_is_missing_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path}/new/data/briefing.db")
    assert stat.S_IMODE((tmp_path / "new" / "data").stat().st_mode) == 0o700


def test_a_database_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path}/briefing.db")
    assert stat.S_IMODE((tmp_path / "briefing.db").stat().st_mode) == 0o600


def test_a_path_may_hold_a_percent_sign_and_a_space(tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path}/100% new/briefing.db")
    assert (tmp_path / "100% new" / "briefing.db").exists()


def test_a_database_of_a_newer_release_is_refused_and_left_alone(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    with engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer release"):
        upgrade(sqlite_url)
    with engine.begin() as db:
        assert db.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    engine.dispose()


def test_processes_that_start_at_once_make_one_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/data/briefing.db"
    command = [sys.executable, "-c", f"from bot.store import upgrade; upgrade({url!r})"]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    ended = [(process.communicate()[1], process.returncode) for process in started]
    assert ended == [(b"", 0)] * 4
    assert set(describe(url)) == set(metadata.tables)


def test_an_upgrade_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/briefing.db"
    engine = create_engine(url)
    with engine.begin() as db:
        db.execute(text("CREATE TABLE slot (id INTEGER)"))
    with pytest.raises(StoreError, match="slot"):
        upgrade(url)
    assert inspect(engine).get_table_names() == ["slot"]
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "saying"),
    [
        ("", "sqlite:///FILE"),
        ("no address", "sqlite:///FILE"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite:///file:x.db?mode=memory&uri=true", "needs a file"),
        ("mysql://root:hunter2@db/briefing", "not supported"),
        ("nonsense+driver://root:hunter2@db/x", "not supported"),
        ("postgresql://root:hunter2@db:port/x", "sqlite:///FILE"),
        ("sqlite+nonsense:///x.db", "not supported"),
    ],
)
def test_an_address_that_will_not_do_is_refused_without_its_password(url: str, saying: str) -> None:
    for use in (upgrade, open_store):
        with pytest.raises(StoreError, match=saying) as caught:
            use(url)
        assert "hunter2" not in str(caught.value)


FIRST_RELEASE = (
    "INSERT INTO feed VALUES (1, '', 'https://news.test/feed', 'ok', '', '', '', 0, 0, 0)",
    "INSERT INTO follow VALUES ('desk', 1, 'News', 'News', 2, 0, 0)",
    "INSERT INTO text VALUES (1, 'hash', 'Title', 'Berg will visit Tokyo.', '[[0,22]]', 'en')",
    "INSERT INTO article VALUES (1, 'https://news.test/1')",
    "INSERT INTO version VALUES (1, 1, 1, 1, 'g', 'News', 0, '1970-01-01', 0, 0)",
    "INSERT INTO subscription VALUES (7, 'desk', 'discord', '100', 'UTC', '[\"06:00\"]', "
    "'[1]', '[]', 0)",
    "INSERT INTO slot VALUES ('7/2026-03-09/06:00', 7, 'desk', 'discord', '100', "
    f"{round((NOW.timestamp() - 86400) * 1e6)}, 0, '')",
    "INSERT INTO part VALUES (1, '7/2026-03-09/06:00', 1, '{}', 'n', 'sent', '', NULL, NULL, 0, "
    "1, 'm1')",
    "INSERT INTO mark VALUES ('commands', 'a1')",
)


ARTICLES = ("feed", "follow", "text", "article", "version")
SECOND_RELEASE = (
    "INSERT INTO analysis VALUES (1, 1, 'extractive', 'p1', '[]', '[]', '[]', 9, '', 0)",
    "INSERT INTO calendar_link VALUES ('desk', 'token')",
    "INSERT INTO choice VALUES ('desk', 'events', 'on')",
)


FOURTH_RELEASE = (
    *(one for one in FIRST_RELEASE if one.split()[2] in ("feed", "follow")),
    *(one for one in FIRST_RELEASE if one.split()[2] in ("text", "article", "version")),
    "INSERT INTO vector VALUES (1, 'e5', x'0102')",
    *(
        f"INSERT INTO subscription VALUES ({number}, '{workspace}', 'discord', '{channel}', 'UTC',"
        f" '[\"06:00\"]', '[1]', '[\"trade\"]', {number}, {number % 2})"
        for number, workspace, channel in (
            (3, "desk", 100),
            (7, "desk", 200),
            (8, "other", 100),
            (12, "desk", 300),
        )
    ),
    # The newest order is gone: its number must not be given again.
    "DELETE FROM subscription WHERE id = 12",
    "INSERT INTO slot VALUES ('12/2026-03-09/06:00', 12, 'desk', 'discord', '300', 0, 0, '', "
    "'brief')",
    "INSERT INTO slot VALUES ('7/a1/3', 7, 'desk', 'discord', '200', 5, 0, 'late', 'reminder')",
    "INSERT INTO part VALUES (4, '12/2026-03-09/06:00', 1, '{}', 'n', 'sent', '', NULL, NULL, 0, "
    "1, 'm1')",
    "INSERT INTO part VALUES (9, '7/a1/3', 1, '{\"content\":\"x\"}', 'n', 'sending', 'r', 'a', "
    "77, 6, 2, '')",
)


def make_release(url: str, revision: str, statements: Iterable[str]) -> None:
    """A database as an older release left it, with what people set and what was done."""
    engine = create_engine(url)
    with engine.begin() as db:
        config = Config(attributes={"connection": db})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.upgrade(config, revision)
        for statement in statements:
            db.exec_driver_sql(statement)
    engine.dispose()


async def test_a_database_of_the_first_release_keeps_what_it_holds(
    sqlite_url: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/first.db"
    make_release(url, "0001", FIRST_RELEASE)
    upgrade(url)
    assert describe(url) == describe(sqlite_url)
    store = open_store(url)
    (order,) = await store.list_subscriptions("desk")
    assert (order.id, order.channel, order.has_reminders) == (7, CHANNEL, False)
    assert [feed.title for feed in await store.list_feeds("desk")] == ["News"]
    assert await store.find_article("desk", "https://news.test/1")
    assert await store.find_mark("commands") == "a1"
    assert [one.title for one in await store.list_unembedded("e5", limit=9)] == ["Title"]
    (slot,) = await store.list_slots("desk", limit=9)
    assert (slot.key, slot.message_ids) == ("7/2026-03-09/06:00", ("m1",))
    assert await store.find_last_slot_at(7, NOW) is not None, "its briefs count as briefs"
    assert await store.list_slot_keys(7, slot.due_at) == frozenset({slot.key})
    assert await store.set_reminders("desk", CHANNEL, is_on=True)
    assert await store.list_reminder_keys(7, reminder_of(order).due_at) == frozenset()
    await store.update_calendar("desk", lambda standing: [*standing, new_entry("a")])
    assert await store.list_calendar("desk") == (new_entry("a"),)
    await store.close()


async def test_a_database_of_the_second_release_keeps_what_it_holds_and_can_be_asked(
    sqlite_url: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/second.db"
    articles = (one for one in FIRST_RELEASE if one.split()[2] in ARTICLES)
    make_release(url, "0002", (*articles, *SECOND_RELEASE))
    upgrade(url)
    assert describe(url) == describe(sqlite_url)
    store = open_store(url)
    assert await store.find_calendar_workspace("token") == "desk"
    assert await store.find_choice("desk", "events") == "on"
    ((article, _),) = await store.search("desk", [["tokyo"]], as_of=NOW, limit=9)
    assert await store.list_recent("desk", as_of=NOW, languages=["en"], limit=9) == (article,)
    assert await store.list_unread("extractive", "p1", limit=9) == ()
    usage = await store.open_turn(new_turn("k1"), lambda usage: None)
    assert (usage.workspace_day, usage.tokens_of_all) == (0, 0)
    epoch = datetime(1970, 1, 1, 1, tzinfo=UTC)
    assert (await store.count_usage("desk", "m1", epoch)).tokens_of_all == 9
    await store.close()


async def test_a_database_of_the_fourth_release_keeps_its_orders_under_their_numbers(
    sqlite_url: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/fourth.db"
    make_release(url, "0004", FOURTH_RELEASE)
    upgrade(url)
    assert describe(url) == describe(sqlite_url)
    store = open_store(url)
    orders = await store.list_subscriptions()
    assert [(one.id, one.workspace, one.channel.channel_id) for one in orders] == [
        (3, "desk", "100"), (7, "desk", "200"), (8, "other", "100"),
    ]  # fmt: skip
    assert [one.has_reminders for one in orders] == [True, True, False]
    assert {(one.look, one.skips_quiet, one.alerts_per_day, one.paused_for) for one in orders} == {
        (Look(), False, 0, "")
    }
    assert orders[1].created_at == EPOCH + timedelta(microseconds=7)
    again = await subscribe(store)
    assert (again.channel, again.id) == (orders[0].channel, 13)
    assert await store.skip_slot(slot_of(again), "desk", CHANNEL, "")
    await store.close()


async def test_a_database_of_the_fourth_release_keeps_its_outbox_and_its_feeds(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/fourth.db"
    make_release(url, "0004", FOURTH_RELEASE)
    upgrade(url)
    store = open_store(url)
    assert {(one.key, one.kind, one.state) for one in await store.list_slots("desk", limit=9)} == {
        ("12/2026-03-09/06:00", "brief", "sent"), ("7/a1/3", "reminder", "sending"),
    }  # fmt: skip
    assert await store.finish_part(9, "a", DeliveryState.READY, reason="")
    part = await store.claim_part("b", NOW, timedelta(minutes=1))
    assert part is not None
    assert (part.id, part.slot_key, part.payload, part.tries) == (9, "7/a1/3", {"content": "x"}, 3)
    (feed,) = await store.list_feeds("desk")
    assert (feed.tags, feed.failing_since) == ((), None)
    assert await store.list_briefs(start_at=EPOCH, end_at=NOW) == ()
    assert await store.list_config_changes("desk", limit=9) == ()
    await store.close()


async def test_texts_of_the_fourth_release_can_be_forgotten(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/fourth.db"
    make_release(url, "0004", FOURTH_RELEASE)
    upgrade(url)
    store = open_store(url)
    assert len(await store.search("desk", [["tokyo"]], as_of=NOW, limit=9)) == 1
    # Two orders, a follow, two slots with a part each; feed, version, article, text, vector.
    assert await store.erase_workspace("desk") == 12
    await store.close()
    engine = create_engine(url)
    with engine.connect() as db:
        found = "SELECT count(*) FROM text_search WHERE text_search MATCH 'tokyo'"
        assert db.scalar(text(found)) == 0
    engine.dispose()


async def test_an_empty_database_of_the_fourth_release_numbers_orders_from_one(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/fourth.db"
    make_release(url, "0004", ())
    upgrade(url)
    store = open_store(url)
    assert (await subscribe(store)).id == 1
    await store.close()
