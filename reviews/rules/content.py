"""What a review may say: stars, criteria, words, photos; and in which language it is."""

import re
from collections.abc import Mapping, Sequence

from kernel.errors import Conflict, Invalid

CRITERIA = ("punctuality", "quality", "treatment", "care")
TAGS = ("kind", "clear", "safe_place", "on_time", "late", "unclear", "unsafe", "extra_work")
LONGEST_TEXT = 2000
LONGEST_REPLY = 1000
MOST_PHOTOS = 6
COMMON_WORDS = {
    "es": "el la los las y que de con muy una mi nos fue para por gracias lo es se del",
    "pt": "o a os as e que de com muito uma meu minha nos foi para obrigado obrigada do da não",
    "en": "the and a of with very my was to for thanks it is she he they our we in",
}


class StarsMissing(Invalid):
    code = "review.stars_missing"
    title = "Choose from 1 to 5 stars."


class CriterionUnknown(Invalid):
    code = "review.criterion_unknown"
    title = "Rate each point from 1 to 5."


class TagUnknown(Invalid):
    code = "review.tag_unknown"
    title = "This is none of the words to choose from."


class TextTooLong(Invalid):
    code = "review.text_too_long"
    title = "Please write at most {limit} characters."


class TooManyPhotos(Invalid):
    code = "review.too_many_photos"
    title = "At most 6 photos, please."


class ConsentMissing(Invalid):
    code = "review.consent_missing"
    title = "Please confirm that the photos may be shown."


class AlreadyReplied(Conflict):
    code = "review.already_replied"
    title = "This review has an answer already."


class ReplyTooLate(Conflict):
    code = "review.reply_too_late"
    title = "The time to answer this review is over."


class AlreadyAppealed(Conflict):
    code = "review.already_appealed"
    title = "You have already asked for another look."


class NothingToAppeal(Conflict):
    code = "review.nothing_to_appeal"
    title = "There is no decision against this review."


def check_stars(stars: int | None) -> None:
    """Refuse anything but 1 to 5."""
    if stars is None or not 1 <= stars <= 5:
        raise StarsMissing(fields=["stars"])


def check_criteria(criteria: Mapping[str, int]) -> None:
    """Refuse unknown criteria, and anything but 1 to 5."""
    for name, value in criteria.items():
        if name not in CRITERIA or not 1 <= value <= 5:
            raise CriterionUnknown(fields=[name])


def check_tags(tags: Sequence[str]) -> None:
    """Refuse tags that we do not offer."""
    if not set(tags) <= set(TAGS):
        raise TagUnknown(fields=["tags"])


def check_text(text: str, *, limit: int = LONGEST_TEXT) -> None:
    """Refuse text that is too long."""
    if len(text) > limit:
        raise TextTooLong(fields=["text"], limit=limit)


def check_photos(count: int, *, consent: bool) -> None:
    """Refuse more than six photos, or photos that nobody said we may show."""
    if count > MOST_PHOTOS:
        raise TooManyPhotos(fields=["photos"])
    if count and not consent:
        raise ConsentMissing(fields=["consent"])


def language_of(text: str) -> str:
    """Return es, pt or en, whichever's small words occur most; "other" when none stands out."""
    words = re.findall(r"\w+", text.lower())
    counts = {
        code: sum(word in known.split() for word in words) for code, known in COMMON_WORDS.items()
    }
    best = sorted(counts, key=lambda code: -counts[code])[:2]
    stands_out = counts[best[0]] > counts[best[1]]
    return best[0] if stands_out else "other" if words else ""
