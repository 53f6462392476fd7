"""words → the texts that hold them, best first, by SQLite's FTS5.

The index is kept by triggers of the migration, so that whoever writes a text need not know it.
"""

from collections.abc import Sequence

from sqlalchemy import Float, Integer, Subquery, Text, column, select, table

_MAX_WORDS = 32

_index = table(
    "text_search", column("rowid", Integer), column("rank", Float), column("text_search", Text)
)


def match(words: Sequence[str]) -> Subquery:
    """``text_id`` and ``rank`` (smaller is better) of each text with any of the words."""
    quoted = " OR ".join(_quote(word) for word in words[:_MAX_WORDS])
    return (
        select(_index.c.rowid.label("text_id"), _index.c.rank)
        .where(_index.c.text_search.op("MATCH")(quoted))
        .subquery("found")
    )


def _quote(word: str) -> str:
    """A word as an FTS5 string: nothing in it is syntax, and NUL would end the query."""
    plain = word.encode("utf-8", "ignore").decode().replace("\0", " ")
    return '"' + plain.replace('"', '""') + '"'
