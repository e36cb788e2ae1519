"""How often codes may be asked for, and tried."""

from kernel.limits import Limit, take

PER_CONTACT = (Limit("code.minute", 3, 60), Limit("code.day", 10, 86_400))
PER_ADDRESS = Limit("code.address", 20, 60)
OPENINGS = Limit("open.address", 20, 60)
TRIES = Limit("second_factor.tries", 5, 300)
USES = Limit("second_factor.uses", 1, 90)


def count_code_request(*, contact: str, ip: str) -> None:
    """Count a code that somebody wants sent, or refuse: per person reached and per asker."""
    take(PER_ADDRESS, subject=ip)
    for limit in PER_CONTACT:
        take(limit, subject=contact)


def count_opening(*, ip: str) -> None:
    """Count a wish to open a marketplace, or refuse."""
    take(OPENINGS, subject=ip)


def count_second_factor_try(*, person: str) -> None:
    """Count a try at an authenticator's code, or refuse."""
    take(TRIES, subject=person)


def use_second_factor(*, person: str, code: str) -> None:
    """Let a code of an authenticator count once; whoever saw it typed cannot type it again."""
    take(USES, subject=f"{person}:{code}")
