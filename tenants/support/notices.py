"""What support tells people."""

from django.utils.translation import gettext_noop as _

from tenants.messaging.notice import Notice

CASE_IS_YOURS = Notice(
    name="support.case_is_yours",
    purpose="ops",
    subject=_("{priority}: {title}"),
    body=_("A case is yours: {title}. Please contact the person before {due_at}."),
    path="/office/cases/{case_id}/",
)
WHAT_WE_DID = Notice(
    name="support.what_we_did",
    purpose="message",
    subject=_("What we did"),
    body=_("You told us something went wrong. This is what we did: {action}"),
    path="/messages/",
)
