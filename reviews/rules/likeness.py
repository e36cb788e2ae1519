"""How alike are two texts? Shared runs of four characters, whatever the accents and numbers."""

import re
import unicodedata

SHINGLE = 4
SHORTEST = 40


def plain(text: str) -> str:
    """Return a text in lower case, without accents, with every digit as 0 and single spaces."""
    bare = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(each for each in bare if not unicodedata.combining(each))
    return " ".join(re.sub(r"\d", "0", re.sub(r"[^\w\s]", " ", letters)).split())


def shingles(text: str) -> frozenset[str]:
    """Return the runs of four characters of a text; none when it is too short to tell."""
    bare = plain(text)
    if len(bare) < SHORTEST:
        return frozenset()
    return frozenset(bare[i : i + SHINGLE] for i in range(len(bare) - SHINGLE + 1))


def likeness(one: str, other: str) -> float:
    """Return the Jaccard index of two texts' shingles, 0 when either is too short to tell."""
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b) if a and b else 0.0
