"""terms → the texts that hold them, best first, by SQLite's FTS5.

The index is kept by triggers of the migration, so that whoever writes a text need not know it.
To rank every text that has any of the terms takes seconds among a million. So where a workspace
sees many, only some are ranked: those that hold most terms and the rarest, the newest first.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    Connection,
    Float,
    Integer,
    Select,
    Text,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
)

from bot.store.sight import VIEWED_TEXTS, View, is_viewed

Ids = NDArray[np.int64]
Ranking = Sequence[tuple[int, float]]
"""Ids of texts, each with its rank, best first: a smaller rank is better."""

_MAX_TERMS = 32
_MAX_FORMS = 48
_MAX_LETTERS = 100
_SHORTEST_STEM = 3

FEW = 20_000
"""So many texts are ranked all."""
_POOLS = (2_000, 20_000)
"""Of more, so many: those that hold most; the next if too few of them can be shown."""
_WEIGHED = 500_000
"""So many hits are weighed among the best: the commonest terms beyond say least, and cost most."""

_index = table("text_search", column("rowid", Integer), column("text_search", Text))
_id = _index.c.rowid

_MATCHING = select(_id).where(_index.c.text_search.op("MATCH")(bindparam("query", type_=Text)))
# As one string: a million rows would take a second to read.
_HOLDING = _MATCHING.with_only_columns(func.group_concat(_id))
_RANKED = _MATCHING.add_columns(
    func.bm25(literal_column("text_search"), type_=Float).label("best")
).order_by("best", _id.desc())
# The sums keep SQLite from asking the index anew for each of the ids.
_RANKED_VIEW = _RANKED.where((_id + 0).in_(VIEWED_TEXTS))
_RANKED_POOL = _RANKED.where(
    (_id + 0).in_(
        select(func.json_each(bindparam("pool", type_=Text)).table_valued("value").c.value)
    ),
    is_viewed(_id),
)


def rank_texts(
    db: Connection, terms: Sequence[Sequence[str]], view: View, limit: int
) -> Iterator[Ranking]:
    """Rankings of texts of ``view``, each of more texts than the one before.

    An article may show another text by then, so the best ``limit`` of the first may not do.
    """
    forms = dict.fromkeys(map(write_term, terms[:_MAX_TERMS]))
    asked = [form for form in forms if form]
    if not asked:
        return
    if view.has_at_most(db, FEW):
        yield _rank(db, _RANKED_VIEW, asked, view.params)
        return
    held = [(form, texts) for form in asked if len(texts := _list_texts(db, form))]
    if not held:
        return
    held.sort(key=lambda one: len(one[1]))
    sums = accumulate(len(texts) for _, texts in held)
    telling = [form for (form, _), sum_ in zip(held, sums, strict=True) if sum_ <= _WEIGHED]
    best = _order([texts for _, texts in held])
    for size in (*_POOLS, len(best)):
        pool = best[: max(size, limit)].tolist()
        params = {**view.params, "pool": json.dumps(pool)}
        ranked = dict(_rank(db, _RANKED_POOL, telling or [held[0][0]], params))
        # Those that hold only the commonest terms come last.
        yield [*ranked.items(), *((one, 0.0) for one in pool if one not in ranked)]
        if size >= len(best):
            return


def _list_texts(db: Connection, form: str) -> Ids:
    """The texts that hold a term."""
    listed = db.scalar(_HOLDING, {"query": form})
    return np.fromstring(listed or "", np.int64, sep=",")


def _order(held: Sequence[Ids]) -> Ids:
    """The texts that hold any of the terms: most and rarest first, the newer among equals."""
    newest = max(int(texts.max()) for texts in held)
    scores = np.zeros(newest + 1, np.float32)
    for texts in held:
        scores[texts] += np.log(1 + newest / len(texts))
    found = np.flatnonzero(scores)
    order: Ids = found[np.lexsort((-found, -scores[found]))]
    return order


def _rank(
    db: Connection,
    ranked: Select[int, float],
    forms: Sequence[str],
    params: Mapping[str, object],
) -> Ranking:
    """Those of the texts that have any of the terms; the newer first among equals."""
    rows = db.execute(ranked, {**params, "query": " OR ".join(forms)}).all()
    return [(text_id, rank) for text_id, rank in rows]


def write_term(alternatives: Sequence[str]) -> str:
    """A term as FTS5 reads it, or nothing if no letter is in it."""
    # A bare word is a sequence too: of letters, which nobody means.
    forms = (alternatives,) if isinstance(alternatives, str) else alternatives[:_MAX_FORMS]
    quoted = dict.fromkeys(_quote(form) for form in forms if any(map(str.isalnum, form)))
    return f"({' OR '.join(quoted)})" if quoted else ""


def _quote(form: str) -> str:
    """A form as an FTS5 string: nothing in it is syntax, and NUL would end the query."""
    plain = form[:_MAX_LETTERS].encode("utf-8", "ignore").decode().replace("\0", " ")
    quoted = '"' + plain.replace('"', '""') + '"'
    is_stem = form.endswith("*") and len(form) == len(plain) > _SHORTEST_STEM
    return quoted + " *" if is_stem and form[-2].isalnum() else quoted
