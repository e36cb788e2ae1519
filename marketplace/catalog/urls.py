"""Where workers find their own pages."""

from django.urls import path

from marketplace.catalog.views import answers, offers, photos, work

app_name = "catalog"
urlpatterns = [
    path("work/", work.home, name="work"),
    path("work/apply/", work.apply_page, name="apply"),
    path("work/services/", work.services_page, name="services"),
    path("work/area/", work.area_page, name="area"),
    path("work/answers/", answers.worker_page, name="worker_answers"),
    path("work/services/<uuid:service_id>/", offers.offer_page, name="offer"),
    path("offer-photos/<uuid:file_id>/", offers.photo, name="offer_photo"),
    path("my/answers/", answers.customer_page, name="customer_answers"),
    path("answers/<uuid:file_id>/", answers.file, name="answer_file"),
    path("work/standing/<slug:step>/", work.own_step, name="own_step"),
    path("w/<slug:slug>/photo/", photos.photo, name="photo"),
]
