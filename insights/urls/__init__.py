"""Where figures are: nowhere on the public pages, so far; for the office see `office`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
