"""What people are warned of when their account changes, and for how long they may object."""

from datetime import timedelta

from kernel.errors import Invalid

EMAIL_CHANGED, PHONE_CHANGED = "email_changed", "phone_changed"
NEW_DEVICE, FACTOR_CHANGED = "new_device", "factor_changed"
ACCOUNT_CHANGED = "account_changed"
KINDS = (EMAIL_CHANGED, PHONE_CHANGED, NEW_DEVICE, FACTOR_CHANGED, ACCOUNT_CHANGED)
LIVES = timedelta(days=30)


class AlertGone(Invalid):
    code = "alert.gone"
    title = "This link is not valid any more. Please write to the team."
    status = 404
