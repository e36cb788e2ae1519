"""What identity tells people."""

from django.utils.translation import gettext_noop as _

from tenants.messaging.notice import Notice

CHECK_PASSED = Notice(
    name="identity.check_passed",
    purpose="verification",
    subject=_("Accepted: {check}"),
    body=_("We have looked at it and accepted it: {check}. Thank you."),
    path="/work/documents/",
)
CHECK_NEEDS_MORE = Notice(
    name="identity.check_needs_more",
    purpose="verification",
    subject=_("We need it again: {check}"),
    body=_("{check}: {reason} Please send it once more."),
    path="/work/documents/",
)
CHECK_ADVERSE = Notice(
    name="identity.check_adverse",
    purpose="verification",
    subject=_("We are about not to accept it: {check}"),
    body=_(
        "{check}: {reason} Two people have looked at it. You can answer until {until_at};"
        " then somebody else looks at it again. Without an answer the decision stands."
    ),
    path="/work/documents/",
)
CHECK_FAILED = Notice(
    name="identity.check_failed",
    purpose="verification",
    subject=_("Not accepted: {check}"),
    body=_("{check}: {reason} If you think this is wrong, write to us."),
    path="/work/documents/",
)
CHECK_ENDS = Notice(
    name="identity.check_ends",
    purpose="verification",
    subject=_("Please renew: {check}"),
    body=_("{check} is valid until {until_at}. Please send a new one in time to keep working."),
    path="/work/documents/",
)
BADGE_ISSUED = Notice(
    name="identity.badge_issued",
    purpose="verification",
    subject=_("Your badge is ready"),
    body=_("Show it at the door: on your phone, or printed. Whoever scans it sees who you are."),
    path="/work/badge/",
)
BADGE_REVOKED = Notice(
    name="identity.badge_revoked",
    purpose="verification",
    subject=_("Your badge …{tail} is not valid any more"),
    body=_("Your badge …{tail} is not valid any more. If you did not expect this, write to us."),
    path="/work/badge/",
)
