"""What is wrong with one cell."""

from __future__ import annotations

from dataclasses import dataclass

from shuiheng.kernel import Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """A cause, the values of its sentence, and how much it weighs."""

    cause: str
    values: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.DISQUALIFY
