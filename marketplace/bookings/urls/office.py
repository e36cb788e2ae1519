"""Where bookings are in the office."""

from django.urls import path

from marketplace.bookings.views import office

urlpatterns = [
    path("bookings/", office.booking_list, name="bookings_office"),
    path("bookings/<uuid:booking_id>/", office.booking_page, name="bookings_office_booking"),
    path(
        "bookings/<uuid:booking_id>/<slug:step>/", office.booking_step, name="bookings_office_step"
    ),
]
