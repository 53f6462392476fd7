"""Questions and answers: what is asked and by whom, what is found, and the cited reply."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.articles import Article, Sentence
from bot.model.briefs import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who asks, and in what conversation; all empty at the command line.

    ``member`` is counted for the limits. ``thread`` is the platform's place whose questions
    follow one another. ``follows`` is the key of the answer or brief that is replied to.
    """

    member: str = ""
    thread: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Sentences found for a question: the hit with its neighbours, and their article.

    ``hit`` is the number of the sentence that hit, ``part`` which of the questions in the
    question it is found for, from 0; ``score`` its chance among that part's sentences.
    ``told`` is the chance that the articles tell this part at all.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    score: float
    hit: int = 0
    part: int = 0
    told: float = 1.0


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """What an engine answers: sentences, each with the (passage, sentence) numbers it cites.

    Passage numbers count from 1 in the order given; sentence numbers are the article's.
    No lines means that the passages do not tell.
    """

    lines: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = ()
    tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was looked through for a question."""

    feeds: int
    articles: int
    oldest_at: datetime | None
    newest_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The cited reply, or a refusal that says what was searched.

    ``key`` is the name under which it and its sources are kept, or empty. ``tokens`` is what
    the model took for it.
    """

    question: str
    is_answered: bool
    text: str
    citations: tuple[Citation, ...]
    as_of: datetime
    engine: str
    searched: Searched
    note: str = ""
    key: str = ""
    tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question of a conversation and what was answered; ``answer`` is empty until then.

    ``conversation`` is the key of the turn it began with, or the thread it stands in.
    """

    key: str
    workspace: str
    conversation: str
    member: str
    question: str
    asked_at: datetime
    is_answered: bool = False
    answer: str = ""
    engine: str = ""
    tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What was asked lately, this question not counted, and the model's tokens of the day.

    ``waiting`` are the workspace's questions that have no answer yet. The day is the last 24
    hours. ``tokens_of_all`` counts every workspace, and what articles took.
    """

    member_minute: int
    member_day: int
    workspace_day: int
    waiting: int
    tokens: int
    tokens_of_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What a member thinks of an answer; a second vote of one member replaces the first."""

    key: str
    member: str
    is_good: bool
    reason: str
    voted_at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """An answer that was voted on, with its votes, newest first."""

    turn: Turn
    votes: tuple[Vote, ...]
