"""The operations of the installed SDK: which parameter type belongs to which method and path."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import stripe

from simulators.stripe.annotations import record_of
from simulators.stripe.kinds import Record

PLACE = re.compile(r"\{\w+\}")
Route = tuple[str, str]
Reference = tuple[str, str]


def parameters_of(method: str, template: str) -> Record | None:
    """The checker for an operation's parameters; None when it takes none; KeyError if unknown."""
    reference = _operations()[method, PLACE.sub("{}", template)]
    if reference is None:
        return None
    return record_of(getattr(import_module(reference[0]), reference[1]))


@cache
def _operations() -> dict[Route, Reference | None]:
    found: dict[Route, Reference | None] = {}
    for source in sorted(Path(stripe.__file__).parent.rglob("_*_service.py")):
        text = source.read_text(encoding="utf-8")
        if '"/v1/' in text or '"/v2/core/accounts"' in text:
            found.update(_in_service(ast.parse(text)))
    return found


def _in_service(tree: ast.Module) -> Iterator[tuple[Route, Reference | None]]:
    origins = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for function in node.body:
                if isinstance(function, ast.FunctionDef):
                    yield from _in_function(function, origins)


def _in_function(
    function: ast.FunctionDef, origins: dict[str, Reference]
) -> Iterator[tuple[Route, Reference | None]]:
    for node in ast.walk(function):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr == "_request" and len(node.args) >= 2:
            method, path = _constant(node.args[0]), _constant(node.args[1])
            yield (method, PLACE.sub("{}", path)), _parameter_type(function, origins)


def _parameter_type(function: ast.FunctionDef, origins: dict[str, Reference]) -> Reference | None:
    for argument in (*function.args.args, *function.args.kwonlyargs):
        if argument.arg == "params" and argument.annotation is not None:
            for name in re.findall(r"\w+Params\b", ast.unparse(argument.annotation)):
                return origins[name]
    return None


def _constant(node: ast.expr) -> str:
    """The text of a string, or of the template in `"...".format(...)`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node = node.func.value
    if not isinstance(node, ast.Constant):
        raise TypeError(f"the SDK writes a path in a new way: {ast.dump(node)[:80]}")
    return str(node.value)
