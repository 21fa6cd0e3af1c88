"""Texts that a spreadsheet would take for a formula, on their way out and back in."""

from __future__ import annotations

ARMED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def disarmed(text: str) -> str:
    """Return a text for a CSV cell: an apostrophe stands before what would start a formula."""
    return f"'{text}" if text.startswith(ARMED) else text


def rearmed(text: str) -> str:
    """Return the text that `disarmed` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(ARMED) else text
