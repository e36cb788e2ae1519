"""What checks, their parts, their standing and the reasons of decisions are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

CHECKS: Words = {
    "id_document": _("Identity document"),
    "selfie_match": _("Face matches the document"),
    "address_proof": _("Proof of address"),
    "criminal_record": _("Criminal record certificate"),
    "certificate": _("Professional certificate"),
    "insurance": _("Insurance"),
}
PARTS: Words = {
    "front": _("Front of the document"),
    "back": _("Back of the document"),
    "selfie": _("A photo of your face, taken now"),
    "bill": _("A bill with your address, not older than 90 days"),
    "certificate": _("The certificate"),
    "policy": _("The policy"),
}
FIELDS: Words = {
    "name": _("Name as checked"),
    "number": _("Number on the document"),
    "expires_on": _("Valid until"),
    "issued_on": _("Issued on"),
    "folio": _("Folio"),
    "issuer": _("Issued by"),
}
WHAT_TO_DO: Words = {
    "ok": _("Nothing to do."),
    "expiring": _("It ends soon. Send a new one in time."),
    "in_grace": _("It has ended. Send a new one now to keep working."),
    "expired": _("It has ended. Send a new one to work again."),
    "missing": _("Please send it."),
    "asked_again": _("We need it again. Read why, and send it once more."),
    "in_review": _("We are looking at it. Nothing to do."),
    "failed": _("It was not accepted. Read why; you can answer."),
}
STANDINGS: Words = {
    "ok": _("In order"),
    "expiring": _("Ends soon"),
    "in_grace": _("Ended: days of grace"),
    "expired": _("Ended"),
    "missing": _("Missing"),
    "asked_again": _("Needed again"),
    "in_review": _("In review"),
    "failed": _("Not accepted"),
}
TONES: Mapping[str, str] = {
    "ok": "ok",
    "expiring": "warn",
    "in_grace": "warn",
    "expired": "bad",
    "missing": "warn",
    "asked_again": "warn",
    "in_review": "info",
    "failed": "bad",
}
REASONS: Words = {
    "unreadable": _("The picture cannot be read."),
    "part_missing": _("A part of the document is missing."),
    "expired_document": _("The document has expired."),
    "wrong_document": _("This is not the document we asked for."),
    "name_differs": _("The name is not the one on the profile."),
    "face_differs": _("The face is not the one on the document."),
    "altered": _("The document seems to have been altered."),
    "duplicate_identity": _("This document belongs to another account already."),
    "record_found": _("The certificate lists a record that rules this work out."),
    "all_clear": _("Everything is in order."),
}
REMARKS: Words = {
    "duplicate_identity": _("Another account has handed in this number."),
    "no_check_digit": _("This number has no check digit: compare it by eye."),
    "sex_x": _("Compare this number by eye: its check digit cannot be worked out."),
}
OUTCOMES: Words = {
    "pass": _("Pass"),
    "more": _("Ask for more"),
    "fail": _("Propose not to accept"),
}
STATES: Words = {
    "not_started": _("Not started"),
    "awaiting_worker": _("Waiting for the worker"),
    "submitted": _("To be reviewed"),
    "in_review": _("In review"),
    "needs_more": _("More was asked for"),
    "passed": _("Passed"),
    "adverse_pending": _("Worker may answer"),
    "failed": _("Not accepted"),
    "revoked": _("Taken back"),
    "expired": _("Ended"),
    "appealed": _("Appealed"),
    "withdrawn": _("Withdrawn"),
}
REVOKE_REASONS: Words = {
    "lost": _("Lost"),
    "stolen": _("Stolen"),
    "damaged": _("Damaged"),
    "misused": _("Used by somebody else"),
    "left": _("No longer works here"),
    "replaced": _("Replaced by a new card"),
}
SCANS: Words = {
    "not_valid": _("Not valid"),
    "expired": _("Expired"),
    "stale_code": _("Old code"),
    "opened_elsewhere": _("Opened on two phones"),
    "not_expected": _("Nobody expected you then"),
    "expected_now": _("You were expected"),
    "valid": _("Card was genuine"),
}
