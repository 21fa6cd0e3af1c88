"""Cards of the structure pane: one for each item, with what a person needs to judge it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from shuiheng.adapters.records.working_plan import WorkingPlan
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.kernel import Finding, Severity
from shuiheng.plans import Alternative, CitedSource, Plan
from shuiheng.plans.decide import ItemState
from shuiheng.web.pages.reading.alternatives import alternative_changes
from shuiheng.web.pages.reading.marks import item_token
from shuiheng.web.pages.reading.references import References

PAGE_SIZE = 60
TABS = ("doubts", "tasks", "targets", "duties", "thresholds", "sources", "findings", "removed")
DECIDABLE = {"task", "target", "duty", "threshold"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One item as the structure pane shows it.

    Args:
        token: Short name of the item.
        kind: `task`, `target`, `duty`, `threshold`, `source` or `finding`.
        item: The item itself.
        state: How far people have come with it.
        findings: Findings above a note about it.
        is_doubtful: Whether it is among the doubts.
        owner: Text of the task that holds it, possibly empty.
    """

    token: str
    kind: str
    item: Any
    state: str = "open"
    findings: tuple[Finding, ...] = ()
    is_doubtful: bool = False
    owner: str = ""

    @property
    def is_decidable(self) -> bool:
        """Whether people decide on items of this sort."""
        return self.kind in DECIDABLE

    @property
    def is_out(self) -> bool:
        """Whether the item was rejected or merged into another."""
        return self.state in (ItemState.REJECTED, ItemState.MERGED)

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Other readings that a person may choose."""
        return tuple(getattr(self.item, "alternatives", ()))

    @property
    def choices(self) -> list[tuple[Alternative, bool]]:
        """Each other reading, and whether the fields of the item can say it."""
        return [
            (each, alternative_changes(self.kind, self.item, each) is not None) for each in self.alternatives
        ]


@dataclass(slots=True, kw_only=True)
class CardBox:
    """All cards of a version, by tab and by token."""

    work: WorkingPlan
    states: dict[tuple[str, str], str] = field(default_factory=dict)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    doubtful: dict[tuple[str, str], None] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up states, findings and doubts once."""
        plan = self.work.decided.plan
        self.states = {(s.kind.value, s.id): s.state.value for s in self.work.decided.statuses}
        self.doubtful = {(doubt.kind.value, doubt.id): None for doubt in self.work.doubts}
        self.owners = {task.id: task.text for task in plan.tasks}
        for finding in plan.findings:
            if finding.severity is not Severity.NOTE:
                self.findings.setdefault(finding.subject, []).append(finding)

    @property
    def plan(self) -> Plan:
        """The plan as it now holds."""
        return self.work.decided.plan

    @property
    def references(self) -> References:
        """What the fields of a form may name."""
        return References(self.plan, load_knowledge())

    def counts(self) -> dict[str, int]:
        """Return how many cards each tab holds."""
        counts = {tab: len(rows) for tab, (_, rows) in self._sorts().items()}
        return {"doubts": len(self.doubtful), **counts, "removed": len(self._removed())}

    def tab(self, name: str, start: int = 0) -> list[Card]:
        """Return one helping of the cards of a tab."""
        return [self.card(kind, item) for kind, item in self.items(name)[start : start + PAGE_SIZE]]

    def find(self, token: str) -> Card | None:
        """Return the card with this token, or None."""
        for name in TABS[1:]:
            for place, (kind, item) in enumerate(self.items(name)):
                if item_token(kind, _item_id(kind, item, place)) == token:
                    return self.card(kind, item)
        return None

    def neighbours(self, card: Card, count: int = 12) -> list[Card]:
        """Return the items of the same sort that stand nearest, for merging."""
        rows = dict(self._sorts().values())
        others = [item for item in rows.get(card.kind, ()) if item.id != card.item.id]
        others.sort(key=lambda item: abs(item.span.start - card.item.span.start))
        return [self.card(card.kind, item) for item in others[:count]]

    def items(self, tab: str) -> list[tuple[str, Any]]:
        """Return the items of a tab with their sort, in order."""
        if tab == "doubts":
            return list(self._doubts())
        if tab == "removed":
            return self._removed()
        kind, rows = self._sorts()[tab]
        return [(kind, item) for item in rows]

    def _sorts(self) -> dict[str, tuple[str, Sequence[Any]]]:
        plan = self.plan
        return {
            "tasks": ("task", plan.tasks),
            "targets": ("target", plan.targets),
            "duties": ("duty", plan.duties),
            "thresholds": ("threshold", plan.thresholds),
            "sources": ("source", plan.sources),
            "findings": ("finding", plan.findings),
        }

    def _doubts(self) -> Iterator[tuple[str, Any]]:
        known = {
            (kind, item.id): item
            for kind, items in self._sorts().values()
            if kind in DECIDABLE
            for item in items
        }
        for key in self.doubtful:
            if key in known:
                yield key[0], known[key]

    def _removed(self) -> list[tuple[str, Any]]:
        by_class = {"Task": "task", "Target": "target", "Duty": "duty", "Threshold": "threshold"}
        removed = [(by_class.get(type(item).__name__, ""), item) for item in self.work.decided.removed]
        return [(kind, item) for kind, item in removed if kind]

    def card(self, kind: str, item: Any) -> Card:
        """Return the card of one item of this sort."""
        place = self._place(kind, item)
        name = _item_id(kind, item, place)
        return Card(
            token=item_token(kind, name),
            kind=kind,
            item=item,
            state=self.states.get((kind, name), ItemState.OPEN.value),
            findings=tuple(self.findings.get(name, ())),
            is_doubtful=(kind, name) in self.doubtful,
            owner=self.owners.get(getattr(item, "task", None) or "", ""),
        )

    def _place(self, kind: str, item: Any) -> int:
        rows: Sequence[CitedSource | Finding] = (
            self.plan.sources if kind == "source" else self.plan.findings if kind == "finding" else ()
        )
        return next((place for place, each in enumerate(rows) if each is item), 0)


def _item_id(kind: str, item: Any, place: int) -> str:
    return str(place) if kind in ("source", "finding") else str(item.id)
