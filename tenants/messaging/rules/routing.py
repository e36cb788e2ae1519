"""Which channels a message of each purpose takes, in which order, and how long it keeps.

A purpose has waves: the channels of one wave go out together, the next wave only when nothing of
the wave before could be sent. What a person has chosen narrows the channels first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

EMAIL, SMS, WHATSAPP, PUSH = "email", "sms", "whatsapp", "push"
CHANNELS = (EMAIL, SMS, WHATSAPP, PUSH)
ANY = "any"  # A choice about a channel as a whole: the opt-in that WhatsApp asks for.

Choices = Mapping[tuple[str, str], bool]  # (purpose, channel) → wanted


@dataclass(frozen=True, slots=True)
class Purpose:
    """How messages of one purpose travel."""

    waves: tuple[tuple[str, ...], ...]
    keeps: timedelta
    choice: str  # "none", "channels" (one stays), "all" or "opt_in"
    waits_at_night: bool = False


PURPOSES: Mapping[str, Purpose] = {
    "otp": Purpose(((WHATSAPP,), (SMS,), (EMAIL,)), timedelta(minutes=10), "none"),
    "safety": Purpose(((PUSH, WHATSAPP, SMS),), timedelta(minutes=60), "none"),
    "money": Purpose(((WHATSAPP, EMAIL),), timedelta(days=7), "none"),
    "booking": Purpose(((PUSH,), (WHATSAPP,), (SMS,), (EMAIL,)), timedelta(days=2), "channels"),
    "message": Purpose(((PUSH,), (WHATSAPP,), (EMAIL,)), timedelta(days=2), "channels"),
    "verification": Purpose(((EMAIL, PUSH), (WHATSAPP,)), timedelta(days=30), "none", True),
    "survey": Purpose(((WHATSAPP,), (PUSH,), (EMAIL,)), timedelta(days=14), "all", True),
    "marketing": Purpose(((WHATSAPP,), (PUSH,), (EMAIL,)), timedelta(days=7), "opt_in", True),
    "ops": Purpose(((EMAIL, PUSH),), timedelta(days=7), "channels"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: send on these channels; or nothing, because it is over or under way."""

    channels: tuple[str, ...] = ()
    over: bool = False
    reached: bool = False


def usable(purpose: str, *, reachable: tuple[str, ...], choices: Choices) -> tuple[str, ...]:
    """Return the channels a person can be reached on and has not turned off for a purpose."""
    offered = tuple(
        channel for wave in PURPOSES[purpose].waves for channel in wave if channel in reachable
    )
    wanted = tuple(each for each in offered if _wanted(purpose, each, choices))
    if not wanted and PURPOSES[purpose].choice == "channels":
        return tuple(each for each in offered if each != WHATSAPP)[-1:]
    return wanted


def _wanted(purpose: str, channel: str, choices: Choices) -> bool:
    choice = PURPOSES[purpose].choice
    if channel == WHATSAPP and purpose != "otp" and not choices.get((ANY, WHATSAPP), False):
        return False
    if choice == "none":
        return True
    return choices.get((purpose, channel), choice != "opt_in")


def next_step(purpose: str, *, usable: tuple[str, ...], tried: Mapping[str, str]) -> Step:
    """Return the next step from what became of each channel tried: waiting, sent or failed."""
    for wave in PURPOSES[purpose].waves:
        live = tuple(channel for channel in wave if channel in usable or channel in tried)
        if fresh := tuple(channel for channel in live if channel not in tried):
            return Step(channels=fresh)
        fates = [tried[channel] for channel in live]
        if "waiting" in fates:
            return Step()
        if "sent" in fates:
            return Step(over=True, reached=True)
    return Step(over=True)
