"""The first chapters of a marketplace: it opens, people sign in, somebody starts to work."""

import time

from kernel import outbox
from tests.identity.papers import photo
from tests.journeys.stories import Story, World
from tests.support.reader import Reader
from tests.support.signing_in import last_code

WEEKDAYS = range(7)


def the_owner_opens_it(story: Story) -> None:
    """1. A form and a code open a marketplace with its pages, in less than two seconds."""
    owner = story.owner.opens("http://localhost/").clicks("/open/")
    owner.sends(
        "slug",
        name=story.name,
        niche=story.niche,
        country=story.country,
        city=story.city,
        slug=story.slug,
        first_name=owner.name.title(),
        last_name="Prueba",
        email=f"{owner.name}@example.com",
    )
    owner.sends("contact")
    owner.sends("code", code=last_code())
    began = time.monotonic()
    owner.sends()
    assert time.monotonic() - began < 2
    outbox.drain()
    for path in ("/", "/search/"):
        owner.opens(story.at(path))
        assert owner.status == 200
        assert owner.page.html is not None
        assert str(owner.page.html["lang"]).lower() == story.language


def people_sign_in(story: Story) -> None:
    """2. A code for everybody, an app's code for the office, and sessions that stay at home."""
    owner = story.owner.signs_in(story.at("/office/"))
    assert (owner.status, owner.path) == (200, "/office/")
    assert owner.secret
    owner.opens("/office/people/").sends(
        "role",
        email=f"{story.moderator.name}@example.com",
        first_name=story.moderator.name.title(),
        last_name="Prueba",
        role="staff",
        moderates="on",
    )
    assert story.moderator.name.title() in owner.said
    moderator = story.moderator.signs_in(story.at("/office/"))
    assert (moderator.status, moderator.path) == (200, "/office/")
    customer = story.customer.signs_in(story.at("/account/"))
    assert (customer.status, customer.path) == (200, "/account/")
    assert customer.opens("/office/").status == 404
    assert customer.opens("http://localhost/office/").status == 404


def somebody_starts_to_work(world: World) -> None:
    """3. Apply, prove who one is, be approved, open a payout account, say what, where and when."""
    story, worker = world.story, world.story.worker
    worker.signs_in(story.at("/work/apply/"))
    worker.sends("headline", headline="Con calma", bio="Diez años.", photo=photo("me.jpg"))
    assert (worker.status, worker.path) == (200, "/work/")
    outbox.drain()
    hands_in_documents(story)
    the_office_checks_and_approves(story)
    opens_a_payout_account(world)
    says_what_where_and_when(story)


def hands_in_documents(story: Story) -> None:
    """Two photos of a document and one of a face go into private storage."""
    worker = story.worker.opens(story.at("/work/documents/"))
    worker.sends(
        "front",
        number=story.national_number,
        front=photo("front.jpg"),
        back=photo("back.jpg", "gray"),
    )
    worker.sends("selfie", selfie=photo("selfie.jpg", "tan"))
    assert worker.status == 200
    assert not worker.page.select('form[action*="/work/documents/"]')


def the_office_checks_and_approves(story: Story) -> None:
    """A moderator takes each check, looks at it, lets it pass, and approves the worker."""
    moderator = story.moderator
    for _ in range(2):
        moderator.opens(story.at("/office/verification/")).clicks(r"/verification/[0-9a-f-]{36}/")
        moderator.sends("claim")
        moderator.sends("outcome", outcome="pass")
    moderator.opens(story.at("/office/workers/")).clicks(r"/office/workers/[0-9a-f-]{36}/")
    moderator.sends("start_review").sends("approve")
    assert moderator.status == 200
    outbox.drain()


def opens_a_payout_account(world: World) -> None:
    """Stripe's own form asks for the bank account, and leads back."""
    worker = world.story.worker.opens(world.story.at("/wallet/")).clicks("/wallet/account/")
    worker.clicks("/wallet/account/open/")
    assert worker.address.startswith(world.stripe.url)
    worker.sends(outcome="complete")
    assert worker.path == "/wallet/account/"
    world.stripe.deliver()
    worker.opens("/wallet/account/")
    assert worker.page.select(".verdict.ok")


def says_what_where_and_when(story: Story) -> None:
    """Services, area and a weekly plan; then customers can find this person."""
    worker = story.worker.opens(story.at("/work/services/"))
    box = next(
        each
        for each in worker.page.select("input[type=checkbox]")
        if story.service in str(each.parent)
    )
    worker.sends(str(box["name"]), **{str(box["name"]): "on"})
    worker.opens("/work/area/")
    zones = [str(each["value"]) for each in worker.page.select("select[name=zone] option[value]")]
    worker.sends("radius_km", zone=zones[1], radius_km="20")
    week = {
        f"d{day}a_{end}": at for day in WEEKDAYS for end, at in (("from", "08:00"), ("to", "20:00"))
    }
    worker.opens("/work/plan/").sends("d0a_from", **week)
    assert (worker.status, worker.path) == (200, "/work/plan/")
    outbox.drain()
    assert not worker.opens("/work/").page.select("#gaps li")


def the_badge_tells_the_truth(story: Story) -> None:
    """4. Whoever scans the code sees a live page; a revoked badge says so at the next look."""
    worker, stranger = story.worker.opens(story.at("/work/badge/")), story.customer
    address = worker.link(r"/[Ww]/")
    assert worker.opens("/work/badge/card/").status == 200
    stranger.opens(address)
    assert state_of(stranger) == "valid"
    assert stranger.opens("http://id.localhost/W/" + "0" * 26).status == 404
    worker.opens(story.at("/work/badge/")).sends("/new/")
    assert state_of(stranger.opens(address)) == "not_valid"
    assert state_of(stranger.opens(worker.opens("/work/badge/").link(r"/[Ww]/"))) == "valid"


def state_of(reader: Reader) -> str:
    """Return what the page at the door says about a badge."""
    main = reader.page.main
    assert main is not None
    return str(main["data-state"])
