"""Rows of vectors in memory: those that were asked for last, as many as there is room for."""

from collections.abc import Mapping
from threading import Lock


class Shelf:
    """Texts' rows by their ids, ``capacity`` bytes in all; what is used least goes first."""

    def __init__(self, capacity: int) -> None:
        self._rows: dict[int, bytes] = {}
        self._room = capacity
        # Questions are answered in several threads.
        self._lock = Lock()

    def take(self, text_ids: list[int]) -> dict[int, bytes]:
        """The rows of those of the texts that are here."""
        with self._lock:
            found = {one: self._rows.pop(one) for one in text_ids if one in self._rows}
            self._rows.update(found)
        return found

    def put(self, rows: Mapping[int, bytes]) -> None:
        """Keep the rows of texts, in place of what was taken longest ago."""
        with self._lock:
            for text_id, own in rows.items():
                self._room += len(self._rows.pop(text_id, b"")) - len(own)
                self._rows[text_id] = own
            while self._room < 0:
                self._room += len(self._rows.pop(next(iter(self._rows))))
