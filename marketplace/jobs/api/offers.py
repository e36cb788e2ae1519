"""Offers for jobs, for programs."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Router, Status

from kernel.actor import Role
from kernel.errors import NotFound
from kernel.idempotency import once
from marketplace.bookings.api.shapes import BookingOut, booking_out
from marketplace.bookings.api.steps import ProblemOut
from marketplace.jobs.access import part_in_job, part_in_offer
from marketplace.jobs.actions import send_offer as sending
from marketplace.jobs.actions.choose_offer import Where, choose_offer, counter_offer
from marketplace.jobs.api.shapes import (
    ChoiceIn,
    JobOfferIn,
    JobOfferOut,
    JobOffersOut,
    OfferStepIn,
    offer_out,
)
from marketplace.jobs.models import JobOffer
from marketplace.jobs.queries.comparing import offer_sheet, offers_for
from tenants.tenancy.access import actor_of

router = Router(tags=["jobs"])
Key = Annotated[str, Header(alias="Idempotency-Key")]


@router.get("/jobs/{job_id}/offers", response=JobOffersOut, operation_id="compare_offers")
def list_job_offers(request: HttpRequest, job_id: UUID, order: str = "price") -> JobOffersOut:
    """List the offers for one's job in six parts each: by price, rating, distance or soonest."""
    by, job = part_in_job(request, job_id)
    if by.role == Role.WORKER:
        raise NotFound(what="job")  # What others offer is the customer's to read.
    return JobOffersOut(items=[offer_out(each) for each in offers_for(job, by=by, order=order)])


@router.post("/jobs/{job_id}/offers", response={201: JobOfferOut}, operation_id="send_offer")
def create_job_offer(
    request: HttpRequest, job_id: UUID, body: JobOfferIn, idempotency_key: Key = ""
) -> Status[Any]:
    """Make an offer for a job that was shown to one. It costs nothing and blocks no time."""
    by = actor_of(request, role=Role.WORKER)

    def answer() -> tuple[int, Any]:
        offer = sending.send_offer(by=by, job_id=job_id, terms=body.terms())
        return 201, offer_out(offer_sheet(offer, by=by)).model_dump(mode="json")

    asked = {"operation": "send_offer", "job": job_id, **body.model_dump(mode="json")}
    return Status(
        *once(caller=str(by.member_id), key=idempotency_key, request=asked, answer=answer)
    )


@router.get("/job-offers/{offer_id}", response=JobOfferOut, operation_id="get_job_offer")
def get_job_offer(request: HttpRequest, offer_id: UUID) -> JobOfferOut:
    """Return one offer, with the steps that the caller may take now (`actions`)."""
    by, offer = part_in_offer(request, offer_id)
    return offer_out(offer_sheet(offer, by=by))


@router.post(
    "/job-offers/{offer_id}/transitions/{step}",
    response=JobOfferOut,
    operation_id="step_job_offer",
)
def create_offer_transition(
    request: HttpRequest, offer_id: UUID, step: str, body: OfferStepIn
) -> JobOfferOut:
    """Take a step on an offer: counter as its customer; answer, retime, withdraw as its worker."""
    by, known = part_in_offer(request, offer_id)
    asked: dict[str, Any] = {"by": by, "offer_id": known.pk}
    offer: JobOffer
    if step == "counter":
        offer = counter_offer(**asked, amount_minor=body.amount_minor, words=body.words)
    elif step == "answer":
        offer = sending.answer_counter(**asked, terms=body.terms.terms() if body.terms else None)
    elif step == "retime":
        offer = sending.retime_offer(**asked, slots=body.slots)
    elif step == "withdraw":
        offer = sending.withdraw_offer(**asked)
    else:
        raise NotFound(what="step")
    return offer_out(offer_sheet(offer, by=by))


@router.post(
    "/job-offers/{offer_id}/choose",
    response={201: BookingOut, 409: ProblemOut},
    operation_id="choose_offer",
)
def create_choice(
    request: HttpRequest, offer_id: UUID, body: ChoiceIn, idempotency_key: Key = ""
) -> Status[Any]:
    """Choose an offer: the booking's `pay_path` says where it is paid within fifteen minutes.

    If its time was taken meanwhile (`slot_taken`), the worker has twelve hours to name others.
    """
    by = actor_of(request, role=Role.CUSTOMER)

    def answer() -> tuple[int, Any]:
        choice = choose_offer(
            by=by,
            offer_id=offer_id,
            starts_at=body.starts_at,
            where=Where(address=body.address, note=body.note),
            expected_version=body.expected_version,
            with_credit=body.with_credit,
        )
        if choice.booking is not None:
            return 201, booking_out(choice.booking, by).model_dump(mode="json")
        refusal = choice.refusal
        assert refusal is not None
        problem = ProblemOut(
            type=refusal.code, title=refusal.title, status=409, details=refusal.details
        )
        return 409, problem.model_dump(mode="json")

    asked = {"operation": "choose_offer", "offer": offer_id, **body.model_dump(mode="json")}
    return Status(
        *once(caller=str(by.member_id), key=idempotency_key, request=asked, answer=answer)
    )
