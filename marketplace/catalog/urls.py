"""Where workers find their own pages."""

from django.urls import path

from marketplace.catalog.views import photos, work

app_name = "catalog"
urlpatterns = [
    path("work/", work.home, name="work"),
    path("work/apply/", work.apply_page, name="apply"),
    path("work/services/", work.services_page, name="services"),
    path("work/area/", work.area_page, name="area"),
    path("work/standing/<slug:step>/", work.own_step, name="own_step"),
    path("w/<slug:slug>/photo/", photos.photo, name="photo"),
]
