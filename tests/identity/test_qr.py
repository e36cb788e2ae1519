"""The printed code can be read when it is worn, tilted or blurred."""

import io

import pytest
import segno
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from tenants.identity import queries
from tenants.identity.actions.set_holder import set_holder
from tenants.identity.apps import badge_host_is_short

PIXELS_PER_MODULE = 6


@pytest.fixture
def address(ana, olga):
    set_holder(by=olga, member_id=ana.member_id, active=True, line="Paseos")
    return queries.badge_address(queries.badge_of(ana.member_id))


def drawn(address):
    out = io.BytesIO()
    code = segno.make(address, error="q", micro=False, boost_error=False)
    code.save(out, kind="png", scale=PIXELS_PER_MODULE, border=4)
    return Image.open(out).convert("L")


def read(image):
    return [each.text for each in zxingcpp.read_barcodes(image)]


def test_the_address_is_all_upper_case_and_fits_a_small_code(address, settings):
    code = segno.make(address, error="q", micro=False, boost_error=False)

    assert address.startswith("HTTP://ID.LOCALHOST/W/")
    assert (code.mode, code.error, code.version) == ("alphanumeric", "Q", 4)


@pytest.mark.parametrize("port", ["", ":8000"])
def test_thirty_characters_of_host_still_fit_version_four(port):
    host = ("ID." + "X" * 24 + ".MX")[: 30 - len(port)] + port
    code = segno.make(f"HTTPS://{host}/W/{'0' * 26}", error="q", micro=False, boost_error=False)

    assert (len(host), code.mode, code.version) == (30, "alphanumeric", 4)


@pytest.mark.parametrize(
    ("letters", "found"),
    [(27, []), (28, ["identity.W001"]), (47, ["identity.W001"]), (48, ["identity.E001"])],
)
def test_a_long_badge_host_is_noticed_at_the_start(settings, letters, found):
    settings.PLATFORM_DOMAIN = "x" * letters

    assert [each.id for each in badge_host_is_short()] == found


def test_the_code_is_read_blurred_turned_and_partly_covered(address):
    plain = drawn(address)
    side = plain.width
    covered = plain.copy()
    patch = int(side * 0.316)  # A tenth of the surface.
    corner = side - 4 * PIXELS_PER_MODULE - patch
    ImageDraw.Draw(covered).rectangle((corner, corner, corner + patch, corner + patch), fill=128)

    assert read(plain) == [address]
    assert read(plain.filter(ImageFilter.GaussianBlur(PIXELS_PER_MODULE / 3))) == [address]
    assert read(plain.rotate(20, expand=True, fillcolor=255)) == [address]
    assert read(covered) == [address]
