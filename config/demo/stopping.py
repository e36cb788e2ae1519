"""Ctrl-C, also at a moment in which Python swallows it."""

from types import FrameType

_asked = False


def interrupt(number: int, frame: FrameType | None) -> None:
    """Stop now. An exception raised inside a finalizer is lost, so it is remembered as well."""
    global _asked
    _asked = True
    raise KeyboardInterrupt


def stop_if_asked() -> None:
    """Stop here if somebody has asked for it before, and the exception was lost."""
    if _asked:
        raise KeyboardInterrupt
