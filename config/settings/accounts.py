"""How people sign in: with django-allauth, at the house's auth host."""

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = "/account/login/"
SESSION_COOKIE_NAME = "sid"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
