"""What people upload is looked at, rewritten and sealed, or refused and not kept."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from kernel.crypto import Unsealable
from kernel.edge import working_for
from kernel.errors import NotFound
from tenants.tenancy.access import file_response
from tenants.tenancy.actions.take_upload import take_upload
from tenants.tenancy.models import StoredFile
from tenants.tenancy.queries import content_of, file_path, stored_file
from tenants.tenancy.rules.uploads import UploadTooLarge, UploadUnsupported

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def photo(width: int = 60, height: int = 40, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, format=kind, **options)
    return out.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "taken at Calle Falsa 123"
    exif[0x0112] = 6  # Turned by 90 degrees.
    return photo(exif=exif)


def test_a_photo_is_kept_upright_and_without_what_it_hid(patitas, ana):
    upload = ContentFile(with_place() + b"<script>alert(1)</script>", name="x.php.jpg")

    stored = take_upload(by=ana, upload=upload, purpose="avatar")

    kept = content_of(stored)
    assert (stored.width, stored.height) == (40, 60)
    assert (stored.content_type, stored.uploaded_by_id) == ("image/jpeg", ana.member_id)
    assert b"Calle Falsa" not in kept
    assert b"script" not in kept
    assert len(kept) == stored.size


def test_a_large_photo_is_made_smaller(patitas, ana):
    stored = take_upload(by=ana, upload=ContentFile(photo(4000, 1000)), purpose="job")

    assert (stored.width, stored.height) == (2048, 512)


def test_what_lies_on_disk_tells_nothing(patitas, ana):
    stored = take_upload(by=ana, upload=ContentFile(PDF), purpose="id", kinds=("pdf",))

    on_disk = Path(file_path(stored.pk)).read_bytes()
    assert b"PDF" not in on_disk
    assert content_of(stored) == PDF


def test_a_file_put_in_the_place_of_another_is_not_shown(patitas, ana):
    one = take_upload(by=ana, upload=ContentFile(photo()), purpose="a")
    two = take_upload(by=ana, upload=ContentFile(photo()), purpose="b")
    file_path(one.pk).write_bytes(file_path(two.pk).read_bytes())

    with pytest.raises(Unsealable):
        content_of(one)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        photo(kind="GIF"),
        photo()[:300],
        PDF,
    ],
)
def test_what_is_no_photo_is_refused_and_not_kept(patitas, ana, content):
    with pytest.raises(UploadUnsupported):
        take_upload(by=ana, upload=ContentFile(content, name="photo.jpg"), purpose="avatar")
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff" + bytes(10 * 1024 * 1024),
        photo(8000, 5001, "PNG"),
        photo(30000, 6000, "PNG"),
    ],
    ids=["bytes", "pixels", "bomb"],
)
def test_what_is_too_large_is_refused_and_not_kept(patitas, ana, content):
    with pytest.raises(UploadTooLarge):
        take_upload(by=ana, upload=ContentFile(content), purpose="avatar")
    assert StoredFile.objects.count() == 0


def test_a_file_of_this_tenant_is_not_found_next_door(patitas, lar_limpo, ana):
    stored = take_upload(by=ana, upload=ContentFile(photo()), purpose="avatar")

    with working_for(lar_limpo.pk), pytest.raises(NotFound):
        stored_file(stored.pk)


def test_a_browser_may_show_a_photo_and_only_save_a_document(patitas, ana):
    shown = file_response(take_upload(by=ana, upload=ContentFile(photo()), purpose="a"))
    saved = file_response(take_upload(by=ana, upload=ContentFile(PDF), purpose="b", kinds=("pdf",)))

    assert shown["Content-Disposition"] == 'inline; filename="photo.jpg"'
    assert saved["Content-Disposition"] == 'attachment; filename="document.pdf"'
    assert shown["Cache-Control"] == "private, no-store"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown["Content-Security-Policy"]
