"""evaluation sets → the weights of relevance/weights.toml: python -m bench.answering FOLDER…

Each folder is one set, or holds some; those named held-out are left alone. Fitted are the weights
of the signs by which sentences are ranked, with an embedding and without. The figures are
cross-validated: each set is answered by weights that it had no part in.
"""

import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bench.weights import load_tuned
from bot.embed import find_embedder
from bot.evals.gold import EvalSet, GoldQuestion
from bot.evals.sets import parse_asked_at
from bot.ingest import make_article
from bot.llm.replies import choose_lines
from bot.model import Article
from bot.passages import arrange, choose_similarities
from bot.ports import Embedder
from bot.relevance.comparing import Similarities, compare
from bot.relevance.question import Question, read_question
from bot.relevance.ranking import Ranked, judge, list_signs, load_weights
from bot.vectors import passage_texts, similarities

RIDGE = 2.0
STEPS = 40
STEP = 0.7
LEAST = 0.5
"""The share of an answer's words from which a sentence tells a part of it."""
FIRST = 5

Rows = Sequence[Ranked]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the unjudged sentences of each of its parts; ``ids`` are the articles'.

    ``near`` says for each text of the question how near every sentence is.
    """

    gold: GoldQuestion
    question: Question
    parts: Sequence[Rows]
    ids: Mapping[int, str]
    near: Sequence[Similarities] = ()


class Figures(NamedTuple):
    """Of the questions that have an answer."""

    right: float
    cited: float
    lines: float
    found: float


def main() -> None:
    """Print both sets of weights, and what each finds and answers."""
    sets = [gold for gold in load_tuned(sys.argv[1:]) if gold.questions]
    if not sets:
        sys.exit("No set with a questions.jsonl there that may be tuned to.")
    for title, embedder in (("near", find_embedder()), ("plain", None)):
        if title == "near" and embedder is None:
            print("[near]: no embedding is installed")
            continue
        asked = asyncio.run(_ask_sets(sets, embedder))
        _print_weights(title, fit_all(list(asked.values()), title))
        for name, own in asked.items():
            others = [rows for other, rows in asked.items() if other != name] or [own]
            print(f"{name:16}", _show(measure(own, fit_all(others, title))))


def _print_weights(title: str, fitted: Mapping[str, float]) -> None:
    print(f"[{title}]")
    in_use = load_weights(has_vectors=title == "near")
    for name, weight in fitted.items():
        print(f"{name} = {weight:.2f}  # in use {in_use[name]:.2f}")


def _show(figures: Figures) -> str:
    return (
        f"right {figures.right:.3f}, cited {figures.cited:.3f}, lines {figures.lines:.2f}, "
        f"found in the first {FIRST} {figures.found:.3f}"
    )


# ---------------------------------------------------------------- reading


async def _ask_sets(sets: Sequence[EvalSet], embedder: Embedder | None) -> dict[str, list[Asked]]:
    """The questions of each set by its name."""
    asked = {gold.name: await ask_all(gold, embedder) for gold in sets}
    if embedder:
        await embedder.close()
    return asked


async def ask_all(gold: EvalSet, embedder: Embedder | None) -> list[Asked]:
    """Every question of a set with its ranked sentences."""
    articles = read_articles(gold)
    packed = await embed_articles(list(articles.values()), embedder) if embedder else {}
    asked = []
    for one in gold.questions or ():
        question = read_question(one.question)
        vectors = await embedder.embed(question.texts, is_question=True) if embedder else ()
        near = [
            {key: similarities(vector, rows) for key, rows in packed.items()} for vector in vectors
        ]
        asked.append(read_asked(one, question, articles, near))
    return asked


def read_articles(gold: EvalSet) -> dict[str, Article]:
    """The articles of a set by their ids there."""
    articles = {}
    for number, (key, reading) in enumerate(gold.readings.items(), 1):
        made = make_article(reading, seen_at=gold.until)
        fields = {name: getattr(made, name) for name in made.__dataclass_fields__}
        articles[key] = Article(**fields, id=number, feed_id=1, tier=2)
    return articles


async def embed_articles(articles: Sequence[Article], embedder: Embedder) -> dict[str, bytes]:
    """The vectors of each article's sentences, by the hash of its text."""
    packed = {}
    for article in articles:
        packed[article.text_hash] = b"".join(await embedder.embed(passage_texts(article)))
    return packed


def read_asked(
    gold: GoldQuestion,
    question: Question,
    articles: Mapping[str, Article],
    near: Sequence[Similarities] = (),
) -> Asked:
    """The question with the signs of the sentences that were there when it was asked."""
    at = parse_asked_at(gold.asked_at)
    seen = [article for article in articles.values() if article.published_at <= at]
    compared = compare(question, seen)
    parts = [
        list_signs(part, compared, choose_similarities(number, question, near))
        for number, part in enumerate(question.parts)
    ]
    return Asked(gold, question, parts, {a.id: key for key, a in articles.items()}, near)


# ---------------------------------------------------------------- fitting


def fit_all(sets: Sequence[Sequence[Asked]], title: str) -> dict[str, float]:
    """The weights under which the sentences that tell are likeliest among those beside them."""
    names = list(load_weights(has_vectors=title == "near"))
    lists = [one for asked in sets for each in asked for one in list_told(each, names)]
    return dict(zip(names, fit_lists(lists).tolist(), strict=True))


def list_told(asked: Asked, names: Sequence[str]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The signs of each part's sentences, and which of them tell; none where none does."""
    for rows in asked.parts:
        told = np.array([_tell(asked, row) for row in rows])
        if not asked.gold.unanswerable and told.max(initial=0) > 0:
            signs = np.array([[row.signs[name] for name in names] for row in rows])
            yield signs, (told >= max(told.max() / 2, LEAST)).astype(float)


def _tell(asked: Asked, row: Ranked) -> float:
    """The share of the answer's words that a sentence of a supporting article has."""
    if asked.ids[row.article.id] not in asked.gold.support:
        return 0.0
    return tell(asked.gold, row.sentence.text)


def tell(gold: GoldQuestion, text: str) -> float:
    """The share of the answer's words that a text has."""
    groups = [(word,) for word in gold.answer_keywords] + list(gold.answer_keywords_any)
    said = text.lower()
    hits = sum(any(word.lower() in said for word in words) for words in groups)
    return hits / len(groups) if groups else 0.0


def fit_lists(lists: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Listwise softmax by Newton's steps on scaled columns, the likelihood of any that tells."""
    every = np.vstack([signs for signs, _ in lists])
    scale = every.std(0)
    scale[scale == 0] = 1
    scaled = [(signs / scale, told) for signs, told in lists]
    weights = np.zeros(every.shape[1])
    for _ in range(STEPS):
        slope, bend = RIDGE * weights, np.eye(len(weights)) * RIDGE
        for z, told in scaled:
            chance = z @ weights
            chance = np.exp(chance - chance.max())
            chance /= chance.sum()
            right = chance * told / max(float(chance @ told), 1e-12)
            slope = slope - z.T @ (right - chance)
            mean = z.T @ chance
            bend += (z * chance[:, None]).T @ z - np.outer(mean, mean)
        weights = weights - STEP * np.linalg.solve(bend, slope)
    return weights / scale


# ---------------------------------------------------------------- figures


def measure(asked: Sequence[Asked], weights: Mapping[str, float]) -> Figures:
    """What is quoted of the questions that have an answer, as if all of them were told."""
    rows = [_measure_one(one, weights) for one in asked if not one.gold.unanswerable]
    return Figures(*np.mean(rows, axis=0).tolist())


def _measure_one(one: Asked, weights: Mapping[str, float]) -> Figures:
    passages = arrange(one.question, [(judge(rows, weights), 1.0) for rows in one.parts])
    lines = choose_lines(one.question.text, passages).lines
    cited = {one.ids[passages[n - 1].article.id] for _, cites in lines for n, _ in cites}
    first = {one.ids[passage.article.id] for passage in passages[:FIRST]}
    support = set(one.gold.support)
    return Figures(
        right=tell(one.gold, " ".join(text for text, _ in lines)) == 1,
        cited=bool(cited & support),
        lines=len(lines),
        found=bool(first & support),
    )


if __name__ == "__main__":
    main()
