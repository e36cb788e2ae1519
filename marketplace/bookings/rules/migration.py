"""From one version of a process to another: where each state of the old one goes on."""

from collections.abc import Iterable, Mapping

from kernel.errors import Invalid, NotFound
from marketplace.bookings.rules.process import Process, State, reachable


class ProcessUnknown(NotFound):
    code = "process.unknown"
    title = "There is no such version of the process."


class StatesUnmapped(Invalid):
    code = "process.states_unmapped"
    title = "Some states have no place in the other version: say where they go."


def placed(
    states: Iterable[State], *, old: Process, to: Process, by_map: Mapping[State, State]
) -> dict[State, State]:
    """Return where each state goes: where the map says, else to itself; or refuse.

    A state that the other version cannot reach is none of its states, and what has ended stays so.
    """
    known = reachable(to, only_open=True)
    found = {state: by_map.get(state, state) for state in states}
    wrong = [
        state
        for state, goal in found.items()
        if goal not in known or (goal != state and state in old.terminal)
    ]
    if wrong:
        raise StatesUnmapped(fields=["map"], states=sorted(wrong))
    return found
