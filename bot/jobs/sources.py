"""brief → brief with a key, under which all that it cites can be looked up."""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from bot.jobs.tools import Tools
from bot.model import Brief, Citation


async def keep_sources(tools: Tools, workspace: str, brief: Brief, seed: str = "") -> Brief:
    """The brief with its key; one that cites nothing has none.

    The same ``seed`` and the same citations give the same key; without a seed it is random.
    """
    cited = list_cited(brief)
    if not cited:
        return brief
    key = make_key(seed or secrets.token_hex(), cited)
    await tools.store.save_sources(workspace, key, cited, tools.clock())
    return replace(brief, key=key)


def list_cited(brief: Brief) -> tuple[Citation, ...]:
    """Every numbered citation of a brief, by number."""
    pairs = ((pair.first, pair.second) for pair in brief.contradictions)
    items = chain(*(section.items for section in brief.sections), *pairs)
    cited = {one.n: one for item in items for one in (*item.citations, *item.was)}
    return tuple(cited[n] for n in sorted(cited))


def make_key(seed: str, cited: Sequence[Citation]) -> str:
    """24 lower-case letters and digits.

    A slot that is written again after a crash may cite otherwise: then it has another key, or
    its numbers would open the sources of the first writing.
    """
    told = "".join(f"|{one.n} {one.article_id} {one.sentence} {one.quote}" for one in cited)
    hashed = hashlib.blake2b(f"{seed}{told}".encode(), digest_size=15).digest()
    return base64.b32encode(hashed).decode().lower()
