"""Updating rows the way Stripe does: named fields change, an empty text takes a value away."""

from __future__ import annotations

from typing import Any

from simulators.stripe.errors import Json, Refused


def new_metadata(params: Json) -> Json:
    """The metadata of a new object."""
    return merged_metadata({}, params.get("metadata") or {})


def merged_metadata(old: Json, changes: Any) -> Json:
    """Metadata after an update: keys set to nothing go away, all of it if empty."""
    if changes == "":
        return {}
    after = {**old, **changes}
    after = {key: value for key, value in after.items() if value != ""}
    if len(after) > 50:
        raise Refused("Metadata can have at most 50 keys.", param="metadata")
    for key, value in after.items():
        if len(key) > 40 or len(str(value)) > 500:
            raise Refused(
                "Metadata keys can be at most 40 characters and values at most 500.",
                param=f"metadata[{key}]",
            )
    return after


def merge(row: Json, changes: Json) -> None:
    """Write changes into a row; nested objects are merged, metadata by its own rule."""
    for name, value in changes.items():
        if name == "metadata":
            row[name] = merged_metadata(row.get(name) or {}, value)
        elif isinstance(value, dict) and isinstance(row.get(name), dict):
            merge(row[name], value)
        else:
            row[name] = None if value == "" else value
