"""Turns: questions as they were asked, their answers, and what members think of them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, select, update

from bot.model import Citation, Review, Turn, Usage, Vote
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.schema import analysis
from bot.store.schema_asking import turn as turns
from bot.store.schema_asking import vote as votes
from bot.store.sources import keep_sources

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
IS_KEPT = turns.c.question != ""
"""What was erased has no question any more."""
WAITING = timedelta(minutes=5)
"""A question without an answer waits so long: after that, whoever was answering it is gone."""


class Turns(DatabaseRows):
    """Keeps ``ports.TurnStore``."""

    @writing
    def open_turn(self, db: Connection, turn: Turn, check: Callable[[Usage], None]) -> Usage:
        """Keep a question that has no answer yet, unless ``check`` raises; returns the usage.

        Nobody else writes between the counting and the keeping.
        """
        usage = _count_usage(db, turn.workspace, turn.member, turn.asked_at)
        check(usage)
        db.execute(
            turns.insert().values(
                workspace=turn.workspace,
                key=turn.key,
                conversation=turn.conversation,
                member=turn.member,
                question=turn.question,
                asked_at=turn.asked_at,
                is_waiting=True,
                **_answer_columns(turn),
            )
        )
        return usage

    @reading
    def count_usage(self, db: Connection, workspace: str, member: str, now: datetime) -> Usage:
        """The usage as ``open_turn`` counts it; nothing is kept."""
        return _count_usage(db, workspace, member, now)

    @writing
    def close_turn(self, db: Connection, turn: Turn, citations: Sequence[Citation]) -> None:
        """Keep the answer of a question, and the sources that it cites.

        Of one that was erased meanwhile only what it took counts.
        """
        is_it = _is_turn(turn.workspace, turn.key)
        spent = update(turns).where(is_it).values(is_waiting=False, tokens=turn.tokens)
        db.execute(spent)
        closed = update(turns).where(is_it & IS_KEPT).values(**_answer_columns(turn))
        if db.execute(closed).rowcount:
            keep_sources(db, turn.workspace, turn.key, citations, turn.asked_at)

    @reading
    def find_turn(self, db: Connection, workspace: str, key: str) -> Turn | None:
        """The question kept under that key, if the workspace has it."""
        found = db.execute(select(turns).where(_is_turn(workspace, key), IS_KEPT))
        row = found.mappings().one_or_none()
        return None if row is None else _turn_from(row)

    @reading
    def list_turns(
        self,
        db: Connection,
        workspace: str,
        conversation: str,
        *,
        before: datetime,
        limit: int,
    ) -> tuple[Turn, ...]:
        """The newest turns of a conversation before a moment, oldest first.

        Only those that got a reply; that the articles do not tell is one.
        """
        found = (
            select(turns)
            .where(
                turns.c.workspace == workspace,
                turns.c.conversation == conversation,
                turns.c.asked_at < before,
                turns.c.answer != "",
            )
            .order_by(turns.c.asked_at.desc(), turns.c.key.desc())
            .limit(limit)
        )
        return tuple(map(_turn_from, db.execute(found).mappings().all()[::-1]))

    @writing
    def save_vote(self, db: Connection, workspace: str, vote: Vote) -> bool:
        """Keep a vote in place of the member's earlier one; False if there is no such question."""
        is_it = _is_turn(workspace, vote.key) & IS_KEPT
        if db.scalar(select(turns.c.key).where(is_it)) is None:
            return False
        values = {"is_good": vote.is_good, "reason": vote.reason, "voted_at": vote.voted_at}
        key = {"workspace": workspace, "key": vote.key, "member": vote.member}
        db.execute(
            insert(db, votes)
            .values(**key, **values)
            .on_conflict_do_update(index_elements=list(key), set_=values)
        )
        return True

    @reading
    def list_reviews(self, db: Connection, workspace: str, *, limit: int) -> tuple[Review, ...]:
        """The answers that were voted on, last vote first."""
        last = func.max(votes.c.voted_at)
        keys = db.scalars(
            select(votes.c.key)
            .where(votes.c.workspace == workspace)
            .group_by(votes.c.key)
            .order_by(last.desc(), votes.c.key)
            .limit(limit)
        )
        return tuple(_read_review(db, workspace, key) for key in keys.all())

    @writing
    def forget_turns(self, db: Connection, before: datetime, *, erased_before: datetime) -> int:
        """Delete questions asked before a moment, with their votes; returns how many.

        What counts of erased ones goes by a moment of its own.
        """
        is_over = ~IS_KEPT & (turns.c.asked_at < erased_before)
        return db.execute(delete(turns).where((turns.c.asked_at < before) | is_over)).rowcount


def erase_turns(db: Connection, is_theirs: ColumnElement[bool]) -> int:
    """Empty questions, so that asking and erasing can't be repeated past the limits.

    Who asked, when, and the tokens stay, until ``forget_turns``; returns how many were emptied.
    """
    nothing = {"conversation": "", "question": "", "answer": "", "engine": ""}
    emptied = update(turns).where(is_theirs & IS_KEPT).values(is_answered=False, **nothing)
    return db.execute(emptied).rowcount


def _count_usage(db: Connection, workspace: str, member: str, now: datetime) -> Usage:
    is_members = turns.c.member == member
    counted = select(
        _count_if(is_members & (turns.c.asked_at > now - MINUTE)),
        _count_if(is_members),
        func.count(),
        _count_if(turns.c.is_waiting & (turns.c.asked_at > now - WAITING)),
        func.coalesce(func.sum(turns.c.tokens), 0),
    ).where(turns.c.workspace == workspace, turns.c.asked_at > now - DAY)
    minute, day, all_day, waiting, tokens = db.execute(counted).one()
    return Usage(
        member_minute=minute,
        member_day=day,
        workspace_day=all_day,
        waiting=waiting,
        tokens=tokens,
        tokens_of_all=_sum_tokens(db, now - DAY),
    )


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _sum_tokens(db: Connection, since: datetime) -> int:
    """What all questions and all articles took of the model."""
    asked = select(func.sum(turns.c.tokens)).where(turns.c.asked_at > since)
    read = select(func.sum(analysis.c.tokens)).where(analysis.c.analysed_at > since)
    return (db.scalar(asked) or 0) + (db.scalar(read) or 0)


def _is_turn(workspace: str, key: str) -> ColumnElement[bool]:
    return (turns.c.workspace == workspace) & (turns.c.key == key)


def _answer_columns(turn: Turn) -> dict[str, object]:
    return {
        "is_answered": turn.is_answered,
        "answer": turn.answer,
        "engine": turn.engine,
        "tokens": turn.tokens,
    }


def _turn_from(row: RowMapping) -> Turn:
    return Turn(
        key=row["key"],
        workspace=row["workspace"],
        conversation=row["conversation"],
        member=row["member"],
        question=row["question"],
        asked_at=row["asked_at"],
        is_answered=row["is_answered"],
        answer=row["answer"],
        engine=row["engine"],
        tokens=row["tokens"],
    )


def _read_review(db: Connection, workspace: str, key: str) -> Review:
    found = db.execute(select(turns).where(_is_turn(workspace, key))).mappings().one()
    cast = (
        select(votes)
        .where(votes.c.workspace == workspace, votes.c.key == key)
        .order_by(votes.c.voted_at.desc(), votes.c.member)
    )
    return Review(
        turn=_turn_from(found),
        votes=tuple(
            Vote(
                key=row["key"],
                member=row["member"],
                is_good=row["is_good"],
                reason=row["reason"],
                voted_at=row["voted_at"],
            )
            for row in db.execute(cast).mappings()
        ),
    )
