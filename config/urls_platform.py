"""Where everything is at the house's platform host."""

from django.urls import URLPattern, URLResolver, include, path

from config.brand import brand_css

urlpatterns: list[URLPattern | URLResolver] = [
    path("brand/<colour:colour>.css", brand_css, name="brand"),
    path("", include("tenants.tenancy.urls.platform")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("payments.webhook_urls")),
]
