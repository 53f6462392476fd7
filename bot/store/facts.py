"""Facts: what engines made of texts, shared by all who see the text."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ScalarSelect, Select, Subquery, exists, func, select

from bot.errors import StoreError
from bot.model import Analysis, Article, ArticleAnalysis
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.rows import analysis_from, analysis_to_columns, article_from, to_json
from bot.store.schema import analysis as analyses
from bot.store.schema import follow, text, version
from bot.store.sight import ARTICLE_COLUMNS, SIGHTINGS, select_period


class Facts(DatabaseRows):
    """Keeps ``ports.FactStore``."""

    @reading
    def list_unread(
        self,
        db: Connection,
        engine: str,
        prompt_version: str,
        *,
        limit: int,
        workspace: str | None = None,
        since: datetime | None = None,
    ) -> tuple[Article, ...]:
        """One article per text that this engine has not analysed, newest first.

        ``since`` is a ``seen_at``. A text that its own feed has replaced is left out.
        """
        turns = _turns(engine, prompt_version, workspace, since)
        is_first = (turns.c.id == version.c.id) & (turns.c.workspace == follow.c.workspace)
        unread = (
            select(*ARTICLE_COLUMNS)
            .select_from(SIGHTINGS.join(turns, is_first))
            .where(turns.c.turn == 1)
            .order_by(version.c.seen_at.desc(), version.c.id.desc())
            .limit(limit)
        )
        return tuple(map(article_from, db.execute(unread).mappings()))

    @writing
    def save_analysis(self, db: Connection, analysis: Analysis, now: datetime) -> None:
        """Keep an analysis, in place of an older one of the same engine and prompt.

        Raises:
            StoreError: no text of that hash is stored.
        """
        text_id = db.scalar(select(text.c.id).where(text.c.text_hash == analysis.text_hash))
        if text_id is None:
            raise StoreError(f"No text {analysis.text_hash} is stored: save its article first")
        key = {
            "text_id": text_id,
            "engine": analysis.engine,
            "prompt_version": analysis.prompt_version,
        }
        values = {**analysis_to_columns(analysis), "analysed_at": now}
        db.execute(
            insert(db, analyses)
            .values(**key, **values)
            .on_conflict_do_update(index_elements=list(key), set_=values)
        )

    @reading
    def list_analyses(
        self, db: Connection, workspace: str, engine: str, *, start_at: datetime, end_at: datetime
    ) -> tuple[ArticleAnalysis, ...]:
        """As ``list_articles``, with each text's analysis: ``engine``'s newest, else any's."""
        return _read_analyses(db, _select_analyses(workspace, engine, start_at, end_at))

    @reading
    def list_told(
        self, db: Connection, workspace: str, engine: str, *, start_at: datetime, end_at: datetime
    ) -> tuple[ArticleAnalysis, ...]:
        """As ``list_analyses``, only those that tell of a visit."""
        every = _select_analyses(workspace, engine, start_at, end_at)
        return _read_analyses(db, every.where(analyses.c.mentions != to_json([])))


def _select_analyses(
    workspace: str, engine: str, start_at: datetime, end_at: datetime
) -> Select[Any]:
    return (
        select_period(workspace, start_at, end_at)
        .add_columns(*_ANALYSIS_COLUMNS)
        .where(
            analyses.c.text_id == version.c.text_id,
            analyses.c.id == _best_analysis_id(engine),
        )
    )


def _read_analyses(db: Connection, shown: Select[Any]) -> tuple[ArticleAnalysis, ...]:
    rows = db.execute(shown).mappings()
    return tuple(ArticleAnalysis(article_from(row), analysis_from(row)) for row in rows)


_ANALYSIS_COLUMNS = (
    analyses.c.engine,
    analyses.c.prompt_version,
    analyses.c.facts,
    analyses.c.mentions,
    analyses.c.drops,
    analyses.c.tokens,
    analyses.c.note,
)


def _best_analysis_id(engine: str) -> ScalarSelect[int]:
    each = analyses.alias("each")
    return (
        select(each.c.id)
        .where(each.c.text_id == version.c.text_id)
        .order_by((each.c.engine == engine).desc(), each.c.analysed_at.desc(), each.c.id.desc())
        .limit(1)
        .correlate(version)
        .scalar_subquery()
    )


def _turns(
    engine: str, prompt_version: str, workspace: str | None, since: datetime | None
) -> Subquery:
    """Unread versions, each for each follower, numbered within their text from the oldest."""
    later = version.alias("later")
    # Written as a difference, lest SQLite walk all that the feed has brought since.
    is_same_feed = later.c.feed_id - version.c.feed_id == 0
    is_replaced = exists().where(
        later.c.article_id == version.c.article_id,
        later.c.seen_at > version.c.seen_at,
        is_same_feed,
    )
    is_read = exists().where(
        analyses.c.text_id == version.c.text_id,
        analyses.c.engine == engine,
        analyses.c.prompt_version == prompt_version,
    )
    order = (version.c.seen_at, version.c.id, follow.c.followed_at, follow.c.workspace)
    turn = func.row_number().over(partition_by=version.c.text_id, order_by=order)
    unread = (
        select(version.c.id, follow.c.workspace, turn.label("turn"))
        .join_from(version, follow, follow.c.feed_id == version.c.feed_id)
        .where(~is_replaced, ~is_read)
    )
    if workspace is not None:
        unread = unread.where(follow.c.workspace == workspace)
    if since is not None:
        unread = unread.where(version.c.seen_at > since)
    return unread.subquery("turns")
