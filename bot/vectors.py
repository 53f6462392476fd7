"""Vectors of 384 int8: what a sentence is embedded as, and how near it is to a question."""

from typing import TypeAlias

import numpy as np

from bot.model import Article, Sentence

DIMENSIONS = 384
"""The bytes of one vector, too."""
MAX_SENTENCES = 60
"""Sentences of a text that get a vector, from its first."""
PASSAGE_FORM = 1
"""Part of the model's name: raise it whenever ``passage_text`` changes."""

Rows: TypeAlias = "np.ndarray[tuple[int, int], np.dtype[np.int8]]"
Floats: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.float32]]"

_LARGEST = 127
_CHUNK_ROWS = 512


def passage_text(article: Article, sentence: Sentence) -> str:
    """What a sentence of an article is embedded as."""
    return f"{article.title}. {sentence.text}"


def passage_texts(article: Article) -> list[str]:
    """What the sentences that get a vector are embedded as."""
    return [passage_text(article, one) for one in article.sentences[:MAX_SENTENCES]]


def pack_vector(values: Floats) -> bytes:
    """Floats as int8, the largest of them as ±127."""
    largest = float(np.abs(values).max(initial=0.0))
    # Not finite or nothing at all: near to nothing.
    scale = _LARGEST / largest if 0 < largest < np.inf else 0.0
    packed: bytes = np.nan_to_num(values * scale).round().astype(np.int8).tobytes()
    return packed


def similarities(question: bytes, rows: bytes) -> list[float]:
    """The cosine of a question's vector with each of the rows, -1 to 1; n × 384 bytes."""
    found: list[float] = compare_rows(question, split_rows(rows)).tolist()
    return found


def split_rows(rows: bytes) -> Rows:
    """The rows as a matrix; nothing is copied."""
    return np.frombuffer(rows, np.int8).reshape(-1, DIMENSIONS)


def compare_rows(question: bytes, rows: Rows) -> Floats:
    """As ``similarities``, of a matrix."""
    asked = np.frombuffer(question, np.int8).astype(np.float32)
    asked /= max(float(np.linalg.norm(asked)), 1.0)
    found = np.empty(len(rows), np.float32)
    # As many rows at a time as the processor's cache holds as floats: eight times as quick.
    floats = np.empty((min(len(rows), _CHUNK_ROWS), DIMENSIONS), np.float32)
    for start in range(0, len(rows), _CHUNK_ROWS):
        chunk = floats[: len(rows) - start]
        np.copyto(chunk, rows[start : start + _CHUNK_ROWS])
        lengths = np.sqrt(np.einsum("ij,ij->i", chunk, chunk))
        found[start : start + len(chunk)] = chunk @ asked / np.maximum(lengths, 1.0)
    return found
