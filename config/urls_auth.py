"""Where everything is at the house's auth host."""

from django.urls import URLPattern, URLResolver, include, path

from config.brand import brand_css

urlpatterns: list[URLPattern | URLResolver] = [
    path("brand/<colour:colour>.css", brand_css, name="brand"),
    path("", include("tenants.tenancy.urls.auth")),
    path("", include("payments.urls.operator")),
    path("i18n/", include("django.conf.urls.i18n")),
]
