"""What every page of the product may draw: money, moments, stars, pills, fields, icons."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol
from zlib import crc32

import segno
from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy, ngettext

from config import icons, statuses, wording
from config.brand import is_colour
from kernel.panels import panels_at

register = template.Library()

PARTS = ("worker", "tip", "tenant", "platform", "processor", "tax")
PART_WORDS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "worker": (gettext_lazy("For the person who does the job"), gettext_lazy("Their work")),
    "tip": (gettext_lazy("Tip"), gettext_lazy("All of it goes to the worker")),
    "tenant": (
        gettext_lazy("For the local team"),
        gettext_lazy("Checks people, answers you, stands by the job"),
    ),
    "platform": (gettext_lazy("Technology"), gettext_lazy("The software behind this page")),
    "processor": (gettext_lazy("Payment costs"), gettext_lazy("Bank and card fees")),
    "tax": (gettext_lazy("Taxes"), gettext_lazy("Passed on to the tax office")),
}
TONES = {"success": "ok", "warning": "warn", "error": "bad", "debug": "info"}
NOTICE_ICONS = {"ok": "check", "warn": "alert", "bad": "alert", "info": "info"}
STAR = "M12 2.9l2.8 5.8 6.3.9-4.6 4.5 1.1 6.3-5.6-3-5.6 3 1.1-6.3-4.6-4.5 6.3-.9z"
QR_QUIET_ZONE = 4


class Page(Protocol):
    """A page of a list, as Django's paginator gives it."""

    number: int
    paginator: Any


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """Draw one of our icons: `{% icon "calendar" %}`."""
    return icons.svg(name, title=title)


@register.simple_tag
def brand_href(colour: str) -> str:
    """Return the address of a brand colour's stylesheet, or nothing where it is no colour."""
    return reverse("brand", args=[colour]) if is_colour(colour) else ""


@register.filter
def money(amount: wording.Amount | None) -> str:
    """Write an amount in the reader's language: `{{ price|money }}`. None is a dash."""
    if amount is None:
        return "—"
    return format_html('<span class="money">{}</span>', wording.money(amount))


@register.filter
def money_text(amount: wording.Amount) -> str:
    """Write an amount without markup, for attributes and titles."""
    return wording.money(amount)


@register.filter
def distance(km: float | Decimal | None) -> str:
    """Write kilometres: `{{ worker.distance_km|distance }}`."""
    return "" if km is None else wording.distance(float(km))


@register.filter
def percent(value: float | Decimal | None, decimals: int = 1) -> str:
    """Write so many of a hundred: `{{ share|percent }}`, with at most some decimals."""
    return "—" if value is None else wording.percent(value, decimals=decimals)


@register.filter
def number(value: float | Decimal, decimals: int = 1) -> str:
    """Write a number with at most some decimals: `{{ points|number }}`."""
    return wording.number(float(value), decimals=decimals)


@register.filter
def zone_city(zone: str) -> str:
    """Name the city whose clock a zone is: `{{ worker.zone|zone_city }}`."""
    return wording.city(zone)


@register.simple_tag
def moment(at: datetime | None, zone: str, kind: str = "short") -> SafeString | str:
    """Write a moment on the wall clock of a zone: `{% moment booking.starts_at zone "long" %}`."""
    if at is None:
        return "—"
    return format_html(
        '<time datetime="{}">{}</time>', at.isoformat(), wording.moment(at, zone=zone, kind=kind)
    )


@register.filter("moment")
def moment_text(at: datetime | None, zone: str) -> str:
    """Write a moment as plain text: `{{ booking.starts_at|moment:booking.zone }}`."""
    return "—" if at is None else wording.moment(at, zone=zone)


@register.simple_tag(takes_context=True)
def panels(context: template.Context, place: str, subject: object = None) -> SafeString:
    """Let the floors above fill a place: `{% panels "profile" worker %}`."""
    request = context["request"]
    filled = (each.fill(request, subject) for each in panels_at(place))
    return mark_safe(
        "".join(render_to_string(name, shown, request) for name, shown in filter(None, filled))
    )


@register.simple_tag
def pill(code: str, tone: str | None = None) -> SafeString:
    """Show a state in a word and a tone: `{% pill booking.state %}`."""
    known = statuses.status(str(code))
    shown = known.tone if tone is None else tone
    return format_html('<span class="pill {}">{}</span>', shown, known.label)


@register.simple_tag
def avatar(name: str, photo_url: str = "", size: str = "") -> SafeString:
    """Show a person's photo, or the initials on a colour that is always theirs."""
    if photo_url:
        return format_html(
            '<img class="avatar {}" src="{}" alt="" loading="lazy" width="96" height="96">',
            size,
            photo_url,
        )
    words = [word for word in name.split() if word[:1].isalnum()]
    initials = "".join(word[0] for word in words[:2]).upper()
    return format_html(
        '<span class="avatar {} t{}" aria-hidden="true">{}</span>',
        size,
        crc32(name.encode()) % 5,
        initials or "·",
    )


@register.simple_tag
def stars(value: float | Decimal | None, count: int | None = None) -> SafeString:
    """Show an average of stars and how many reviews it stands on."""
    if value is None or count == 0:
        return format_html('<span class="stars muted">{}</span>', gettext("No reviews yet"))
    shown = wording.number(float(value))
    spoken = gettext("%(value)s of 5 stars") % {"value": shown}
    if count is not None:
        many = ngettext("%(count)s review", "%(count)s reviews", count) % {"count": count}
        spoken = f"{spoken}, {many}"
    row = "".join(f'<path transform="translate({24 * i})" d="{STAR}"/>' for i in range(5))
    return format_html(
        '<span class="stars"><svg viewBox="0 0 120 24" role="img" aria-label="{}">'
        '<g class="off">{}</g><svg width="{}" height="24" viewBox="0 0 {} 24"><g class="on">{}</g>'
        '</svg></svg><span aria-hidden="true">{}</span>{}</span>',
        spoken,
        mark_safe(row),
        width := max(round(24 * float(value), 1), 0.1),
        width,
        mark_safe(row),
        shown,
        format_html('<span class="count" aria-hidden="true">({})</span>', count) if count else "",
    )


@register.inclusion_tag("components/price_parts.html")
def price_parts(parts: object = None, **blocks: wording.Amount) -> dict[str, object]:
    """Show a price as its six parts: `{% price_parts quote.parts %}`, or each part by name.

    `parts` is a mapping or an object with worker, tip, tenant, platform, processor and tax.
    """
    amounts = {name: blocks.get(name) or _part(parts, name) for name in PARTS}
    present = {name: each for name, each in amounts.items() if each is not None}
    total: Any = None
    for each in present.values():
        total = each if total is None else total + each
    whole = sum(max(each.minor, 0) for each in present.values()) or 1
    rows, start = [], 0.0
    for name, each in present.items():
        width = 100 * max(each.minor, 0) / whole
        label, detail = PART_WORDS[name]
        rows.append(
            {
                "name": name,
                "label": label,
                "detail": detail,
                "amount": each,
                "start": f"{start:.2f}",
                "width": f"{max(width - 0.6, 0):.2f}",
            }
        )
        start += width
    return {"rows": rows, "total": total}


def _part(parts: object, name: str) -> Any:
    if isinstance(parts, Mapping):
        return parts.get(name)
    return getattr(parts, name, None)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str | None = None, help_text: str = "") -> dict[str, object]:
    """Show a form field with its label, help and error beside it: `{% field form.email %}`."""
    help_shown = help_text or bound.help_text
    described = [f"{bound.auto_id}_help"] if help_shown else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, str | bool] = (
        {"aria-describedby": " ".join(described)} if described else {}
    )
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "label": bound.label if label is None else label,
        "help": help_shown,
        "kind": getattr(bound.field.widget, "input_type", ""),
        "grouped": bound.field.widget.use_fieldset,
        "choices": list(bound) if bound.field.widget.use_fieldset else [],
        "described": attributes.get("aria-describedby", ""),
        "control": "" if bound.field.widget.use_fieldset else bound.as_widget(attrs=attributes),
    }


@register.inclusion_tag("components/star_field.html")
def star_field(
    bound: BoundField | None = None, name: str = "stars", label: str = "", value: int | None = None
) -> dict[str, object]:
    """Ask for 1 to 5 stars, with radio buttons: `{% star_field form.stars %}`."""
    words = [
        gettext("Bad"),
        gettext("Poor"),
        gettext("Fine"),
        gettext("Good"),
        gettext("Excellent"),
    ]
    return _asked(bound, name, label, value) | {
        "options": list(enumerate(words, 1)),
        "star": mark_safe(f'<path d="{STAR}"/>'),
    }


@register.inclusion_tag("components/scale_field.html")
def scale_field(
    bound: BoundField | None = None,
    name: str = "score",
    label: str = "",
    value: int | None = None,
    **ends: Any,
) -> dict[str, object]:
    """Ask for a number on a scale: `{% scale_field form.score low="…" high="…" %}`.

    `first` and `last` say where it begins and ends (0 and 10, unless told).
    """
    first, last = int(ends.get("first", 0)), int(ends.get("last", 10))
    return _asked(bound, name, label, value) | {
        "options": range(first, last + 1),
        "low": ends.get("low", ""),
        "high": ends.get("high", ""),
        "size": {5: "five", 7: "seven"}.get(last - first + 1, ""),
    }


def _asked(bound: BoundField | None, name: str, label: str, value: int | None) -> dict[str, object]:
    if bound is None:
        return {"name": name, "id": f"id_{name}", "label": label, "value": value, "errors": []}
    chosen = bound.value()
    return {
        "name": bound.html_name,
        "id": bound.auto_id or f"id_{bound.html_name}",
        "label": label or bound.label,
        "help": bound.help_text,
        "value": int(chosen) if str(chosen or "").isdigit() else value,
        "errors": bound.errors,
        "required": bound.field.required,
    }


@register.inclusion_tag("components/notice.html")
def notice(text: str, tone: str = "info", title: str = "") -> dict[str, object]:
    """Tell something in a box; what went wrong is announced at once, the rest politely."""
    shown = TONES.get(tone, tone or "info")
    return {
        "text": text,
        "title": title,
        "tone": shown,
        "icon": NOTICE_ICONS.get(shown, "info"),
        "role": "alert" if shown == "bad" else "status",
    }


@register.inclusion_tag("components/empty.html")
def empty(
    title: str, text: str = "", icon: str = "search", url: str = "", action: str = ""
) -> dict[str, object]:
    """Say that there is nothing here yet, and what to do about it."""
    return {"title": title, "text": text, "icon": icon, "url": url, "action": action}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, name: str = "page") -> dict[str, object]:
    """Link the pages of a list, keeping the rest of the address."""
    request: HttpRequest | None = context.get("request")
    query = request.GET.copy() if request else None
    links = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if query is not None and isinstance(number, int):
            query[name] = str(number)
        href = f"?{query.urlencode()}" if query is not None else f"?{name}={number}"
        links.append({"number": number, "href": href if isinstance(number, int) else ""})
    numbers: dict[object, object] = {link["number"]: link["href"] for link in links}
    return {
        "page": page,
        "links": links,
        "before": numbers.get(page.number - 1) or _neighbour(query, name, page.number - 1),
        "after": numbers.get(page.number + 1) or _neighbour(query, name, page.number + 1),
    }


def _neighbour(query: Any, name: str, number: int) -> str:
    if query is None:
        return f"?{name}={number}"
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag
def qr(text: str, title: str = "", error: str = "q") -> SafeString:
    """Draw a QR code; black on white at night too, because readers expect it so."""
    code = segno.make(text, error=error, micro=False, boost_error=False)
    drawn = code.svg_inline(
        border=QR_QUIET_ZONE,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        dark="#000",
        light="#fff",
    )
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" {}',
        title or gettext("QR code"),
        mark_safe(drawn.removeprefix("<svg ")),
    )


@register.simple_tag
def digits(code: str, label: str = "") -> SafeString:
    """Show a short code in large digits, read out one by one."""
    boxes = mark_safe("".join(format_html("<span>{}</span>", each) for each in code))
    return format_html(
        '<span class="digits" role="img" aria-label="{}">{}</span>',
        " ".join([label, *code]).strip(),
        boxes,
    )


@register.inclusion_tag("components/steps.html")
def steps(names: Sequence[str], current: int) -> dict[str, object]:
    """Show where one is on the way; steps count from 1."""
    return {
        "steps": [
            {"name": name, "done": place < current, "now": place == current}
            for place, name in enumerate(names, 1)
        ]
    }
