"""The living style guide: every component in every state, on one page, for eyes and for axe."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config import icons, statuses
from config.navigation import Item
from kernel import charts
from kernel.money import Money

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
WEEKS = ["Sep 7", "14", "21", "28", "Oct 5", "12", "19", "26", "Nov 2", "9", "16"]
SCORES = [31, 35, None, 38, 42, 40, 47, None, 52, 55, 58]


class House(NamedTuple):
    """A tenant as a page needs it."""

    name: str
    brand_color: str
    logo_url: str


class Sample(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Nombre completo", help_text="Como aparece en tu identificación.")
    email = forms.EmailField(label="Correo electrónico")
    about = forms.CharField(label="Cuéntanos de ti", widget=forms.Textarea, required=False)
    city = forms.ChoiceField(label="Ciudad", choices=[("mx", "Ciudad de México"), ("gd", "Toluca")])
    payout = forms.ChoiceField(
        label="¿Cómo quieres tu dinero?",
        choices=[("free", "Mañana, sin costo"), ("now", "En minutos, $12.00 MXN")],
        widget=forms.RadioSelect,
    )
    terms = forms.BooleanField(label="Acepto que revisen mis documentos")
    stars = forms.IntegerField(label="¿Cómo estuvo la visita?", initial=4)
    score = forms.IntegerField(
        label="¿Qué tan probable es que nos recomiendes a alguien?", required=False, initial=9
    )


def peso(minor: int) -> Money:
    """Return an amount in Mexican pesos."""
    return Money("MXN", minor)


def score_chart() -> str:
    """Return a line with its band, and the same figures to read."""
    points: list[charts.Point] = [
        (week, score, None if score is None else score - 11, None if score is None else score + 11)
        for week, score in zip(WEEKS, SCORES, strict=True)
    ]
    return charts.line("NPS por semana", "Sube de 31 a 58.", points=points) + charts.table(
        "NPS por semana",
        columns=("Semana", "NPS", "desde", "hasta"),
        rows=points,
        summary="Ver los datos",
    )


def day_chart() -> str:
    """Return bars with whiskers, one day of which nobody knows."""
    days = [("L", 12.0), ("M", 18.0), ("X", None), ("J", 22.0), ("V", 31.0), ("S", 27.0)]
    points = [(day, value, value and value - 4, value and value + 5) for day, value in days]
    return charts.bars("Reservas por día", "El viernes es el mejor día.", points=points)


def service_chart() -> str:
    """Return scores with their interval and n."""
    rows: list[charts.Row] = [
        ("Paseos", 62.0, 48.0, 74.0, 64),
        ("Baños", 41.0, 12.0, 66.0, 19),
        ("Visitas", None, None, None, 3),
    ]
    return charts.intervals(
        "NPS por servicio", "Con intervalo de 95 %.", rows=rows, low=-100, high=100
    )


def share_chart() -> str:
    """Return the parts of a price."""
    names = ("Trabajador", "Propina", "Equipo", "Pagos", "Impuestos")
    parts = list(zip(names, (77.0, 8.0, 9.0, 4.0, 2.0), strict=True))
    return charts.shares("De cada 100 pesos", "77 llegan a quien trabaja.", parts=parts)


def cohort_chart() -> str:
    """Return a heat table."""
    rows: list[tuple[str, list[float | None]]] = [
        ("Ago", [100, 61, 48, 44]),
        ("Sep", [100, 58, 47, None]),
        ("Oct", [100, 66, None, None]),
    ]
    return charts.heat("Regresan", "Por mes.", columns=["0", "1", "2", "3"], rows=rows)


def waiting_chart() -> str:
    """Return a curve in steps."""
    points = [(0, 1), (3, 0.84), (8, 0.61), (12, 0.48), (25, 0.31)]
    return charts.steps(
        "Días hasta reservar", "La mitad reserva antes del día 12.", points=points, until=30
    )


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component; only where the simulators run, for it is of no use to anyone else."""
    if not (settings.DEBUG or getattr(settings, "OFICIO_SIMULATORS", False)):
        raise Http404
    wrong = Sample({"name": "", "email": "ana@", "city": "mx"})
    wrong.is_valid()
    parts = {
        "worker": peso(51_040),
        "tip": peso(5_000),
        "tenant": peso(5_248),
        "platform": peso(580),
        "processor": peso(2_672),
        "tax": peso(1_360),
    }
    context = {
        "tenant": House("Patitas", request.GET.get("brand", ""), ""),
        "navigation": [
            Item("Buscar", "/styleguide/", "search", True),
            Item("Mis visitas", "#visits", "calendar"),
            Item("Mensajes", "#messages", "message"),
            Item("Mi cuenta", "#account", "user"),
        ],
        "icons": sorted(icons.ICONS),
        "statuses": list(statuses.STATUSES),
        "form": Sample(initial={"payout": "free"}),
        "wrong": wrong,
        "price": peso(45_000),
        "whole": peso(65_900),
        "prices": [Money("BRL", 125_000), Money("CLP", 12_500), Money("USD", -1_999)],
        "parts": parts,
        "now": NOW,
        "later": NOW + timedelta(days=3, hours=2),
        "zone": "America/Mexico_City",
        "page": Paginator(range(200), 10).page(4),
        "charts": [
            score_chart(),
            day_chart(),
            service_chart(),
            share_chart(),
            cohort_chart(),
            waiting_chart(),
        ],
        "spark": charts.spark("Reservas por semana", [4, 6, 5, None, 9, 11, 10, 14]),
        "slots": ["08:00", "09:30", "11:00", "12:30", "14:00", "15:30", "17:00"],
        "steps": ["Servicio", "Horario", "Precio", "Pago"],
    }
    return render(request, "styleguide.html", context)
