"""visit ↔ JSON text, with its whole history: what a calendar entry keeps of it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from bot.model import CalendarEntry, Evidence, Move, Precision, Visit, VisitDates, VisitStatus
from bot.store.rows import from_json, to_json


def entry_to_columns(entry: CalendarEntry) -> dict[str, object]:
    """The columns of an entry that its key doesn't hold."""
    return {
        "sequence": entry.sequence,
        "changed_at": entry.changed_at,
        "is_withdrawn": entry.is_withdrawn,
        "visit": visit_to_json(entry.visit),
    }


def entry_from(row: RowMapping) -> CalendarEntry:
    """A row of calendar_entry."""
    return CalendarEntry(
        uid=row["uid"],
        sequence=row["sequence"],
        changed_at=row["changed_at"],
        visit=visit_from_json(row["visit"]),
        is_withdrawn=row["is_withdrawn"],
    )


def visit_to_json(visit: Visit) -> str:
    """The visit with all its moves; moments keep their offset."""
    history = [asdict(move) | {"at": move.at.isoformat()} for move in visit.history]
    return to_json(asdict(visit) | {"history": history})


def visit_from_json(text: str) -> Visit:
    """What ``visit_to_json`` was given; what an older release did not know has its default."""
    value = from_json(text)
    told = {
        "dates": _dates_from(value["dates"]),
        "status": VisitStatus(value["status"]),
        "history": tuple(_move_from(move) for move in value["history"]),
    }
    return Visit(**value | told)


def _move_from(value: dict[str, Any]) -> Move:
    told = {
        "at": datetime.fromisoformat(value["at"]),
        "status": VisitStatus(value["status"]),
        "dates": _dates_from(value["dates"]),
        "more": tuple(Evidence(**one) for one in value.get("more", ())),
    }
    return Move(**value | told)


def _dates_from(value: dict[str, Any]) -> VisitDates:
    return VisitDates(value["start"], value["end"], Precision(value["precision"]))
