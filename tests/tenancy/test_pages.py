"""Owners write their own pages, see nobody else's, and visitors read them."""

import io

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from django.utils import translation
from PIL import Image as Pixels
from wagtail.images import get_image_model
from wagtail.models import Page

from kernel import outbox
from kernel.edge import working_for
from tenants.tenancy.models import AboutPage, HomePage, PromisePage
from tenants.tenancy.queries import menu
from tests.support.worlds import signed_in_client


def visitor(host: str = "patitas.localhost") -> Client:
    return Client(headers={"host": host})


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/", "Alguien de confianza para quien más quieres"),
        ("/about/", "Patitas reúne en Ciudad de México"),
        ("/promise/", "La propina es de quien la gana"),
    ],
)
def test_a_new_marketplace_has_pages_to_read(patitas, path, says):
    page = visitor().get(path)

    assert page.status_code == 200
    assert says in page.content.decode()


def test_pages_begin_in_the_language_of_the_country(patitas, lar_limpo):
    page = visitor("lar-limpo.localhost").get("/").content.decode()

    assert "Sua casa limpa, por gente que você conhece" in page


def test_the_front_page_leads_to_the_search(patitas):
    outbox.drain()
    page = visitor().get("/").content.decode()

    assert page.count('role="search"') == 1
    assert 'action="/search/"' in page
    assert 'name="q"' in page


def test_the_menu_lists_what_the_owner_put_there(patitas, lar_limpo):
    assert menu() == [("Quiénes somos", "/about/"), ("Nuestra promesa", "/promise/")]
    with translation.override("en"):
        assert menu() == [("Who we are", "/about/"), ("Our promise", "/promise/")]
    AboutPage.objects.get().unpublish()
    assert menu() == [("Nuestra promesa", "/promise/")]


def test_an_owner_edits_and_publishes_the_front_page(patitas):
    home = HomePage.objects.get()
    office = signed_in_client("olga", strong=True)
    edit = f"/office/pages/{home.pk}/edit/"
    assert office.get(edit).status_code == 200

    sent = office.post(
        edit,
        {
            "title": "Patitas",
            "slug": "home",
            "hero_title": "Paseos con cariño",
            "lead": "Cerca de ti",
            "photo": "",
            "body-count": "1",
            "body-0-deleted": "",
            "body-0-order": "0",
            "body-0-type": "heading",
            "body-0-id": "",
            "body-0-value": "Así somos",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "1000",
            "action-publish": "action-publish",
        },
    )

    assert sent.status_code == 302, sent.content.decode()[:2000]
    page = visitor().get("/").content.decode()
    assert "Paseos con cariño" in page
    assert "<h2>Así somos</h2>" in page


def test_an_owner_cannot_reach_a_neighbours_page(patitas, lar_limpo):
    with working_for(lar_limpo.pk):
        theirs = HomePage.objects.get().pk
    office = signed_in_client("olga", strong=True)

    assert office.get(f"/office/pages/{theirs}/edit/").status_code == 404
    assert "Lar Limpo" not in office.get("/office/pages/").content.decode()


def test_staff_enter_the_office_and_do_not_write_pages(patitas, mora):
    office = signed_in_client("mora", strong=True)

    assert office.get("/office/").status_code == 200
    assert office.get(f"/office/pages/{HomePage.objects.get().pk}/edit/").status_code == 302


def test_what_is_typed_is_shown_as_text(patitas):
    home = HomePage.objects.get()
    home.hero_title = "<script>alert(1)</script>"
    home.body = [("heading", "<img src=x onerror=alert(2)>")]
    home.save()

    page = visitor().get("/").content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;img src=x" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def picture() -> str:
    content = io.BytesIO()
    Pixels.new("RGB", (40, 30), "teal").save(content, format="PNG")
    content.seek(0)
    image = get_image_model().objects.create(title="x", file=ImageFile(content, name="x.png"))
    image.file.close()
    return image.file.name


def test_pictures_are_shown_at_their_own_marketplace_only(patitas, lar_limpo):
    name = picture()

    shown = visitor().get(f"/media/{name}")
    assert (shown.status_code, shown["X-Content-Type-Options"]) == (200, "nosniff")
    assert visitor("lar-limpo.localhost").get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("name", ["../../etc/passwd", "nothing.png", "%2e%2e/x"])
def test_there_is_nothing_else_behind_pictures(patitas, name):
    assert visitor().get(f"/media/{name}").status_code == 404


def test_every_tenant_has_one_tree_of_its_own(patitas, lar_limpo):
    def kinds() -> list[str]:
        return sorted(page.specific_class.__name__ for page in Page.objects.all())

    mine = kinds()
    assert mine == ["AboutPage", "HomePage", "Page", "PromisePage"]
    with working_for(lar_limpo.pk):
        assert kinds() == mine
        assert PromisePage.objects.count() == 1
