"""How people read what programs call by a code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

STEPS: Mapping[str, str | Promise] = {
    "create": pgettext_lazy("job step", "Described"),
    "edit": pgettext_lazy("job step", "Changed"),
    "post": pgettext_lazy("job step", "Posted"),
    "approve": pgettext_lazy("job step", "Approved by the office"),
    "send_back": pgettext_lazy("job step", "Sent back by the office"),
    "take_down": pgettext_lazy("job step", "Taken down by the office"),
    "withdraw": pgettext_lazy("job step", "Withdrawn"),
    "award": pgettext_lazy("job step", "Awarded"),
    "expire": pgettext_lazy("job step", "Run out"),
    "send": pgettext_lazy("job step", "Offer made"),
    "counter": pgettext_lazy("job step", "Other terms asked for"),
    "answer": pgettext_lazy("job step", "Answered"),
    "retime": pgettext_lazy("job step", "New times named"),
    "slot_gone": pgettext_lazy("job step", "The time was taken"),
    "accept": pgettext_lazy("job step", "Offer chosen"),
    "lose": pgettext_lazy("job step", "Offer not chosen"),
}
HIDDEN: Mapping[str, str | Promise] = {
    "number": pgettext_lazy("blanked out", "a phone number"),
    "card": pgettext_lazy("blanked out", "a card number"),
    "email": pgettext_lazy("blanked out", "an e-mail address"),
    "link": pgettext_lazy("blanked out", "a link"),
    "handle": pgettext_lazy("blanked out", "a name in another app"),
    "payment": pgettext_lazy("blanked out", "an account to pay to"),
    "off_platform": pgettext_lazy("blanked out", "an arrangement outside"),
}
