"""Replay of a past year under a changed rule (规则回放): who would have paid what more, and who less."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from shuiheng.adapters.records.models import (
    Account,
    Job,
    JobKind,
    LocalRule,
    LocalRuleState,
    Place,
    WaterUser,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.value_json import read_json_value
from shuiheng.charges.errors import BadFigureError, BadRuleError
from shuiheng.charges.kernels import UNKNOWN
from shuiheng.kernel.derivation_json import citation_json
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import DatedValue, Mark
from shuiheng.services.background import register_work
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.run_figures import LITRES_OF_A_M3, Payable, gather
from shuiheng.services.charges.run_rules import LADDER, PRICES, TIERS
from shuiheng.services.charges.try_charge import TYPED
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.file_store import keep_file, kept_content
from shuiheng.services.job_steps import ask_job, carry_out, step
from shuiheng.services.permission import Action, Actor, may, require
from shuiheng.services.rules.replay_amounts import Side, side_of, year_amounts
from shuiheng.services.rules.rule_checks import shipped_value
from shuiheng.services.rules.rulebook_now import local_value, rulebook_now
from shuiheng.services.rules.value_readers import refuse_unusable
from shuiheng.services.scope import city_above, row_for, sight

KINDS_OF: Mapping[str, tuple[RunKind, ...]] = {
    LADDER: (RunKind.OVER_PLAN,),
    TIERS: (RunKind.HOUSEHOLD,),
    **dict.fromkeys(PRICES, (RunKind.NON_HOUSEHOLD, RunKind.OVER_PLAN)),
}
FIRST_YEAR, MONTHS, AT_ONCE, FORMAT = 2000, 12, 20_000, 1
VOLUME, PLAN, CLASS, PRICE = "volume", "plan", "price_class", "price"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReplay:
    """What is to be replayed (回放条件): a past year with a proposed, a shipped or a typed value.

    Args:
        year: The past year.
        kind: What is charged.
        rule: Id of the changed rule.
        proposal: Key of the proposed value, or None.
        digest: Hash of the shipped value, where there is no proposal.
        typed: A value as JSON of the shape of the rule, which nobody proposed; None for none.
    """

    year: int
    kind: RunKind
    rule: str
    proposal: int | None = None
    digest: str = ""
    typed: Any = None


def ask_replay(actor: Actor, city: int, asked: AskedReplay) -> Job:
    """Queue a replay of a past year; nothing is written but the result of the job.

    A typed value is checked as a proposed one would be, and stands with the job alone.

    Args:
        actor: Who asks: who may propose values or decide on them.
        city: Key of the city.
        asked: What is to be replayed.

    Raises:
        ServiceError: `rules.replay_year`: the year is not past; `rules.replay_kind`: the rule does not
            bear on what is charged; `rules.bad_value`, `rules.unusable`: the typed value cannot be used.
        NotThereError, NotPermittedError: The value or the city is not there, or not the actor's.
    """
    action = Action.RULES_PROPOSE if may(actor, Action.RULES_PROPOSE) else Action.RULES_REVIEW
    account = require(actor, action)
    place = row_for(account, action, Place, pk=city)
    if city_above(place).pk != place.pk:
        raise NotThereError(f"place:{city}")
    if not FIRST_YEAR <= asked.year < timezone.localdate().year:
        raise ServiceError("rules.replay_year", year=str(asked.year))
    if asked.kind not in KINDS_OF.get(asked.rule, ()):
        raise ServiceError("rules.replay_kind", rule=asked.rule)
    arguments = asdict(asked) | {"kind": asked.kind.value}
    changed_value(account, action, place, arguments)
    name = rulebook_now(place)[asked.rule].names["zh"]
    return ask_job(account, JobKind.REPLAY, title=f"{asked.year} {name}", place=place, arguments=arguments)


def changed_value(account: Account, action: Action, city: Place, arguments: Mapping[str, Any]) -> DatedValue:
    """Return the value with which a year is replayed.

    Raises:
        ServiceError: `rules.bad_value`, `rules.unusable`: a typed one cannot be used.
        NotThereError: It is not there any more, or not a value of this rule.
    """
    if arguments.get("typed") is not None:
        return _typed_value(arguments["rule"], arguments["typed"], date(arguments["year"], 1, 1))
    if arguments["proposal"] is None:
        return shipped_value(arguments["rule"], arguments["digest"])
    row = row_for(account, action, LocalRule, pk=arguments["proposal"], place=city, rule=arguments["rule"])
    value = local_value(row)
    if value is None or row.state not in (LocalRuleState.PROPOSED, LocalRuleState.ACCEPTED):
        raise NotThereError(f"local_rule:{row.pk}")
    return value


def _typed_value(rule: str, typed: Any, first: date) -> DatedValue:
    try:
        value = read_json_value(shipped_rulebook()[rule], typed)
    except RulebookError as error:
        raise ServiceError("rules.bad_value", reason=error.reason) from error
    found = DatedValue(
        rule=rule,
        area="",
        valid_from=first,
        value=value,
        source=TYPED,
        clause="",
        mark=Mark.DEFAULT,
        recorded_on=first,
    )
    refuse_unusable(found)
    return found


def replay_result(job: Job) -> Mapping[str, Any]:
    """Return what a replay found: totals, parts, and the rows of users.

    Raises:
        NotThereError: It has not ended.
    """
    if not job.result_stored_name:
        raise NotThereError(f"job:{job.pk}")
    found: Mapping[str, Any] = json.loads(kept_content(job.result_stored_name))
    return found


def work_on_replay(job_key: int) -> None:
    """Do the job with this key."""
    carry_out(job_key, _work)


def _work(job: Job) -> Mapping[str, Any]:
    account, city = job.asked_by, job.place
    if account is None or city is None:
        raise NotThereError(f"job:{job.pk}")
    action = Action.RULES_PROPOSE if may(account, Action.RULES_PROPOSE) else Action.RULES_REVIEW
    value = changed_value(account, action, city, job.arguments)
    try:
        result = _replayed(job, city, sight(account, Action.CHARGES_LOOK), value)
    except (BadRuleError, BadFigureError) as error:
        raise ServiceError("rules.replay_rule", rule=value.rule) from error
    kept = keep_file(json.dumps(result, ensure_ascii=False).encode())
    name = f"replay_{result['year']}.json"
    Job.objects.filter(pk=job.pk).update(result_stored_name=kept.name, result_name=name)
    return {"totals": result["totals"], "sha256": kept.sha256}


def _replayed(job: Job, city: Place, seen: Sight, value: DatedValue) -> dict[str, Any]:
    """Return what a replay found, some users at a time."""
    year, kind = job.arguments["year"], RunKind(job.arguments["kind"])
    months = [date(year, month, 1) for month in range(1, MONTHS + 1)]
    book = rulebook_now(city)
    old, new = (side_of(city, kind, months, each, value.rule) for each in (book, _changed(book, value, year)))
    gathered = gather(seen, city, kind, months)
    payables = gathered.payables
    rows: list[dict[str, Any]] = []
    for start in range(0, len(payables), AT_ONCE):
        step(job, start, len(payables))
        rows += _rows(kind, old, new, payables[start : start + AT_ONCE], months)
    _name(seen, rows)
    step(job, len(payables), len(payables))
    return {
        "format": FORMAT,
        "year": year,
        "kind": kind.value,
        "rule": value.rule,
        "old": None if old.value is None else citation_json(old.value.citation),
        "new": citation_json(value.citation),
        "left_out": gathered.left_out,
        "totals": totals_of(rows),
        "by_class": _parts(rows, "class"),
        "by_district": _parts(rows, "district"),
        "rows": rows,
    }


def totals_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return what rows come to in fen, and how many users pay more, less, the same, or are not known."""
    known = [row for row in rows if row["why"] == ""]
    change = [row["new"] - row["old"] for row in known]
    return {
        "count": len(rows),
        "unknown": len(rows) - len(known),
        "old": sum(row["old"] for row in known),
        "new": sum(row["new"] for row in known),
        "more": sum(1 for each in change if each > 0),
        "less": sum(1 for each in change if each < 0),
        "same": sum(1 for each in change if each == 0),
    }


def _changed(book: Rulebook, value: DatedValue, year: int) -> Rulebook:
    """Return the rules as if the changed value had held through the year, and no other of its rule."""
    held = replace(
        value,
        area="",
        valid_from=date(year, 1, 1),
        valid_to=None,
        withdrawn_on=None,
        recorded_on=date(year, 1, 1),
    )
    return Rulebook({**book, value.rule: replace(book[value.rule], values=(held,))})


def _rows(
    kind: RunKind, old: Side, new: Side, payables: Sequence[Payable], months: Sequence[date]
) -> list[dict[str, Any]]:
    volumes = np.array([[_litres(each, month) for month in months] for each in payables], dtype=np.int64)
    plans = np.array([[_plan(each, month) for month in months] for each in payables], dtype=np.int64)
    amounts = [year_amounts(kind, side, payables, volumes, plans) for side in (old, new)]
    rows = []
    for place, each in enumerate(payables):
        (before, is_known), (after, is_known_after) = (
            (found[0][place], found[1][place]) for found in amounts
        )
        why = _why(kind, each, volumes[place], plans[place])
        if not why and not (is_known and is_known_after):
            why = PRICE
        used, allowed = volumes[place], plans[place]
        rows.append(
            {
                "user": each.user,
                "number": each.number,
                "class": each.price_class or "",
                "litres": None if (used == UNKNOWN).any() else int(used.sum()),
                "plan": None if (allowed == UNKNOWN).any() else int(allowed.sum()),
                "old": 0 if why else int(before),
                "new": 0 if why else int(after),
                "why": why,
            }
        )
    return rows


def _litres(payable: Payable, month: date) -> int:
    volume = payable.volume(month)
    return UNKNOWN if volume is None else int(volume.value * LITRES_OF_A_M3)


def _plan(payable: Payable, month: date) -> int:
    plan = payable.plan(month)
    return UNKNOWN if plan is None else int(plan.value * LITRES_OF_A_M3)


def _why(kind: RunKind, payable: Payable, volumes: NDArray[np.int64], plans: NDArray[np.int64]) -> str:
    """Return which figure is missing; empty when none is."""
    if (volumes == UNKNOWN).any():
        return VOLUME
    if kind is RunKind.OVER_PLAN and (plans == UNKNOWN).any():
        return PLAN
    return "" if payable.price_class is not None else CLASS


def _parts(rows: Sequence[Mapping[str, Any]], name: str) -> list[dict[str, Any]]:
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row[name], []).append(row)
    return [{"name": key, **totals_of(found)} for key, found in sorted(groups.items())]


def _name(seen: Sight, rows: Sequence[dict[str, Any]]) -> None:
    """Add to each row what its user is called and in which district it lies."""
    names = {
        key: (name, district)
        for key, name, district in seen(WaterUser).values_list(
            "pk", "organisation__name", "organisation__place__name"
        )
    }
    for row in rows:
        row["name"], row["district"] = names.get(row["user"], ("", ""))


register_work(JobKind.REPLAY, work_on_replay)
