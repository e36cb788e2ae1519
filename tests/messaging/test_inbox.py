"""A person's inbox, as a page and for programs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from kernel import clock
from tenants.messaging.actions.notify import notify
from tenants.messaging.actions.read_notification import read_notification
from tenants.messaging.models import Notification, Preference
from tenants.messaging.notice import Notice
from tests.support.worlds import signed_in_client

TOLD = Notice(
    name="tests.told", purpose="message", subject="Told", body="<b>{who}</b> wrote", path="/x/{n}/"
)
DAY = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)


def tell(actor, number: int = 0) -> Notification:
    with clock.travelling_to(DAY + timedelta(minutes=number)):
        return notify(
            to_id=actor.member_id, notice=TOLD, about=str(number), who=f"Ana {number}", n=number
        )


def test_an_empty_inbox_says_what_will_come(clara):
    page = signed_in_client("clara").get("/messages/")
    assert (page.status_code, "Todavía no hay nada" in page.content.decode()) == (200, True)


def test_a_stranger_is_sent_to_sign_in(clara):
    answer = Client(headers={"host": "patitas.localhost"}).get("/messages/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/messages/")


def test_the_inbox_shows_words_escaped_and_newest_first(clara):
    tell(clara, 1)
    tell(clara, 2)
    page = signed_in_client("clara").get("/messages/").content.decode()
    assert "&lt;b&gt;Ana 1&lt;/b&gt; wrote" in page
    assert page.index("Ana 2") < page.index("Ana 1")


def test_opening_marks_as_read_once_and_leads_there(clara):
    row = tell(clara, 7)
    browser = signed_in_client("clara")
    answer = browser.post(f"/messages/{row.pk}/open/")
    row.refresh_from_db()
    seen = row.read_at
    browser.post(f"/messages/{row.pk}/open/")
    row.refresh_from_db()

    assert (answer.status_code, answer["Location"], row.read_at) == (302, "/x/7/", seen)


def test_nobody_opens_somebody_elses(clara, ana):
    row = tell(clara)
    assert signed_in_client("ana").post(f"/messages/{row.pk}/open/").status_code == 404
    row.refresh_from_db()
    assert row.read_at is None


def test_programs_page_through_without_gaps_or_repeats(clara):
    for number in range(51):
        tell(clara, number)
    browser = signed_in_client("clara")
    first = browser.get("/api/v1/notifications").json()
    rest = browser.get("/api/v1/notifications", {"cursor": first["next_cursor"]}).json()

    numbers = [int(each["text"].split()[1][:-4]) for each in first["items"] + rest["items"]]
    assert numbers == list(range(50, -1, -1))
    assert (len(rest["items"]), rest["next_cursor"], rest["unread"]) == (1, None, 51)
    assert first["items"][0]["link"] == "http://patitas.localhost/x/50/"


@pytest.mark.parametrize("cursor", ["x", "2026-11-21~", "~", "2026-11-21T10:00:00~x"])
def test_a_made_up_cursor_is_refused(clara, cursor):
    answer = signed_in_client("clara").get("/api/v1/notifications", {"cursor": cursor})
    assert (answer.status_code, answer.json()["type"]) == (422, "cursor.unknown")


def test_people_choose_what_to_hear(clara):
    browser = signed_in_client("clara")
    assert browser.get("/messages/preferences/").status_code == 200
    assert browser.post("/messages/preferences/", {"whatsapp": "on"}).status_code == 302

    chosen = {(each.purpose, each.channel): each.wanted for each in Preference.objects.all()}
    assert chosen == {
        ("any", "whatsapp"): True,
        ("survey", "email"): False,
        ("survey", "whatsapp"): False,
        ("marketing", "email"): False,
        ("marketing", "whatsapp"): False,
    }


def test_reading_twice_keeps_the_first_time(clara):
    row = tell(clara)
    user_id = row.to.user_id
    with clock.travelling_to(DAY):
        read_notification(user_id=user_id, notification_id=row.pk)
    read_notification(user_id=user_id, notification_id=row.pk)
    assert Notification.objects.get().read_at == DAY
