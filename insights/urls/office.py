"""Where figures are in the office."""

from django.urls import path

from insights.views import figures

urlpatterns = [path("figures/", figures.figures_page, name="insights_figures")]
