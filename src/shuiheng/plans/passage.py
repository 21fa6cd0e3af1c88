"""The stage between document and items: passages with their part in the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shuiheng.plans.document import Block
from shuiheng.plans.model import Alternative, Convention, Heading, PlanHeader, UnitMention, UnitRule
from shuiheng.plans.wording import Wording


class PassageRole(StrEnum):
    """What a passage is in the plan.

    TASK: a row of the responsibility table or an item that names its units.
    GENERAL_TARGETS: text of a section of main targets (主要目标, 总体目标).
    BODY: any other running text. NOTE: a note on a table or a stated convention.
    PREAMBLE: title block, salutation, legal basis, guiding thought.
    """

    TASK = "task"
    GENERAL_TARGETS = "general_targets"
    BODY = "body"
    NOTE = "note"
    PREAMBLE = "preamble"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that are read as a whole, with where they belong.

    Args:
        role: Their part in the plan.
        wording: The words; for a task without enumerator and responsibility bracket.
        path: Headings that hold it, outermost first.
        page: Page where it starts, or None.
        number: Enumerator or sequence number as printed, or None.
        units, rule, due, due_text, confidence, alternatives: for a task, as in `Task`.
    """

    role: PassageRole
    wording: Wording
    path: tuple[Heading, ...] = ()
    page: int | None = None
    number: str | None = None
    units: tuple[UnitMention, ...] = ()
    rule: UnitRule = UnitRule.NONE
    due: date | None = None
    due_text: str | None = None
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """A table of indicators or district figures, to be read cell by cell.

    Args:
        block: The table of the document.
        path: Headings that hold it.
        title: Words of its caption, possibly empty.
        is_general: Whether it belongs to the main targets of the plan.
        task_index: Index among the task passages of the task that holds it, or None.
    """

    block: Block
    path: tuple[Heading, ...] = ()
    title: Wording
    is_general: bool = True
    task_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A segmented document: header, passages in reading order, figure tables, conventions."""

    header: PlanHeader
    passages: tuple[Passage, ...]
    figure_tables: tuple[FigureTable, ...] = ()
    conventions: tuple[Convention, ...] = ()
