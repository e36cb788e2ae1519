"""How people sign in: with django-allauth, at the house's auth host."""

from zoneinfo import available_timezones

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = "/account/login/"
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # A contact changes at the auth host, with a fresh proof.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # Nobody here has one.
WAGTAIL_PASSWORD_RESET_ENABLED = False
NO_PLACES = {"Factory", "localtime"}  # Of the machine; browsers stumble over them.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - NO_PLACES)
SESSION_COOKIE_NAME = "sid"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
HANDOFF_COOKIE_NAME = "ho"
DEVICE_COOKIE_NAME = "did"
# From a floor above: by name.
CODE_SENDER = "tenants.messaging.actions.send_code.send_code"
ALERT_SENDER = "tenants.messaging.actions.send_code.send_alert"

ACCOUNT_ADAPTER = "tenants.tenancy.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 600
ACCOUNT_PHONE_VERIFICATION_ENABLED = False  # The login code itself proves the phone.
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "none"  # The same for e-mail.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
MFA_ADAPTER = "tenants.tenancy.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "tenants.tenancy.forms.SecondFactorForm",
    "reauthenticate": "tenants.tenancy.forms.AgainForm",
}
