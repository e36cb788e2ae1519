"""Photographs of documents, and attempts at checks, for tests."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tenants.identity.actions.decide import decide
from tenants.identity.actions.request_check import request_check
from tenants.identity.actions.submit_evidence import submit_evidence

CURP = "BOXW310820HNERXN09"
CURP_2 = "HEGG560427MVZRRL04"


def photo(name="front.jpg", colour="navy", size=(640, 400)):
    """Return a photo as a browser would upload it."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def id_papers():
    """Return both sides of a document."""
    return {"front": photo("front.jpg"), "back": photo("back.jpg", "gray")}


def hands_in_id(worker, *, number=CURP, **fields):
    """Let a worker hand in an identity document."""
    check = request_check(by=worker, member_id=worker.member_id, kind="id_document")
    fields = {"number": number, **fields}
    return submit_evidence(by=worker, check_id=check.pk, files=id_papers(), fields=fields)


def hands_in(worker, kind, part, **fields):
    """Let a worker hand in what a check of one file needs."""
    check = request_check(by=worker, member_id=worker.member_id, kind=kind)
    return submit_evidence(by=worker, check_id=check.pk, files={part: photo()}, fields=fields)


def is_verified(worker, office, *, number=CURP):
    """Let a worker pass everything that is required by default."""
    for check in (hands_in_id(worker, number=number), hands_in(worker, "selfie_match", "selfie")):
        decide(by=office, check_id=check.pk, outcome="pass")
