"""Where bookings are in the office."""

from django.urls import path

from marketplace.bookings.views import cash, money, office, office_packages, rules, series

urlpatterns = [
    path("commissions/", rules.rules_page, name="bookings_office_rules"),
    path("commissions/<uuid:rule_id>/end/", rules.rule_end, name="bookings_office_rule_end"),
    path("packages/", office_packages.package_list, name="bookings_office_packages"),
    path(
        "packages/<uuid:offer_id>/stop/",
        office_packages.package_stop,
        name="bookings_office_package_stop",
    ),
    path(
        "packages/bought/<uuid:package_id>/refund/",
        office_packages.package_refund,
        name="bookings_office_package_refund",
    ),
    path("series/", series.office_series, name="bookings_office_series"),
    path("bookings/", office.booking_list, name="bookings_office"),
    path("bookings/<uuid:booking_id>/", office.booking_page, name="bookings_office_booking"),
    path("bookings/<uuid:booking_id>/money/", money.office_money, name="bookings_office_money"),
    path("bookings/<uuid:booking_id>/cash/", cash.taken_for_worker, name="bookings_office_cash"),
    path(
        "bookings/<uuid:booking_id>/<slug:step>/", office.booking_step, name="bookings_office_step"
    ),
]
