"""A booking's money, line by line: what each side reads, and that it is what the ledger says."""

from kernel.money import Money
from payments.queries import money_story
from payments.rules.story import Side
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import steps


def lines(booking, side):
    return [(line.kind, line.amount.minor) for line in money_story(booking.reference, side=side)[0]]


def test_the_customer_reads_payment_division_and_tip(job_done):
    assert lines(job_done, Side.CUSTOMER) == [
        ("charge.captured", 60_900),
        ("tip.captured", 5_000),
        ("job.accrued", 60_900),
        ("tip.earned", 5_000),
    ]


def test_the_worker_reads_the_share_becoming_free(job_done):
    assert lines(job_done, Side.WORKER)[-2:] == [("job.released", 51_040), ("tip.earned", 5_000)]


def test_the_parts_on_the_page_are_those_of_the_accounts(job_done):
    _, blocks = money_story(job_done.reference, side=Side.OFFICE)
    agreed = job_done.blocks

    assert blocks is not None
    assert blocks["worker"] == agreed.worker
    assert blocks["tip"] == agreed.tip
    assert blocks["tax"] == agreed.tax
    # The fake company takes no fee: what was reckoned for it is the business's.
    assert blocks["processor"] == Money("MXN", 0)
    assert blocks["tenant"] == agreed.tenant + agreed.processor
    assert sum(part.minor for part in blocks.values()) == agreed.total.minor


def test_a_division_lists_every_account_it_went_to(job_done):
    found, _ = money_story(job_done.reference, side=Side.CUSTOMER)
    divided = next(line for line in found if line.kind == "job.accrued")

    assert {part.account: part.amount.minor for part in divided.targets} == {
        "worker_pending": 51_040,
        "tenant_pending": 5_248,
        "platform_fee": 580,
        "psp_fee_recovered": 2_672,
        "tax_payable": 1_360,
    }


def test_each_side_has_its_own_page_and_strangers_have_none(job_done):
    customer = signed_in_client("clara").get(f"/bookings/{job_done.code}/money/")
    worker = signed_in_client("ana").get(f"/work/jobs/{job_done.code}/money/")
    office = signed_in_client("olga", strong=True).get(f"/office/bookings/{job_done.pk}/money/")

    assert "Pagaste" in customer.content.decode()
    assert "tu parte está libre" in worker.content.decode()
    assert "Cada movimiento en los libros" in office.content.decode()
    assert signed_in_client("ana").get(f"/bookings/{job_done.code}/money/").status_code == 404
    assert signed_in_client("clara").get(f"/work/jobs/{job_done.code}/money/").status_code == 404


def test_before_paying_the_page_shows_what_was_agreed(clara_booked_ana, clara):
    cancelled = steps(clara, clara_booked_ana, "cancel")
    page = signed_in_client("clara").get(f"/bookings/{cancelled.code}/money/").content.decode()

    assert "Te devolvimos tu dinero" in page
    assert lines(cancelled, Side.CUSTOMER)[-1] == ("refund.paid", 65_900)
