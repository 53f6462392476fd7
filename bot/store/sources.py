"""Sources: what a brief or an answer cites, under its key."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from bot.model import Citation
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.rows import from_json, to_json
from bot.store.schema_asking import source


class Sources(DatabaseRows):
    """Keeps ``ports.SourceStore``."""

    @writing
    def save_sources(
        self,
        db: Connection,
        workspace: str,
        key: str,
        citations: Sequence[Citation],
        now: datetime,
    ) -> None:
        """Keep the numbered citations; keeping them again changes nothing."""
        keep_sources(db, workspace, key, citations, now)

    @reading
    def list_sources(self, db: Connection, workspace: str, key: str) -> tuple[Citation, ...]:
        """The citations kept under that key in that workspace, by number; none if unknown."""
        kept = select(source.c.citations)
        text = db.scalar(kept.where(source.c.workspace == workspace, source.c.key == key))
        cited = (_citation_from(value) for value in from_json(text or "[]"))
        return tuple(sorted(cited, key=lambda citation: citation.n))

    @writing
    def forget_sources(self, db: Connection, before: datetime) -> int:
        """Delete what was kept before a moment; returns how many keys."""
        return db.execute(delete(source).where(source.c.kept_at < before)).rowcount


def keep_sources(
    db: Connection, workspace: str, key: str, citations: Sequence[Citation], now: datetime
) -> None:
    """Keep citations inside a transaction; what stands under the key already stays."""
    if not citations:
        return
    text = to_json([_citation_to_json(citation) for citation in citations])
    kept = insert(db, source).values(workspace=workspace, key=key, citations=text, kept_at=now)
    db.execute(kept.on_conflict_do_nothing())


def _citation_to_json(citation: Citation) -> dict[str, object]:
    return {**asdict(citation), "published_at": citation.published_at.isoformat()}


def _citation_from(value: dict[str, Any]) -> Citation:
    published_at = datetime.fromisoformat(value["published_at"])
    return Citation(**{**value, "published_at": published_at})
