"""What a claim is held against: the sentences it cites, and the article they stand in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.model import Article
from bot.text.statement import Statement


class Fault(NamedTuple):
    """What is wrong with a claim: one word for programs, one line for people."""

    reason: str
    detail: str


@dataclass(frozen=True)
class Source:
    """The evidence, read as one statement, and its article for context."""

    evidence: Statement
    article: Article

    @cached_property
    def whole(self) -> str:
        """Title and text of the article."""
        return f"{self.article.title}\n{self.article.text}"

    def miss(self, reason: str, words: str, is_in: Callable[[Statement], bool]) -> Fault:
        """The fault that says whether what is missing stands in another sentence or nowhere."""
        evidence = self.evidence
        others = (
            Statement(sentence.text, evidence.language, evidence.published_on)
            for sentence in self.article.sentences
        )
        if any(is_in(other) for other in others):
            return Fault(reason, f"“{words}” stands in another sentence, which is not cited")
        return Fault(reason, f"“{words}” stands nowhere in the article")
