"""What surveys put on pages of floors below."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kernel.actor import Actor, Role
from kernel.panels import Rendered, panel
from surveys.queries import open_invitation_on, voice_code_for


@panel("booking_customer", order=60)
def ask_about_the_visit(request: HttpRequest, booking: Any) -> Rendered:
    """Offer the survey on a visit while it waits for an answer."""
    asked = open_invitation_on(booking.id, member_id=booking.customer_id)
    if asked is None:
        return None
    return "surveys/panel_visit.html", {"url": reverse("surveys:survey", args=[asked.token])}


@panel("work_home", order=80)
def ask_in_confidence(request: HttpRequest, by: Actor) -> Rendered:
    """Offer the confidential survey to a worker who has not used the code."""
    if by.role != Role.WORKER or by.member_id is None:
        return None
    code = voice_code_for(by.member_id)
    return ("surveys/panel_voice.html", {"url": f"/voice/#{code}"}) if code else None
