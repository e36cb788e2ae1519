"""Does a text say that somebody felt unsafe? Better once too often than once too few."""

import re
import unicodedata

STEMS = (
    *("insegur", "amenaz", "acos", "golpe", "agred", "agresi", "miedo", "violen", "robo", "robar"),
    *("toco sin", "me toco", "arma", "drog", "ebri", "borrach", "intimid", "abus"),
    *("ameac", "assedi", "agredi", "agress", "medo", "roubo", "roubou", "furt", "me tocou"),
    *("bebad", "unsafe", "threat", "harass", "assault", "hit me", "afraid", "scared", "stole"),
    *("stolen", "drunk", "weapon", "touched me"),
)
_PATTERN = re.compile(r"\b(?:" + "|".join(STEMS) + ")")


def sounds_unsafe(text: str) -> bool:
    """Tell whether a text in Spanish, Portuguese or English speaks of danger."""
    bare = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(each for each in bare if not unicodedata.combining(each))
    return _PATTERN.search(plain) is not None
