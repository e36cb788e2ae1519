"""The life of a cash-out, as a table: (state, step) → state."""

from kernel.errors import Conflict

STEPS = {
    ("requested", "submit"): "submitted",
    ("requested", "cancel"): "cancelled",
    ("requested", "fail"): "failed",
    ("submitted", "pay"): "paid",
    ("submitted", "fail"): "failed",
    ("submitted", "lose_sight"): "unknown",
    ("requested", "lose_sight"): "unknown",
    ("unknown", "wait"): "requested",
    ("unknown", "submit"): "submitted",
    ("unknown", "pay"): "paid",
    ("unknown", "fail"): "failed",
    ("paid", "return"): "returned",
    ("paid", "finish"): "final",
    ("failed", "retry"): "requested",
    ("returned", "retry"): "requested",
}
STATES = (
    *("requested", "submitted", "unknown", "paid", "final", "failed", "returned", "cancelled"),
)
OPEN = ("requested", "submitted", "unknown")
ARRIVED = ("paid", "final")


class StepImpossible(Conflict):
    code = "payout.step_impossible"
    title = "This cash-out has moved on; that is not possible any more."


def after(state: str, step: str) -> str:
    """Return the state that a step leads to, or refuse the step."""
    try:
        return STEPS[state, step]
    except KeyError:
        raise StepImpossible(state=state, step=step) from None


def possible(state: str, step: str) -> bool:
    """Tell whether a step is possible; reports that come late or twice are not."""
    return (state, step) in STEPS
