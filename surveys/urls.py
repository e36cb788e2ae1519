"""Where surveys are."""

from django.urls import path

from surveys import views

app_name = "surveys"
urlpatterns = [
    path("s/<slug:token>/", views.survey, name="survey"),
    path("voice/", views.voice, name="voice"),
    path("voice/thanks/", views.voice_thanks, name="voice_thanks"),
]
