"""Whether a bank account is that of the person we know: the same names, however written."""

import unicodedata

JOINERS = {"de", "da", "do", "dos", "das", "del", "la", "las", "los", "e", "y"}


def same_person(verified: str, holder: str) -> bool:
    """Tell whether two ways to write a name can be one person's.

    Accents, case, order and joining words do not count; every word of the shorter one must be in
    the longer one, at least two words, or the only one there is.
    """
    ours, theirs = _words(verified), _words(holder)
    shorter, longer = sorted((ours, theirs), key=len)
    if not shorter or len(shorter) < min(2, len(longer)):
        return False
    return shorter <= longer


def _words(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(each if each.isalpha() else " " for each in plain if not _is_accent(each))
    return set(letters.split()) - JOINERS


def _is_accent(character: str) -> bool:
    return unicodedata.combining(character) > 0
