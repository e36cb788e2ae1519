"""Where people write and read reviews."""

from django.urls import path

from reviews.views import reading, writing

app_name = "reviews"
urlpatterns = [
    path("bookings/<slug:code>/review/", writing.review, name="review"),
    path("work/jobs/<slug:code>/review/", writing.private, name="private"),
    path("reviews/<uuid:review_id>/withdraw/", writing.withdraw, name="withdraw"),
    path("reviews/<uuid:review_id>/answer/", writing.answer, name="answer"),
    path("reviews/<uuid:review_id>/statement/", reading.statement, name="statement"),
    path("reviews/photos/<uuid:photo_id>/", reading.photo, name="photo"),
    path("w/<slug:slug>/reviews/", reading.of_worker, name="of_worker"),
    path("how-reviews-work/", reading.how, name="how"),
]
