"""Under which names the store of readings keeps a batch of the records, and its undoing."""

from __future__ import annotations

import re

_NAME = re.compile(r"batch-(\d{12,18})(-undone)?")


def name_in_store(key: int) -> str:
    """Return the name of the batch with this key; names are in the order of arrival."""
    return f"batch-{key:012d}"


def undone_name(key: int) -> str:
    """Return the name under which the undoing of a batch stands."""
    return f"{name_in_store(key)}-undone"


def batch_of_name(name: str) -> tuple[int, bool] | None:
    """Return the key of the batch behind a name, and whether it is its undoing.

    None for a name that no batch of the records has, such as that of a city made up at once.
    """
    found = _NAME.fullmatch(name)
    return (int(found[1]), found[2] is not None) if found else None
