"""Our source, parsed once: what the tests of its shape look at."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
FLOORS = tuple(floor.replace(".", "/") for floor in settings.FLOORS)
PRODUCT = ("config", "insights", "surveys", "reviews", "marketplace", "payments", "tenants")
EVERYWHERE = (*PRODUCT, "kernel", "simulators", "bench", "tests")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One file: where it is, what it says."""

    path: Path
    source: str
    tree: ast.Module

    @property
    def place(self) -> str:
        """The path as an editor opens it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def lines(self) -> int:
        """How long it is."""
        return self.source.count("\n")

    @property
    def floor(self) -> str:
        """The floor it stands on, if any."""
        return next((each for each in FLOORS if self.place.startswith(f"{each}/")), "")

    @property
    def room(self) -> str:
        """The room of the floor, by its name."""
        inside = self.path.relative_to(ROOT / self.floor).parts
        return inside[0].removesuffix(".py")

    def functions(self) -> Iterator[Function]:
        """Yield every function, methods and inner ones included."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node


@cache
def modules() -> tuple[Module, ...]:
    """Return all our modules but migrations."""
    found = []
    for top in EVERYWHERE:
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                source = path.read_text(encoding="utf-8")
                found.append(Module(path, source, ast.parse(source)))
    return tuple(found)


def of_floors() -> list[Module]:
    """Return the modules that stand on a floor."""
    return [each for each in modules() if each.floor]


def product() -> list[Module]:
    """Return the modules that are shipped: no tests."""
    return [each for each in modules() if not each.place.startswith("tests/")]
