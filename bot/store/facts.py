"""Facts: what engines made of texts, shared by all who see the text."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ScalarSelect, Select, exists, select

from bot.errors import StoreError
from bot.model import Analysis, Article, ArticleAnalysis
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.rows import analysis_from, analysis_to_columns, article_from, to_json
from bot.store.schema import analysis as analyses
from bot.store.schema import text, version
from bot.store.sight import select_period
from bot.store.unread import list_first


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
        is_read = exists().where(
            analyses.c.text_id == version.c.text_id,
            analyses.c.engine == engine,
            analyses.c.prompt_version == prompt_version,
        )
        return list_first(db, is_read, limit=limit, workspace=workspace, since=since)

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
