"""The house's front page, and the door for new marketplaces."""

from django.urls import path

from tenants.tenancy.views import opening

urlpatterns = [
    path("", opening.landing, name="landing"),
    path("open/", opening.wish, name="open"),
]
