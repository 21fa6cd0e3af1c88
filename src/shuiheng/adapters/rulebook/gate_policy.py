"""When the office reminds of permits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder

FILE = "policies/gates.yaml"
FIELDS = ("remind_days_before_end", "remind_days_before_report")


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePolicy:
    """The office's own rules on permits.

    Args:
        remind_days_before_end: From so many days before its end on, a permit counts as near it.
        remind_days_before_report: From so many days before its last day on, the yearly report is reminded of.
    """

    remind_days_before_end: int
    remind_days_before_report: int


@cache
def gate_policy() -> GatePolicy:
    """Return the rules that the program ships.

    Raises:
        RulebookError: The file breaks a rule.
    """
    return read_gate_policy(rulebook_folder())


def read_gate_policy(folder: Traversable) -> GatePolicy:
    """Return the rules of the file below a folder.

    Raises:
        RulebookError: The file breaks a rule.
    """
    entry = read_file(folder, FILE)
    entry.only(*FIELDS, "checked")
    for name in FIELDS:
        if entry.take(name, int) < 1:
            raise entry.at(name).refuse(f"{name} is less than a day", "Write whole days from 1.")
    return GatePolicy(
        remind_days_before_end=entry.take("remind_days_before_end", int),
        remind_days_before_report=entry.take("remind_days_before_report", int),
    )
