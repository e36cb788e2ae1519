"""The later chapters: a visit is found, paid, made, reviewed and paid out, and figures tell it."""

import re
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from kernel import clock
from tests.identity.papers import photo
from tests.journeys.stories import Story, World
from tests.support.reader import Reader


def the_customer_finds_somebody(story: Story) -> None:
    """5. Search by words, place and time; see why; choose a time."""
    customer = story.customer.opens(story.at("/search/"))
    places = customer.page.select("select[name=place] option[value]")
    day = (clock.now() + timedelta(days=3)).date().isoformat()
    customer.sends("q", q=story.search, place=str(places[1]["value"]), day=day)
    assert customer.page.select(".reasons li"), customer.said
    customer.clicks(r"^/w/")
    assert customer.status == 200
    start = parse_qs(urlsplit(customer.link(r"^/book/")).query)["start"][0]
    story.starts_at = datetime.fromisoformat(start)
    assert story.starts_at > clock.now()
    customer.clicks(r"^/book/")


def the_customer_pays_a_price_in_six_parts(world: World) -> None:
    """5. Six parts, a tip, the company's own page; and nobody else gets the same time."""
    story, customer = world.story, world.story.customer
    chosen = customer.address
    wants_to_book(customer)
    assert story.words["parts"] in customer.said
    assert [each["class"] for each in customer.page.select(".parts .swatch")] == [
        ["swatch", f"part-{name}"]
        for name in ("worker", "tip", "tenant", "platform", "processor", "tax")
    ]
    somebody_else_is_too_late(story, chosen)
    customer.sends()
    assert customer.address.startswith(world.stripe.url), f"{customer.address}: {customer.said}"
    customer.sends("choice")
    assert re.fullmatch(r"/bookings/[0-9A-Z]{8}/", customer.path), customer.address
    story.code = customer.path.split("/")[2]
    world.works()


def wants_to_book(reader: Reader) -> None:
    """Say where, give a tip, and go on to the price."""
    zones = [str(each["value"]) for each in reader.page.select("select[name=zone] option[value]")]
    reader.sends(
        "address", address="Orizaba 101", zone=zones[1], note="Timbre 3", tip_other="50.00"
    )


def somebody_else_is_too_late(story: Story, chosen: str) -> None:
    """While one customer holds a time, another is told that it is gone."""
    other = story.other.signs_in(story.at("/account/"))
    other.opens(chosen)
    wants_to_book(other)
    assert other.status == 409
    assert story.words["taken"] in other.said


def the_worker_accepts(world: World) -> None:
    """5. The request shows what the worker gets; a yes takes the money."""
    story = world.story
    job = f"/work/jobs/{story.code}/"
    worker = story.worker.opens(story.at("/work/jobs/")).clicks(job)
    worker.sends("accept")
    world.works()
    assert story.customer.opens(story.at(f"/bookings/{story.code}/")).status == 200
    assert f"/work/jobs/{story.code}/do/depart/" in worker.opens(story.at(job)).text


def the_visit_takes_place(world: World) -> None:
    """6. Visit code and PIN at the door, a photo at the end, and the customer says yes."""
    story = world.story
    customer, worker = story.customer, story.worker
    visit, job = story.at(f"/bookings/{story.code}/"), story.at(f"/work/jobs/{story.code}/")
    world.moves_to(story.starts_at - timedelta(minutes=20))
    worker.opens(job).sends("depart").sends("arrive")
    visit_code, pin = digits_on(customer.opens(visit))
    assert digits_on(worker.opens(job)) == [visit_code]
    wrong = f"{(int(pin) + 1) % 10_000:04}"
    worker.sends("pin", pin=wrong)
    assert (worker.status, story.words["wrong_pin"] in worker.said) == (409, True)
    world.moves_to(story.starts_at)
    worker.sends("pin", pin=pin)
    assert "check_out" in worker.text
    world.passes(minutes=55)
    worker.sends("photos", photos=[photo("done.jpg", "green")], note="Canela feliz.")
    world.works()
    customer.opens(visit)
    assert "Canela feliz." in customer.said
    assert customer.page.select(".photos img")
    world.passes(minutes=10)
    customer.sends("confirm")
    world.works()


def digits_on(reader: Reader) -> list[str]:
    """Return the codes that a page shows in large digits."""
    return ["".join(each.get_text().split()) for each in reader.page.select(".digits")]


def both_review_each_other(world: World) -> None:
    """8. Sealed until both have spoken; then the profile shows it."""
    story = world.story
    customer, worker = story.customer, story.worker
    world.passes(minutes=90)
    customer.opens(story.at(f"/bookings/{story.code}/")).clicks("/review/")
    text = "Llegó puntual y Canela volvió feliz."
    customer.sends("stars", stars="5", text=text, photos=[photo("p.jpg")], consent="on")
    assert customer.status == 200
    profile = profile_of(story)
    assert text not in customer.opens(profile).said
    assert text not in worker.opens(story.at(f"/work/jobs/{story.code}/")).said
    worker.clicks("/review/")
    worker.sends("stars", stars="5")
    assert worker.status == 200
    world.works()
    assert text in customer.opens(profile).said


def profile_of(story: Story) -> str:
    """Return where the worker's profile is."""
    return story.at(story.customer.opens(story.at("/search/")).link(r"^/w/").partition("?")[0])


def everybody_is_asked(world: World) -> None:
    """9. A low score opens a case with an owner and a deadline; workers speak in confidence."""
    story = world.story
    customer, worker, owner = story.customer, story.worker, story.owner
    customer.opens(story.at(f"/bookings/{story.code}/")).clicks("/s/")
    customer.sends("score", score="1", text="Muy caro.")
    assert customer.status == 200
    world.works()
    cases = owner.opens(story.at("/office/cases/"))
    assert story.owner.name.title() in cases.said or story.moderator.name.title() in cases.said
    assert re.search(r"/office/cases/[0-9a-f-]{36}/", cases.text)
    owner.opens(story.at("/office/")).sends("/voice/open/")
    assert (owner.status, owner.path) == (200, "/office/")
    assert "5" in owner.page.select_one(".messages").get_text()  # Nobody asks fewer than five.
    assert not worker.opens(story.at("/work/")).page.select('a[href^="/voice/"]')


def the_money_reaches_the_bank(world: World) -> None:
    """7. Share and whole tip in the wallet, a free way out, and the bank's word for it."""
    story, worker = world.story, world.story.worker
    worker.opens(story.at("/wallet/"))
    assert "50.00" in worker.said or "50,00" in worker.said
    worker.clicks("/wallet/cash-out/")
    free = worker.page.select_one("input[name=option][value=free]")
    assert free is not None
    assert free.has_attr("checked")
    assert re.search(r"0[.,]00", str(free.parent))
    worker.sends("amount")
    assert re.fullmatch(r"/wallet/cash-outs/[0-9a-f-]{36}/", worker.path), worker.said
    world.works()
    world.passes(days=5)
    assert story.words["paid"] in worker.opens(worker.address).said


def the_office_and_the_public_see_it(story: Story) -> None:
    """9, 10. The owner's home draws how it goes; the promise page shows computed figures."""
    owner = story.owner.opens(story.at("/office/"))
    assert len(owner.page.select(".oficio svg")) >= 5
    public = Reader("nobody", story.customer.language).opens(story.at("/"))
    public.clicks("/promise/")
    assert public.status == 200
    assert re.search(r"100 ?%", public.said)
