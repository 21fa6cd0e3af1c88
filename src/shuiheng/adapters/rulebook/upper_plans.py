"""Targets of upper-level plans, as plans that a lower one can be held against."""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_file, read_files, rulebook_folder
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.kernel import Span
from shuiheng.plans import Operator, Plan, PlanHeader, Target, TargetKind

FILE_FIELDS = ("title", "number", "jurisdiction", "issuers", "source", "from", "targets", "checked")
TARGET_FIELDS = (
    "metric",
    "scope",
    "kind",
    "op",
    "value",
    "unit",
    "baseline_year",
    "deadline",
    "at",
    "printed",
)


@cache
def load_upper_plan(plan_id: str) -> Plan:
    """Return the upper-level plan of the rulebook with this id, for example `cn_national_2019`.

    Raises:
        KeyError: The rulebook has no such plan.
        RulebookError: Its file breaks a rule.
    """
    if plan_id not in upper_plan_ids():
        raise KeyError(plan_id)
    return read_upper_plan(rulebook_folder(), plan_id)


def upper_plan_ids() -> tuple[str, ...]:
    """Return the ids of the upper-level plans in the rulebook."""
    return tuple(name for name, _ in read_files(rulebook_folder(), "targets"))


def read_upper_plan(folder: Traversable, plan_id: str) -> Plan:
    """Return the upper-level plan of a file below a folder.

    A value needs its source, its clause (`at`), the words as printed and its first day:
    the day of the plan (`from`) and the deadline.
    """
    entry = read_file(folder, f"targets/{plan_id}.yaml")
    entry.only(*FILE_FIELDS)
    check_checked(entry)
    source = entry.take("source", str)
    if not folder.joinpath("sources", f"{source}.yaml").is_file():
        raise entry.at("source").refuse(f"there is no source `{source}`", "Add its file in sources/.")
    entry.take("from", object)
    header = PlanHeader(
        title=entry.take("title", str),
        jurisdiction=entry.get("jurisdiction", str),
        issued=entry.day("from"),
        number=entry.get("number", str),
        issuers=entry.words("issuers"),
    )
    targets = tuple(
        _target(each, plan_id, number) for number, each in enumerate(entry.each("targets"), start=1)
    )
    return Plan(document=plan_id, header=header, targets=targets)


def _target(entry: Entry, plan_id: str, number: int) -> Target:
    entry.only(*TARGET_FIELDS)
    kind, op = entry.take("kind", str), entry.take("op", str)
    if kind not in [each.value for each in TargetKind]:
        raise entry.at("kind").refuse(f"unknown kind `{kind}`", "Use level, reduction, count or increment.")
    if op not in [each.value for each in Operator]:
        raise entry.at("op").refuse(f"unknown operator `{op}`", "Use one of >= > <= < =.")
    entry.take("at", str)
    entry.take("deadline", object)
    metric, printed = entry.take("metric", str), entry.take("printed", list)
    base = entry.get("baseline_year", int)
    if (base is None) == (kind == TargetKind.REDUCTION.value):
        raise entry.refuse("a base year belongs to a reduction", "Give `baseline_year` exactly there.")
    return Target(
        id=f"{plan_id}-T{number:02d}",
        task=None,
        quote=f"{metric} {'、'.join(map(str, printed))}",
        span=Span(0, 0),
        metric=metric,
        scope=entry.get("scope", str),
        kind=TargetKind(kind),
        op=Operator(op),
        value=entry.number("value"),
        unit=entry.take("unit", str),
        baseline_year=base,
        deadline=entry.day("deadline"),
    )
