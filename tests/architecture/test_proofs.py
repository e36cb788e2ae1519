"""Doors to money, keys, roles, contacts, factors and exports ask for a fresh proof.

A new door that calls one of these actions and forgets to ask is found here.
"""

import ast

import pytest

from tests.architecture.code import ROOT

GUARDED = {
    "approve_batch", "ask_contact", "ask_recovery", "cash_out", "change_contact",
    "clear_destination", "confirm_freeze", "confirm_recovery", "create_key", "end_membership",
    "freeze", "give_account", "grant", "invite_member", "lift_stop", "onboarding_link",
    "release_hold", "remove_factor", "renew_recovery_codes", "retry_payout", "revoke_key",
    "statement_of", "thaw",
}  # fmt: skip
ASKING = {"demand_proof", "confirmed_first", "factor_first"}
DOORS = {"api", "views", "wagtail_hooks"}
OURS = ("payments.", "tenants.")
FLOORS = ("tenants", "payments", "marketplace", "reviews", "surveys", "insights")


def modules() -> list[tuple[str, dict[str, set[str]]]]:
    """Return every door module: its place, and of each of its functions the names it uses."""
    found = []
    for path in (each for floor in FLOORS for each in sorted((ROOT / floor).rglob("*.py"))):
        place = path.relative_to(ROOT).with_suffix("")
        if set(place.parts) & DOORS:
            tree = ast.parse(path.read_text())
            strange = _from_elsewhere(tree)
            functions = [each for each in tree.body if isinstance(each, ast.FunctionDef)]
            found.append((str(place), {each.name: _used(each) - strange for each in functions}))
    return found


def _from_elsewhere(tree: ast.Module) -> set[str]:
    """Return names that only sound like ours: they come from other floors."""
    imports = (each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom))
    others = (each for each in imports if not (each.module or "").startswith(OURS))
    return {name.asname or name.name for each in others for name in each.names}


def _used(node: ast.FunctionDef) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def asks(name: str, used: dict[str, set[str]]) -> bool:
    """Tell whether a function asks for a proof itself, or whoever calls it in its module does."""
    if used[name] & ASKING:
        return True
    callers = [each for each in used if name in used[each] and each != name]
    return name.startswith("_") and bool(callers) and all(asks(each, used) for each in callers)


CASES = [
    pytest.param(name, used, id=f"{place}:{name}")
    for place, used in modules()
    for name in used
    if used[name] & GUARDED
]


@pytest.mark.parametrize(("name", "used"), CASES)
def test_a_door_to_what_is_dear_asks_for_a_fresh_proof(name, used):
    assert asks(name, used), used[name] & GUARDED


def test_every_guarded_action_has_a_door():
    assert {each for _, used in modules() for names in used.values() for each in names} >= GUARDED


def test_a_door_that_forgets_is_seen():
    assert not asks("page", {"page": {"cash_out"}})
    assert not asks("_inner", {"page": {"_inner"}, "_inner": {"cash_out"}})
    assert asks("_inner", {"page": {"_inner", "demand_proof"}, "_inner": {"cash_out"}})
