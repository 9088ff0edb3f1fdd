"""Words as the index has them: small letters, without their endings."""

from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

LONGEST_WORD = 40


@lru_cache(maxsize=1)
def _analyzer() -> TextAnalyzer:
    """The same steps as the engine's `en_stem`."""
    built = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST_WORD)).filter(Filter.lowercase())
    return built.filter(Filter.stemmer("English")).build()


def stems_of(text: str) -> list[str]:
    """The stems of the words in a text, in its order; "sleeping" and "sleeps" are one."""
    return list(_analyzer().analyze(text))
