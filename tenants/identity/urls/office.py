"""Where the office's pages are, below /office/."""

from django.urls import path

from tenants.identity.views import office

urlpatterns = [
    path("verification/", office.queue, name="identity_queue"),
    path("verification/all/", office.checks, name="identity_checks"),
    path("verification/<uuid:check_id>/", office.check, name="identity_check"),
    path("verification/<uuid:check_id>/claim/", office.claim, name="identity_claim"),
    path("verification/<uuid:check_id>/decide/", office.decision, name="identity_decide"),
    path(
        "verification/<uuid:check_id>/<uuid:evidence_id>/",
        office.evidence,
        name="identity_evidence",
    ),
    path("badges/", office.badges, name="identity_badges"),
    path("badges/<uuid:badge_id>/revoke/", office.revoke, name="identity_revoke"),
    path("badges/<uuid:member_id>/issue/", office.issue, name="identity_issue"),
]
