"""Where a worker's badge and documents are."""

from django.urls import path

from tenants.identity.views import work

app_name = "identity"
urlpatterns = [
    path("work/badge/", work.my_badge, name="badge"),
    path("work/badge/card/", work.card, name="card"),
    path("work/badge/photo/", work.my_photo, name="photo"),
    path("work/badge/new/", work.new_badge, name="new_badge"),
    path("work/documents/", work.documents, name="documents"),
    path("work/documents/<slug:kind>/", work.hand_in, name="hand_in"),
    path("work/documents/<uuid:check_id>/answer/", work.answer, name="answer"),
    path("work/documents/<uuid:check_id>/<uuid:evidence_id>/", work.evidence, name="evidence"),
]
