"""Whether the optional extra is there, asked without loading it."""

from importlib.util import find_spec


def can_recognize() -> bool:
    """Whether the text of pictures can be read here: the extra `ocr` is installed."""
    return find_spec("rapidocr_onnxruntime") is not None
