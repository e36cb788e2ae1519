"""What is due about jobs and offers."""

from uuid import UUID

from kernel.timers import timer
from marketplace.jobs.actions.end_job import end_job, end_offer
from marketplace.jobs.actions.moves import EXPIRE, OFFER_EXPIRES, SEND_OUT
from marketplace.jobs.actions.send_out import send_out


@timer(SEND_OUT)
def show_it_around(job_id: UUID) -> None:
    send_out(job_id=job_id)


@timer(EXPIRE)
def nobody_was_chosen(job_id: UUID) -> None:
    end_job(job_id=job_id)


@timer(OFFER_EXPIRES)
def nobody_said_yes(offer_id: UUID) -> None:
    end_offer(offer_id=offer_id)
