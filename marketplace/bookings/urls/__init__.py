"""Where bookings are: asking for one, having some, doing some."""

from django.urls import path

from marketplace.bookings.views import (
    absence,
    cash,
    customer,
    flow,
    money,
    offers,
    parting,
    short_cash,
    sides,
    work,
)

app_name = "bookings"
urlpatterns = [
    path("book/quote/<uuid:quote_id>/", flow.quote, name="quote"),
    path("book/<uuid:worker_service_id>/", flow.choose, name="choose"),
    path("bookings/", customer.visits, name="visits"),
    path("bookings/<str:code>/", customer.visit, name="visit"),
    path("bookings/<str:code>/money/", money.visit_money, name="visit_money"),
    path("bookings/<str:code>/cancel/", customer.cancel, name="cancel"),
    path("bookings/<str:code>/pay/<uuid:payment_id>/", customer.pay, name="pay"),
    path("bookings/<str:code>/tip/", customer.tip, name="tip"),
    path("bookings/<str:code>/cash/", cash.contested, name="cash_contest"),
    path("bookings/<str:code>/forget-card/", customer.forget_card, name="forget_card"),
    path("bookings/<str:code>/photos/<int:position>/", customer.photo, name="photo"),
    path("bookings/<str:code>/do/<str:step>/", customer.step, name="step"),
    path("bookings/<str:code>/parting/", parting.visit_parting, name="visit_parting"),
    path("bookings/<str:code>/time/", sides.visit_time, name="visit_time"),
    path("bookings/<str:code>/evidence/", sides.visit_evidence, name="visit_evidence"),
    path("bookings/<str:code>/evidence/<uuid:evidence_id>/", sides.evidence, name="evidence"),
    path("work/offers/", offers.offers, name="offers"),
    path("work/offers/why-not/", offers.why_not, name="why_not"),
    path("work/offers/night/", offers.night, name="offers_at_night"),
    path("work/offers/<uuid:offered_id>/", offers.why, name="why_offered"),
    path("work/offers/<uuid:offered_id>/take/", offers.take, name="take_offer"),
    path("work/offers/<uuid:offered_id>/decline/", offers.decline, name="decline_offer"),
    path("work/jobs/", work.jobs, name="jobs"),
    path("work/jobs/<str:code>/", work.job, name="job"),
    path("work/jobs/<str:code>/away/<uuid:time_off_id>/", absence.decide, name="absence"),
    path("work/jobs/<str:code>/money/", money.job_money, name="job_money"),
    path("work/jobs/<str:code>/cash/", cash.taken, name="job_cash"),
    path("work/jobs/<str:code>/cash/short/", short_cash.short, name="job_cash_short"),
    path("work/jobs/<str:code>/parting/", parting.job_parting, name="job_parting"),
    path("work/jobs/<str:code>/time/", sides.job_time, name="job_time"),
    path("work/jobs/<str:code>/evidence/", sides.job_evidence, name="job_evidence"),
    path("work/jobs/<str:code>/do/<str:step>/", work.step, name="job_step"),
]
