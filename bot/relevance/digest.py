"""article → what questions are compared with: its terms and facts, sentence by sentence."""

from collections import OrderedDict
from functools import cached_property
from threading import Lock

from bot.model import Article
from bot.relevance.facts import Facts, read_facts
from bot.relevance.terms import list_text_terms
from bot.text.commands_to_machines import list_addressed

MOST_SENTENCES = 80
"""Of an article, from its first: few are longer, and no more than 60 have vectors."""
MOST_CHARS = 20_000
"""Of an article: four times a long one. A hostile one would cost seconds and 16 MB."""
_KEPT = 500
"""Articles that are remembered; reading one takes some ten milliseconds."""


class Digest:
    """The terms of an article's headline, of each sentence and of all; what is costly is late.

    Sentences are those that are read, from the first; the others of a long article tell nothing.
    """

    def __init__(self, article: Article) -> None:
        language = article.language
        self._article = article
        self._texts = tuple(
            one.text[: MOST_CHARS - one.start]
            for one in article.sentences[:MOST_SENTENCES]
            if one.start < MOST_CHARS
        )
        self.title = list_text_terms(article.title[:MOST_CHARS], language)
        self.sentences = tuple(list_text_terms(text, language) for text in self._texts)
        self.all = self.title.union(*self.sentences)

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """What kinds of thing each sentence tells."""
        return tuple(read_facts(text, self._article.language) for text in self._texts)

    @cached_property
    def orders(self) -> frozenset[int]:
        """The numbers of the sentences that speak to a machine: they answer nothing."""
        # One more than are read: it is shown beside the last of them.
        shown = self._article.sentences[: len(self._texts) + 1]
        return list_addressed(shown, self._article.text)


class _Shelf:
    """The digests used last; threads may ask at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str, str], Digest] = OrderedDict()

    def get(self, article: Article) -> Digest:
        """The article's digest, made if it is not there."""
        key = (article.text_hash, article.title, article.language)
        with self._lock:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
                return found
        made = Digest(article)  # outside the lock: two threads may both make it, and nothing waits
        with self._lock:
            kept = self._kept.setdefault(key, made)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return kept


_SHELF = _Shelf()
read_digest = _SHELF.get
