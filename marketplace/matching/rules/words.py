"""From what people type to what the index knows: folded words, the last one perhaps unfinished."""

import re
import unicodedata

MOST_WORDS = 12
WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> list[str]:
    """Return the words of a text without accents, capitals and plural endings.

    "Jardinería de Balcones" is the same as "jardineria de balcone": both sides go through here.
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in apart if not unicodedata.combining(each))
    return [_singular(word) for word in WORD.findall(plain)]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def indexed(*texts: str) -> str:
    """Return texts as the index keeps them."""
    return " ".join(word for text in texts for word in words(text))


def text_query(typed: str, *, relaxed: bool = False) -> str:
    """Return a query in PostgreSQL's language: all words (any of them, relaxed), the last a prefix.

    Words are letters and digits only, so nothing typed can be an operator.
    """
    terms = words(typed)[:MOST_WORDS]
    if not terms:
        return ""
    terms[-1] += ":*"
    return (" | " if relaxed else " & ").join(terms)
