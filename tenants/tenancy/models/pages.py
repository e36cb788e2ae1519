"""The pages that owners write themselves: front page, about, promise."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

WORDS = ["bold", "italic", "link", "ol", "ul"]  # No raw HTML, nothing embedded.


class QuoteBlock(blocks.StructBlock):
    """Something somebody said."""

    text = blocks.TextBlock(label=_("Text"))
    author = blocks.CharBlock(required=False, label=_("Who said it"))

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "tenancy/blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    """A picture, with words for those who cannot see it."""

    image = ImageChooserBlock(label=_("Picture"))
    description = blocks.CharBlock(
        max_length=200, label=_("What it shows, for those who cannot see it")
    )

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "tenancy/blocks/picture.html"


def _heading() -> blocks.CharBlock:
    return blocks.CharBlock(
        icon="title", template="tenancy/blocks/heading.html", label=_("Heading")
    )


def body_field() -> StreamField:
    """Return a field of headings, paragraphs, pictures and quotes, in any order."""
    return StreamField(
        [
            ("heading", _heading()),
            ("paragraph", blocks.RichTextBlock(features=WORDS, label=_("Paragraph"))),
            ("picture", PictureBlock()),
            ("quote", QuoteBlock()),
        ],
        blank=True,
    )


class TenantPage(Page):
    """What our pages have in common: a lead and a body."""

    lead = models.TextField(blank=True, max_length=300)
    body = body_field()

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead", heading=_("Lead")),
        FieldPanel("body", heading=_("What the page says")),
    ]

    class Meta:
        abstract = True


class HomePage(TenantPage):
    """The front page: what the business is, a search box, and what floors above put there."""

    hero_title = models.CharField(max_length=90)
    photo = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("hero_title", heading=_("Headline")),
        FieldPanel("lead", heading=_("Lead")),
        FieldPanel("photo", heading=_("Large photo")),
        FieldPanel("body", heading=_("What the page says")),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["tenancy.AboutPage", "tenancy.PromisePage"]
    template = "tenancy/home_page.html"

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")


class AboutPage(TenantPage):
    """Who is behind the business; or any other page of text."""

    parent_page_types = ["tenancy.HomePage"]
    subpage_types: list[str] = []
    template = "tenancy/text_page.html"

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")


class PromisePage(TenantPage):
    """What the business promises to those who work and to those who book, with live figures."""

    parent_page_types = ["tenancy.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    template = "tenancy/promise_page.html"

    class Meta:
        verbose_name = _("promise page")
        verbose_name_plural = _("promise pages")
