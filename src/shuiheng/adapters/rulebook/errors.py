"""What can be wrong with a file of the rulebook."""

from __future__ import annotations


class RulebookError(ValueError):
    """A file of the rulebook breaks a rule, so it does not load.

    Args:
        file: Path of the file below the rulebook.
        line: Line, from 1.
        reason: What is wrong there.
        remedy: What to write instead.
    """

    def __init__(self, file: str, line: int, reason: str, remedy: str) -> None:
        super().__init__(f"rules.bad_rulebook: {file}:{line}: {reason}. {remedy}")
        self.file = file
        self.line = line
        self.reason = reason
        self.remedy = remedy
