"""What the words of a passage are read with, and what reading them gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shuiheng.plans.extract.clauses import Clause
from shuiheng.plans.extract.governance import Governance
from shuiheng.plans.extract.quantities import Quantity
from shuiheng.plans.extract.surface import Surface
from shuiheng.plans.model import Duty, Target, Threshold
from shuiheng.plans.passage import PassageRole


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContext:
    """What is known of a passage beside its words.

    Args:
        role: Its part in the plan.
        page: Page where it starts, or None.
        known_year: Year of the document: of its issue, or the first that its title names.
        jurisdiction: Place of the document, whose name is no scope, or None.
        day_before: Deadline taken over from the passage before it, or None.
        due: Deadline of the whole task from its row or bracket (完成时限), or None.
        is_past: Whether its section tells what was achieved (现状, 成效).
    """

    role: PassageRole = PassageRole.BODY
    page: int | None = None
    known_year: int | None = None
    jurisdiction: str | None = None
    day_before: date | None = None
    due: date | None = None
    is_past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A passage cut up: what every reader of statements starts from.

    Args:
        surface: The words.
        masked: `surface.masked` with the dates blanked out as well.
        clauses: Its clauses in order.
        quantities: Quantities outside brackets and quotations, in order.
        governance: Which deadline holds where.
        base_years: Places and years of comparison dates, in order.
        starts: Where each quantity starts, for searching.
        classing: For each quantity by its start, whether it only singles out a class.
        context: What is known beside the words.
    """

    surface: Surface
    masked: str
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...]
    governance: Governance
    base_years: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    classing: Mapping[int, bool]
    context: ReadingContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What a passage states; ids are local (`#0`) until the plan is numbered.

    Args:
        targets: Targets and milestones in the order of the text.
        duties: Recurring reports and checks.
        thresholds: Numeric cut-offs.
        last_day: Deadline that still holds at the end of the passage, or None.
    """

    targets: tuple[Target, ...] = ()
    duties: tuple[Duty, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    last_day: date | None = None
