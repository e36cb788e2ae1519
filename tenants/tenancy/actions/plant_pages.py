"""A new marketplace gets its pages, ready to be read and to be rewritten."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page
from wagtail.models import Site as WagtailSite

from tenants.tenancy.models import Tenant
from tenants.tenancy.models.pages import AboutPage, HomePage, PromisePage
from tenants.tenancy.rules.first_pages import FirstPages, first_pages

Blocks = list[tuple[str, object]]
PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
FILES = ("image", "document")


def plant_site(tenant: Tenant) -> HomePage:
    """Plant the tenant's own page tree: every tenant has its own root."""
    locale = Locale.objects.create(language_code=tenant.locale)
    root = Page.add_root(title="Root", slug="root", locale=locale)
    texts, words = first_pages(tenant.locale), {"name": tenant.name, "city": tenant.city}
    home: HomePage = root.add_child(instance=_home(tenant, texts, words))
    home.add_child(instance=_about(texts, words))
    home.add_child(instance=_promise(texts))
    hostname = tenant.domains.get(primary=True).hostname
    WagtailSite.objects.create(
        hostname=hostname, site_name=tenant.name, root_page=home, is_default_site=True
    )
    Collection.add_root(name="Root")
    return home


def let_edit(group: Group) -> None:
    """Let a group write this tenant's pages and keep its pictures and documents."""
    root, shelf = Page.get_first_root_node(), Collection.get_first_root_node()
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=PAGES
    ):
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    names = [f"{verb}_{kind}" for verb in ("add", "change", "choose") for kind in FILES]
    for permission in Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=names
    ):
        GroupCollectionPermission.objects.create(
            group=group, collection=shelf, permission=permission
        )


def _home(tenant: Tenant, texts: FirstPages, words: dict[str, str]) -> HomePage:
    steps: Blocks = [("paragraph", f"<p>{each}</p>") for each in texts.how]
    return HomePage(
        title=tenant.name,
        slug="home",
        hero_title=texts.heroes.get(tenant.niche, texts.heroes["general"]),
        lead=_said(texts.lead, words),
        body=[("heading", texts.how_title), *steps, ("quote", {"text": texts.quote, "author": ""})],
    )


def _about(texts: FirstPages, words: dict[str, str]) -> AboutPage:
    first, *rest = (_said(each, words) for each in texts.about)
    body: Blocks = [("paragraph", f"<p>{each}</p>") for each in rest]
    return AboutPage(
        title=texts.about_title, slug="about", lead=first, body=body, show_in_menus=True
    )


def _promise(texts: FirstPages) -> PromisePage:
    listed = "".join(f"<li>{each}</li>" for each in texts.promise)
    return PromisePage(
        title=texts.promise_title,
        slug="promise",
        lead=texts.promise_lead,
        body=[("paragraph", f"<ul>{listed}</ul>")],
        show_in_menus=True,
    )


def _said(text: str, words: dict[str, str]) -> str:
    """Fill in the names; without a city, it is simply close by."""
    return text.format(**{**words, "city": words["city"] or words["name"]})
