"""Short forms of an outline, for tests that compare whole results."""

from __future__ import annotations

from collections.abc import Sequence

from plans.builders import DocumentBuilder, document_of, table_of
from shuiheng.plans.document import MergeEvidence, SourceDocument
from shuiheng.plans.knowledge import PlanKnowledge
from shuiheng.plans.model import UnitRole
from shuiheng.plans.passage import Outline, Passage, PassageRole
from shuiheng.plans.segment import segment

__all__ = [
    "DocumentBuilder",
    "document_of",
    "joint",
    "lead",
    "outline_of",
    "path",
    "rows_of",
    "tasks_of",
    "texts_of",
]

Row = Sequence[str]


def outline_of(document: SourceDocument) -> Outline:
    """Return the outline without a dictionary."""
    return segment(document, PlanKnowledge())


def tasks_of(document: SourceDocument) -> list[Passage]:
    """Return the task passages."""
    return [passage for passage in outline_of(document).passages if passage.role is PassageRole.TASK]


def rows_of(*rows: Row, blank: MergeEvidence = MergeEvidence.UNKNOWN) -> list[Passage]:
    """Return the tasks of one table."""
    return tasks_of(table_of(rows, blank=blank))


def texts_of(document: SourceDocument, role: PassageRole) -> list[str]:
    """Return the words of all passages with a role."""
    return [passage.wording.text for passage in outline_of(document).passages if passage.role is role]


def path(task: Passage) -> list[str]:
    """Return the words of a path."""
    return [step.text for step in task.path]


def lead(task: Passage) -> list[str]:
    """Return the names of the lead units."""
    return [unit.name for unit in task.units if unit.role is UnitRole.LEAD]


def joint(task: Passage) -> list[str]:
    """Return the names of the joint units."""
    return [unit.name for unit in task.units if unit.role is UnitRole.JOINT]
