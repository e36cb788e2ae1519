"""Where customers search and workers keep their calendar."""

from django.urls import path

from marketplace.matching.views import plan, profile, search

app_name = "matching"
urlpatterns = [
    path("search/", search.search_page, name="search"),
    path("how-ranking-works/", search.how_ranking_works, name="how_ranking_works"),
    path("w/<slug:slug>/", profile.profile, name="profile"),
    path("work/plan/", plan.plan_page, name="plan"),
    path("work/plan/time-off/", plan.time_off, name="time_off"),
    path("work/plan/time-off/<uuid:time_off_id>/end/", plan.work_again, name="work_again"),
]
