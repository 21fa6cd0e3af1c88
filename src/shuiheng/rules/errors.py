"""What can be wrong with a question to the rules."""

from __future__ import annotations


class UnknownSourceError(KeyError):
    """The rulebook has no source with this id.

    Args:
        source_id: The id that was asked for.
    """

    def __init__(self, source_id: str) -> None:
        super().__init__(
            f"rules.unknown_source: there is no source {source_id!r}. "
            "Add its file in rulebook/sources/, or search by number or title."
        )
        self.source_id = source_id
