"""Where messages are."""

from django.urls import path

from tenants.messaging import views

app_name = "messaging"
urlpatterns = [
    path("messages/", views.inbox, name="inbox"),
    path("messages/preferences/", views.preferences, name="preferences"),
    path("messages/<uuid:notification_id>/open/", views.open_notification, name="open"),
]
