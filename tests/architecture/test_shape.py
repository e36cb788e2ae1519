"""The shape of the house: short files, short functions, every room for what it is there for."""

import ast
import statistics

from tests.architecture.code import Function, Module, modules, of_floors, product

LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_FUNCTION = 400, 500, 60
WRITES = {
    *("create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"),
    *("save", "delete", "update"),
}
ROOMS_THAT_WRITE = {"models", "actions", "apps"}
# Verbs that other verbs of their floor call, with a row in hand.
INNER_VERBS = {
    *("payments.post", "payments.book_fee", "marketplace.bookings.settle_money"),
    *("reviews.take_step", "reviews.screen"),
}


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_file_is_too_long():
    limits = {True: LONGEST_TEST_FILE, False: LONGEST_FILE}
    long = [each.place for each in modules() if each.lines > limits["tests/" in each.place]]
    assert long == []


def test_no_function_is_too_long_and_most_are_short():
    lengths = {
        f"{each.place}:{function.lineno} {function.name}": length(function)
        for each in modules()
        for function in each.functions()
    }
    assert [name for name, lines in lengths.items() if lines > LONGEST_FUNCTION] == []
    assert statistics.median(lengths.values()) <= 10
    assert sum(lines <= 25 for lines in lengths.values()) >= 0.9 * len(lengths)


def test_every_module_begins_with_what_it_is_for():
    silent = [
        each.place
        for each in modules()
        if each.source.strip() and not ast.get_docstring(each.tree)
        if each.path.name != "__init__.py" or _does_something(each)
    ]
    assert silent == []


def _does_something(module: Module) -> bool:
    """Tell whether an `__init__` holds more than names that others take from it."""
    passed_on = (ast.Import, ast.ImportFrom, ast.Assign)
    return not all(isinstance(node, passed_on) for node in module.tree.body)


def test_public_names_say_what_they_do_for_their_caller():
    silent = [
        f"{each.place}:{node.lineno} {node.name}"
        for each in product()
        if each.path.name != "handlers.py"
        for node in each.tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
        if not _speaks_for_itself(node)
    ]
    assert silent == []


def _speaks_for_itself(node: ast.AST) -> bool:
    """Tell whether a class carries its sentence elsewhere: a refusal, or a command."""
    names = {
        target.id
        for line in getattr(node, "body", [])
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    }
    return bool(names & {"code", "help"})


def test_nothing_is_imported_inside_a_function():
    hidden = [
        f"{each.place}:{node.lineno}"
        for each in product()
        for function in each.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_only_models_and_actions_write():
    writing = [
        f"{each.place}:{node.lineno} {ast.unparse(node.func)}"
        for each in of_floors()
        if each.room not in ROOMS_THAT_WRITE | {"providers"}
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if _writes(node, node.func)
    ]
    assert writing == []


def _writes(call: ast.Call, func: ast.Attribute) -> bool:
    """Tell whether a call writes rows: on a manager or query set, or `row.save()`."""
    said = ast.unparse(func)
    if func.attr not in WRITES or "session" in said:
        return False
    on_rows = ".objects" in said or ".filter(" in said
    return on_rows or (func.attr in ("save", "delete") and not call.args)


def test_verbs_take_everything_by_name():
    positional = [
        f"{each.place}:{node.lineno} {node.name}"
        for each in of_floors()
        if each.room == "actions" and f"{_dotted(each)}.{each.path.stem}" not in INNER_VERBS
        for node in each.tree.body
        if isinstance(node, ast.FunctionDef) and node.name == each.path.stem
        if node.args.args or node.args.posonlyargs
    ]
    assert positional == []


def _dotted(module: Module) -> str:
    return module.floor.replace("/", ".")


def test_no_exception_is_caught_without_a_name():
    nameless = [
        f"{each.place}:{node.lineno}"
        for each in product()
        for node in ast.walk(each.tree)
        if isinstance(node, ast.ExceptHandler)
        if node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
    ]
    assert nameless == []


def test_every_exemption_from_a_check_gives_its_reason():
    bare = [
        f"{each.place}:{number}"
        for each in modules()
        for number, line in enumerate(each.source.splitlines(), 1)
        if _exempts(line) and not _gives_reason(line)
    ]
    assert bare == []


SIGNS = ("# no" + "qa", "# type: " + "ignore")


def _exempts(line: str) -> bool:
    return any(sign in line for sign in SIGNS)


def _gives_reason(line: str) -> bool:
    """Tell whether words follow: after the rule's code, or in a comment of their own."""
    after = max(line.rpartition(sign)[2] for sign in SIGNS if sign in line)
    words = [each for each in after.replace("#", " ").split() if each.isalpha() or "." in each]
    return len(words) >= 1 + after.startswith(":")


def test_nothing_is_left_to_do_in_a_comment():
    left = [
        f"{each.place}:{number}"
        for each in modules()
        if not each.place.endswith("test_shape.py")
        for number, line in enumerate(each.source.splitlines(), 1)
        for word in ("TODO", "FIXME", "XXX:")
        if f"# {word}" in line
    ]
    assert left == []
