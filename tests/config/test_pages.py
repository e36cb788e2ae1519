"""The base page keeps what browsers and people were promised."""

import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from config.brand import brand_css
from config.styleguide import styleguide

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html")) + sorted(
    ROOT.glob("*/*/templates/**/*.html")
)
ERRORS = ["400", "403", "403_csrf", "404", "421", "429", "500"]


def test_the_stylesheet_stays_small():
    css = (ROOT / "config/static/oficio/oficio.css").read_bytes()

    assert len(gzip.compress(css, mtime=0)) <= 12_000


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_writes_script_or_style_into_the_page(path):
    source = path.read_text()
    own_styles = path.name == "421.html"  # Nothing else is served at an unknown host.

    assert (
        re.findall(
            r"""<script(?![^>]*(?:src|type="application/json")=)|\son\w+=|\sstyle=""", source
        )
        == []
    )
    assert own_styles or "<style" not in source


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_no_context(name, language):
    with override(language):
        shown = render_to_string(f"{name}.html")

    assert f'<html lang="{language}">' in shown
    assert "<h1>" in shown


def test_the_style_guide_is_hidden_where_there_are_no_simulators(client, settings):
    settings.DEBUG = settings.OFICIO_SIMULATORS = False
    request = RequestFactory().get("/styleguide/")

    with pytest.raises(Exception, match=r"^$") as refused:
        styleguide(request)

    assert refused.typename == "Http404"


def test_the_style_guide_draws_every_component(settings):
    settings.OFICIO_SIMULATORS = True
    request = RequestFactory().get("/styleguide/")

    shown = styleguide(request).content.decode()

    assert '<meta name="htmx-config" content=\'{"allowEval":false,' in shown
    assert '<a class="skip" href="#main">Saltar al contenido</a>' in shown
    assert len(gzip.compress(shown.encode(), mtime=0)) <= 20_000


def test_a_brand_colour_is_cached_for_ever():
    response = brand_css(RequestFactory().get("/brand/0f766e.css"), colour="0f766e")

    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
