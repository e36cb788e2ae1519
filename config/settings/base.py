"""What is true everywhere. Wiring only: what a tenant decides is a tenant setting."""

from config.settings import database
from config.settings.accounts import *
from config.settings.broker import BROKER_OPTIONS, BROKER_TRANSPORT, BROKER_URL
from config.settings.database import DATABASE_OWNER as DATABASE_OWNER
from config.settings.database import DATABASES as DATABASES
from config.settings.environment import ROOT, flag, optional_secret, secret, text
from config.settings.security import *

DEBUG = False
DATABASE_ADMIN_URL = database.ADMIN_URL
SECRET_KEY = secret("SECRET_KEY")
KEY_RINGS = {
    name: secret(f"KEYS_{name.upper()}") for name in ("fields", "index", "badges", "signing")
}
ALLOWED_HOSTS = ["*"]  # The tenant middleware refuses hosts that are nobody's, with 421.
PLATFORM_DOMAIN = text("PLATFORM_DOMAIN", "localhost")
PUBLIC_SCHEME = text("PUBLIC_SCHEME", "https")
PUBLIC_PORT = text("PUBLIC_PORT", "")  # ":8000" where it is not the scheme's own.
OFICIO_SIMULATORS = flag("OFICIO_SIMULATORS")
DEV_OUTBOX_URL = text("DEV_OUTBOX_URL", "")
PAYMENTS_PROVIDER = text("PAYMENTS_PROVIDER", "stripe")
STRIPE_API_BASE = text("STRIPE_API_BASE", "")
STRIPE_API_KEY = secret("STRIPE_API_KEY")
STRIPE_WEBHOOK_SECRETS = {
    "platform": secret("STRIPE_WEBHOOK_SECRET_PLATFORM"),
    "connect": secret("STRIPE_WEBHOOK_SECRET_CONNECT"),
}
WAVE_PUBLIC_KEY = secret("WAVE_PUBLIC_KEY")  # All that a web process needs of workers' answers.
WAVE_PRIVATE_KEY = optional_secret("WAVE_PRIVATE_KEY")  # Only where background tasks run.
PRIVATE_FILES = text("PRIVATE_FILES", str(ROOT / ".files"))

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "tenancy.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("pt-br", "Português"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [str(ROOT / "config/locale")]
STATIC_URL = "/static/"
STATIC_ROOT = str(ROOT / ".static")
STATICFILES_DIRS = [str(ROOT / "config/static")]
MEDIA_ROOT = str(ROOT / ".media")
MEDIA_URL = "/media/"
WAGTAIL_SITE_NAME = "Oficio"
WAGTAILADMIN_BASE_URL = ""
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # Nobody else learns who works in an office.
WAGTAIL_I18N_ENABLED = False
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "KEY_FUNCTION": "kernel.context.cache_key",
    }
}
FLOORS = [
    "insights",
    "surveys",
    "reviews",
    "marketplace.jobs",
    "marketplace.bookings",
    "marketplace.matching",
    "marketplace.catalog",
    "payments",
    "tenants.identity",
    "tenants.support",
    "tenants.messaging",
    "tenants.tenancy",
]
INSTALLED_APPS = [
    "config",
    *FLOORS,
    "kernel",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ninja",
    "django_htmx",
    "template_partials",
    "csp",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]
MIDDLEWARE = [
    "tenants.tenancy.middleware.TenantMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tenants.tenancy.middleware.TenantLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tenants.tenancy.middleware.SessionStampMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.RefusalMiddleware",
    "tenants.tenancy.middleware.OfficeMiddleware",
    "reviews.middleware.DeviceMiddleware",
    "tenants.tenancy.middleware.StepUpMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [str(ROOT / "config/templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "config.context.here",
            ]
        },
    }
]
CELERY_BROKER_URL = BROKER_URL
CELERY_BROKER_TRANSPORT = BROKER_TRANSPORT
CELERY_BROKER_TRANSPORT_OPTIONS = BROKER_OPTIONS
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True  # Else a killed child loses its task on every broker.
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": text("LOG_LEVEL", "WARNING")},
}
