"""What can be wrong with a decision."""

from __future__ import annotations


class InvalidChangeError(ValueError):
    """A decision asks for a change that cannot be made.

    Args:
        field: The field it wants to change, for example `deadline`.
        reason: What is wrong with it.
        remedy: What to do instead.
    """

    def __init__(self, field: str, reason: str, remedy: str) -> None:
        super().__init__(f"plans.invalid_change: {field}: {reason}. {remedy}")
        self.field = field
        self.reason = reason
        self.remedy = remedy
