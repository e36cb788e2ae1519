"""Somebody at the demo is looking for offers: a visitor can compare them, or make one."""

from datetime import datetime
from uuid import UUID

from config.demo.life import DAY, HOUR, Life
from kernel import clock
from kernel.actor import Actor, Role
from marketplace.catalog.models import Service
from marketplace.jobs.actions.post_job import post_job
from marketplace.jobs.actions.save_job import Described, save_job
from marketplace.jobs.actions.send_offer import send_offer
from marketplace.jobs.models import Sent
from marketplace.jobs.rules.offering import Part, Terms
from marketplace.matching.queries import free_slots

BEFORE_NOW = 6 * HOUR
TEXT = {
    "es": "Me mudo de un departamento de dos recámaras: cocina con grasa, dos baños y ventanas"
    " por dentro. Queda vacío desde el viernes.",
    "pt": "Vou me mudar de um apartamento de dois quartos: cozinha com gordura, dois banheiros e"
    " janelas por dentro. Fica vazio a partir de sexta.",
}
OFFERS = (
    (1.0, {"es": "Limpieza completa", "pt": "Limpeza completa"},
     {"es": "Llevo todo y termino el mismo día.", "pt": "Levo tudo e termino no mesmo dia."}),
    (1.15, {"es": "Limpieza con ventanas", "pt": "Limpeza com janelas"},
     {"es": "Incluye el interior de los muebles.", "pt": "Inclui o interior dos armários."}),
)  # fmt: skip


def describe_a_job(life: Life, now: datetime) -> None:
    """Let the customer whom visitors can be describe a job today, and two workers answer."""
    if any(each.booking_mode == Service.POST for each in Service.objects.filter(active=True)):
        life.at(now - BEFORE_NOW, lambda: _describe(life))


def _describe(life: Life) -> None:
    name = life.stage.business.customers[0]
    by, home = life.stage.customers[name], life.stage.homes[name]
    service = Service.objects.filter(active=True, booking_mode=Service.POST)[0]
    language = life.stage.tenant.locale[:2]
    described = Described(
        service_id=service.pk,
        text=TEXT.get(language, TEXT["es"]),
        budget_minor=service.price_minor,
        zone_name=home.zone,
        latitude=home.latitude,
        longitude=home.longitude,
    )
    job = post_job(by=by, job_id=save_job(by=by, described=described).pk)
    for number in range(len(OFFERS)):
        at = clock.now() + (number + 1) * HOUR
        life.at(at, lambda number=number: _offer(life, job.pk, number))  # type: ignore[misc]  # A default binds it.


def _offer(life: Life, job_id: UUID, number: int) -> None:
    """Let the next best of those who were shown the job make an offer."""
    rows = Sent.objects.filter(job_id=job_id).select_related("worker", "offer__service", "job")
    shown = list(rows.order_by("rank")[number : number + 1])
    factor, label, message = OFFERS[number]
    for sent in shown:
        service, at = sent.offer.service, clock.now()
        slots = free_slots(
            worker_service=sent.offer,
            minutes=service.minutes,
            from_=at + DAY,
            to=at + 4 * DAY,
        )
        if not slots:
            return
        language = life.stage.tenant.locale[:2]
        part = Part(
            label=label.get(language, label["es"]), unit_minor=int(service.price_minor * factor)
        )
        terms = Terms(
            parts=(part,),
            minutes=service.minutes,
            slots=tuple(each.starts_at for each in (slots[0], slots[len(slots) // 2])),
            message=message.get(language, message["es"]),
        )
        by = Actor(role=Role.WORKER, member_id=sent.worker.member_id)
        send_offer(by=by, job_id=job_id, terms=terms)
