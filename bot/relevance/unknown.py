"""question × articles → the words of it that none of them speaks of."""

from collections.abc import Sequence

from bot.model import Article
from bot.relevance.digest import read_digest
from bot.relevance.matching import Vocabulary
from bot.relevance.question import Question


def list_unknown(question: Question, articles: Sequence[Article]) -> tuple[str, ...]:
    """Return the question's telling words, as typed, that no article has in any form or language.

    A word of another language counts as known if nothing tells what it means.
    """
    languages = {article.language for article in articles}
    if languages and question.language not in languages:
        return ()
    known = Vocabulary(frozenset[str]().union(*(read_digest(one).all for one in articles)))
    return tuple(
        dict.fromkeys(
            term.written for term in question.terms if not known.find_alike(term, question.language)
        )
    )
