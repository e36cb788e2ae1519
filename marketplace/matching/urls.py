"""Where customers search and workers keep their calendar."""

from django.urls import path

from marketplace.matching.views import calendar, favourites, feeds, plan, profile, search

app_name = "matching"
urlpatterns = [
    path("search/", search.search_page, name="search"),
    path("how-ranking-works/", search.how_ranking_works, name="how_ranking_works"),
    path("w/<slug:slug>/", profile.profile, name="profile"),
    path("favourites/", favourites.favourites, name="favourites"),
    path("favourites/<slug:slug>/", favourites.favourite, name="favourite"),
    path("work/plan/", plan.plan_page, name="plan"),
    path("work/calendar/", calendar.week, name="calendar"),
    path("work/calendar/feed/", feeds.change_feed, name="feed_change"),
    path("work/calendar/import/", feeds.take_busy, name="feed_import"),
    path("work/calendar/phone/", feeds.phone, name="phone"),
    path("work/calendar/offers/<uuid:offer_id>/", calendar.own_times, name="own_times"),
    path("work/calendar/off/<uuid:time_off_id>/", calendar.absence, name="absence"),
    path("work/calendar/<str:day>/", calendar.one_day, name="day"),
    path("calendar/<str:secret>.ics", feeds.feed, name="feed"),
    path("work/plan/time-off/", plan.time_off, name="time_off"),
    path("work/plan/time-off/<uuid:time_off_id>/end/", plan.work_again, name="work_again"),
]
