"""who was told a line where, and when → whether to tell another: at most one a minute each."""

from collections import OrderedDict
from datetime import datetime, timedelta

_PAUSE = timedelta(minutes=1)
_MOST = 500


class Told:
    """Remembers the last that were told why there is no answer, ``_MOST`` of them."""

    def __init__(self) -> None:
        self._told_at: OrderedDict[tuple[int, int], datetime] = OrderedDict()

    def may_tell(self, place: int, member: int, *, now: datetime) -> bool:
        """Whether the member of that id may be told a line there now; if so, that counts."""
        told_at = self._told_at.get((place, member))
        # A clock that was set back must silence nobody for longer.
        if told_at is not None and timedelta(0) <= now - told_at < _PAUSE:
            return False
        self._told_at[place, member] = now
        self._told_at.move_to_end((place, member))
        if len(self._told_at) > _MOST:
            self._told_at.popitem(last=False)
        return True
