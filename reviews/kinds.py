"""The words for what reviews keep as codes: criteria, tags, reasons, decisions."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

CRITERIA: Mapping[str, str] = {
    "punctuality": _("Punctuality"),
    "quality": _("Quality of the work"),
    "treatment": _("How you were treated"),
    "care": _("Care"),
}
TAGS: Mapping[str, str] = {
    "kind": _("Kind"),
    "clear": _("Clear about what was needed"),
    "safe_place": _("A safe place to work"),
    "on_time": _("Ready on time"),
    "late": _("Not ready on time"),
    "unclear": _("Unclear about what was needed"),
    "unsafe": _("I did not feel safe"),
    "extra_work": _("Asked for more than was booked"),
}
FOUND: Mapping[str, str] = {
    "low_price": _("The price of the visit was much lower than is usual."),
    "own_device": _("The visit was booked on a device that the worker also uses."),
    "own_instrument": _(
        "The visit was paid with a payment method that also belongs to the worker."
    ),
    "regular": _("A regular customer of this worker."),
    "same_text": _("The text is nearly the same as another person's review."),
    "short_visit": _("The visit was much shorter than what was booked."),
}
EVIDENCE: Mapping[str, str] = {
    "identity": _("Devices"),
    "money": _("Payments"),
    "presence": _("The visit itself"),
    "text": _("Texts"),
    "trust": _("History"),
}
EXCLUDED: Mapping[str, str] = {
    "insider": _("The author works here."),
    "unfunded": _("The visit was paid back in full before the review."),
    "superseded": _("The same person has reviewed this worker more recently."),
    "screening": _("It does not look like a visit between two independent people."),
    "moderator": _("A moderator decided so."),
}
DECISIONS: Mapping[str, str] = {
    "publish": _("Publish and count"),
    "not_count": _("Publish, but do not count"),
    "remove": _("Remove (two moderators)"),
}
REASON_CODES: Mapping[str, str] = {
    "genuine": _("It is a genuine review."),
    "self_dealing": _("Worker and customer are not independent of each other."),
    "copied_text": _("The text is copied."),
    "not_a_real_visit": _("The visit did not take place as it was booked."),
    "threat_or_hate": _("It contains a threat or hate."),
    "third_party_data": _("It contains another person's private data."),
    "other": _("Another reason, explained in the note."),
}
