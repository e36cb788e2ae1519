"""Where everything is at the badge host."""

from django.urls import re_path

from tenants.identity.views import gate

app_name = "badge"
urlpatterns = [
    re_path(r"^[Ww]/(?P<code>[^/]+)/?$", gate.badge, name="badge"),
    re_path(r"^[Ww]/(?P<code>[^/]+)/photo$", gate.badge_photo, name="photo"),
    re_path(r"^[Ww]/(?P<code>[^/]+)/start$", gate.start_here, name="start"),
    re_path(r"^[Bb]/?$", gate.my_visit, name="visit"),
    re_path(r"^[Bb]/photo$", gate.visit_photo, name="visit_photo"),
    re_path(r"^[Bb]/start$", gate.start_by_link, name="visit_start"),
    re_path(r"^[Bb]/(?P<code>[^/]+)/?$", gate.link, name="link"),
    re_path(r"", gate.nothing),
]
