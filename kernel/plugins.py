"""Plug-ins are found by looking into a package: adding one is adding a file."""

import importlib
import pkgutil


def import_all(package_name: str) -> None:
    """Import every module of a package, so that each can register itself."""
    package = importlib.import_module(package_name)
    for module in pkgutil.iter_modules(package.__path__, prefix=f"{package_name}."):
        importlib.import_module(module.name)
