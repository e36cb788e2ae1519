"""What people are told about visits that were paid ahead."""

from django.utils.translation import gettext_noop as _

from tenants.messaging.notice import Notice

PACKAGE = "/packages/{package}/"


def _notice(name: str, subject: str, body: str, path: str = PACKAGE) -> Notice:
    return Notice(name=f"bookings.{name}", purpose="booking", subject=subject, body=body, path=path)


BOUGHT = _notice(
    "package_bought",
    _("{visits} visits with {worker} are yours."),
    _(
        "You paid {total} for {visits} visits of {service} with {worker}. Book them until"
        " {ends_at}; until then what you have not used can be given back."
    ),
)
USED_UP = _notice(
    "package_used_up",
    _("The last visit of your package is booked."),
    _("All {visits} visits of {service} with {worker} are used or booked."),
)
CREDIT_BACK = _notice(
    "package_credit_back",
    _("A visit is back in your package."),
    _("The visit {code} of {service} does not take place. It counts again in your package."),
)
REFUNDED = _notice(
    "package_refunded",
    _("Money of your package is on its way back: {refund}."),
    _("We give you back {refund} for visits of {service} that you did not use."),
)
ENDING = _notice(
    "package_ending",
    _("Visits left in your package: {left}."),
    _(
        "Your package of {service} with {worker} ends on {ends_at}. Visits left: {left}. Book them,"
        " or have their price given back before that."
    ),
)
EXPIRED = _notice(
    "package_expired",
    _("Your package has ended."),
    _(
        "Your package of {service} with {worker} ended on {ends_at}. Visits that were not used:"
        " {left}."
    ),
)
