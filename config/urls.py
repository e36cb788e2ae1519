"""Where everything is at a tenant's host. Each floor's addresses are in its own `urls.py`."""

import importlib

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as office_urls
from wagtail.documents import urls as documents_urls

from config.api import api, nothing_there
from config.brand import brand_css
from config.styleguide import styleguide

Addresses = list[URLPattern | URLResolver]


def of_floors() -> Addresses:
    """Return the addresses of every floor that has some, top floor first."""
    packages = {floor: importlib.import_module(floor) for floor in settings.FLOORS}
    return [
        path("", include(f"{floor}.urls"))
        for floor, package in packages.items()
        if module_has_submodule(package, "urls")
    ]


urlpatterns: Addresses = [
    path("api/v1/", api.urls),
    path("api/", nothing_there),
    path("api/<path:rest>", nothing_there),
    path("office/documents/", include(documents_urls)),
    path("office/", include(office_urls)),
    path("i18n/", include("django.conf.urls.i18n")),
    path("brand/<colour:colour>.css", brand_css, name="brand"),
    path("styleguide/", styleguide, name="styleguide"),
    *of_floors(),
    path("", include(wagtail_urls)),
]
