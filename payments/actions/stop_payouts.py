"""A tenant's books contradict themselves: nothing leaves until a person has looked."""

from payments.actions.ask_person import ask_person


def stop_payouts(*, equations: list[str], day: str) -> None:
    """Ask this tenant's office, once per equation and day. While it is open no payout is sent."""
    for equation in equations:
        ask_person(
            kind="broken_equation",
            key=f"equation:{equation}:{day}",
            about=equation,
            equation=equation,
        )
