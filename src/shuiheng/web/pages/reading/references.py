"""Fields of a form that name something else: a task, a total, an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.plans import Plan, PlanKnowledge, Target
from shuiheng.plans.decide import anchor_of
from shuiheng.plans.decide.decision_json import anchor_json
from shuiheng.services.demand_words import Language, demand
from shuiheng.web.pages.reading.marks import item_token

REFERENCES = ("task", "part_of", "indicator")
LABEL_LENGTH = 40
Choice = tuple[str, str]


@dataclass(frozen=True)
class References:
    """What the fields of an item may name: the items of its plan and the known indicators."""

    plan: Plan
    knowledge: PlanKnowledge

    def choices(self, form: str, item: Any) -> tuple[Choice, ...]:
        """Return what may be chosen, as codes and labels; the first choice is none."""
        if form == "task":
            return (("", _("总体目标，不属于某项任务")), *self._tasks)
        if form == "part_of":
            return (("", _("无")), *self._totals(item))
        return tuple((term.name, term.name) for term in self.knowledge.indicators)

    def value(self, form: str, text: str) -> Any:
        """Return the value that a decision stores for what was chosen.

        Raises:
            ValueError: There is no such item or indicator.
        """
        if not text:
            return None
        if form == "indicator":
            found = next(
                (term.id for term in self.knowledge.indicators if text in (term.name, term.id)), None
            )
            if found is None:
                raise ValueError(_("指标库中没有这一指标"))
            return found
        items = self.plan.tasks if form == "task" else self.plan.targets
        kind = "task" if form == "task" else "target"
        for item in items:
            if item_token(kind, item.id) == text:
                return anchor_json(anchor_of(self.plan, item))
        raise ValueError(_("请选择其中一项"))

    @cached_property
    def _tasks(self) -> tuple[Choice, ...]:
        return tuple(
            (item_token("task", task.id), f"{task.number or ''} {task.text[:LABEL_LENGTH]}".strip())
            for task in self.plan.tasks
        )

    def _totals(self, item: Any) -> tuple[Choice, ...]:
        """Targets with the same unit of measure; the one that is chosen now is always among them."""
        wanted, own, now = (getattr(item, name, None) for name in ("unit", "id", "part_of"))
        return tuple(
            (item_token("target", target.id), _label(target))
            for target in self.plan.targets
            if target.id != own and (target.id == now or (target.unit == wanted and target.value is not None))
        )


def _label(target: Target) -> str:
    words = (target.metric[:LABEL_LENGTH], target.scope or "", demand(target, language=Language.CHINESE))
    return " ".join(word for word in words if word)


def shown_reference(form: str, value: Any) -> str:
    """Return what a field shows for an id or an indicator match."""
    if not value:
        return ""
    if form == "indicator":
        return indicator_name(value.id)
    return item_token("task" if form == "task" else "target", str(value))


def indicator_name(code: str) -> str:
    """Return the Chinese name of an indicator; an unknown one is shown as it is."""
    return next((term.name for term in load_knowledge().indicators if term.id == code), code)
