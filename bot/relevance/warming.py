"""The first question of a process is as quick as the next: what it would load is loaded before."""

from datetime import UTC, datetime

from bot.relevance.alternatives import list_alternatives
from bot.relevance.period import find_since
from bot.relevance.question import read_question

_QUESTIONS = (
    "What did the minister say in Oslo last week?",
    "Qu'a dit le ministre à Oslo la semaine dernière ?",
    "¿Qué dijo el ministro en Oslo la semana pasada?",
    "मंत्री ने पिछले सप्ताह ओस्लो में क्या कहा?",
)
_ANY_DAY = datetime(2025, 1, 1, tzinfo=UTC)


def warm_up() -> None:
    """Read a question in each language; takes up to three seconds, and nothing the second time."""
    for text in _QUESTIONS:
        question = read_question(text)
        find_since(text, _ANY_DAY)
        for term in question.terms:
            list_alternatives(term, question.language)
