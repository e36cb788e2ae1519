"""What somebody may have meant: the nearest of the words that a marketplace itself uses."""

from collections.abc import Iterable, Mapping

from marketplace.matching.rules.words import LITTLE, WORD, searched, words

SHORTEST = 4  # Three letters are too few to be nearly another word.
LONG = 8  # From this length on two letters may be wrong, before only one.


def vocabulary(texts: Iterable[str]) -> dict[str, str]:
    """Return the words of some texts as a search sees them, each with how it is written there."""
    known: dict[str, str] = {}
    for text in texts:
        for written in text.casefold().split():
            folded = words(written)
            if len(folded) == 1 and folded[0] not in LITTLE and not folded[0].isdigit():
                known.setdefault(folded[0], "".join(c for c in written if c.isalnum()))
    return known


def meant(typed: str, known: Mapping[str, str]) -> str:
    """Return what was typed with its unknown words replaced by the nearest known ones.

    Nothing, where all are known, or none is near one that is.
    """
    said = searched(typed)
    found = [_nearest(word, known) for word in said]
    if not any(found):
        return ""
    return " ".join(near or known.get(word, word) for word, near in zip(said, found, strict=True))


def _nearest(word: str, known: Mapping[str, str]) -> str:
    """Return how the word nearest to an unknown one is written, if one is near enough."""
    if len(word) < SHORTEST or not WORD.fullmatch(word) or word.isdigit():
        return ""
    if any(each.startswith(word) for each in known):
        return ""
    most = 2 if len(word) >= LONG else 1
    ranked = ((distance(word, each, most), each) for each in known if len(each) >= SHORTEST)
    wrong, nearest = min(ranked, default=(most + 1, ""))
    return known[nearest] if wrong <= most else ""


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters are wrong, missing, too many or swapped; more than `most`: one more.

    Rows are what was typed so far; a row without anything within bounds ends the work.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, right in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != right))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
