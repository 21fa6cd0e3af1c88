"""Replay of a past year under a changed rule (规则回放): who would have paid what more, and who less."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
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
from shuiheng.charges import Ladder, base_price, household_tariff_of, ladder_of
from shuiheng.charges.errors import BadFigureError, BadRuleError, NoPriceError
from shuiheng.charges.kernels import UNKNOWN, Fen, Prices, class_bills, household_bills, prices_of, surcharges
from shuiheng.charges.model import HouseholdTariff, Measure, PriceBase
from shuiheng.kernel.derivation_json import citation_json
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import DatedValue
from shuiheng.services.background import register_work
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.run_figures import LITRES_OF_A_M3, Payable, gather
from shuiheng.services.charges.run_rules import Lookup, PriceDays, payer_of, price_days
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.file_store import keep_file, kept_content
from shuiheng.services.job_steps import ask_job, carry_out, step
from shuiheng.services.permission import Action, Actor, may, require
from shuiheng.services.rules.rule_checks import shipped_value
from shuiheng.services.rules.rulebook_now import local_value, rulebook_now
from shuiheng.services.scope import city_above, row_for, sight

LADDER, TIERS = "charges/over_plan_ladder", "charges/household_tiers"
PRICES = tuple(
    f"charges/{name}" for name in ("non_household_price", "special_price", "sewage_fee", "resource_fee")
)
KINDS_OF: Mapping[str, tuple[RunKind, ...]] = {
    LADDER: (RunKind.OVER_PLAN,),
    TIERS: (RunKind.HOUSEHOLD,),
    **dict.fromkeys(PRICES, (RunKind.NON_HOUSEHOLD, RunKind.OVER_PLAN)),
}
FIRST_YEAR, MONTHS, AT_ONCE, FORMAT = 2000, 12, 20_000, 1
VOLUME, PLAN, CLASS, PRICE = "volume", "plan", "price_class", "price"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The rules of one side of a replay.

    Args:
        value: The value of the changed rule; None where there is none, and nothing is charged.
        prices: Prices of the last month of the year.
        ladder: The surcharge, for a replay of surcharges.
        tiers: Tiers of households, for a replay of their bills.
    """

    value: DatedValue | None
    prices: PriceDays | None = None
    ladder: Ladder | None = None
    tiers: HouseholdTariff | None = None


def ask_replay(  # noqa: PLR0913  each is named at the call
    actor: Actor,
    city: int,
    *,
    year: int,
    kind: RunKind,
    rule: str,
    proposal: int | None = None,
    digest: str = "",
) -> Job:
    """Queue a replay of a past year with a proposed value, or with a shipped one of another place.

    Nothing is written but the result of the job.

    Args:
        actor: Who asks: who may propose values or decide on them.
        city: Key of the city.
        year: The past year.
        kind: What is charged.
        rule: Id of the changed rule.
        proposal: Key of the proposed value, or None.
        digest: Hash of the shipped value, where there is no proposal.

    Raises:
        ServiceError: `rules.replay_year`: the year is not past; `rules.replay_kind`: the rule does not
            bear on what is charged.
        NotThereError, NotPermittedError: The value or the city is not there, or not the actor's.
    """
    action = Action.RULES_PROPOSE if may(actor, Action.RULES_PROPOSE) else Action.RULES_REVIEW
    account = require(actor, action)
    place = row_for(account, action, Place, pk=city)
    if city_above(place).pk != place.pk:
        raise NotThereError(f"place:{city}")
    if not FIRST_YEAR <= year < timezone.localdate().year:
        raise ServiceError("rules.replay_year", year=str(year))
    if kind not in KINDS_OF.get(rule, ()):
        raise ServiceError("rules.replay_kind", rule=rule)
    arguments = {"year": year, "kind": kind.value, "rule": rule, "proposal": proposal, "digest": digest}
    changed_value(account, action, place, arguments)
    name = rulebook_now(place)[rule].names["zh"]
    return ask_job(account, JobKind.REPLAY, title=f"规则回放 {year} {name}", place=place, arguments=arguments)


def changed_value(account: Account, action: Action, city: Place, arguments: Mapping[str, Any]) -> DatedValue:
    """Return the value with which a year is replayed.

    Raises:
        NotThereError: It is not there any more, or not a value of this rule.
    """
    if arguments["proposal"] is None:
        return shipped_value(arguments["rule"], arguments["digest"])
    row = row_for(account, action, LocalRule, pk=arguments["proposal"], place=city, rule=arguments["rule"])
    value = local_value(row)
    if value is None or row.state not in (LocalRuleState.PROPOSED, LocalRuleState.ACCEPTED):
        raise NotThereError(f"local_rule:{row.pk}")
    return value


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
    old, new = (
        _side(city, kind, months[-1], each, value.rule) for each in (book, _changed(book, value, year))
    )
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


def _side(city: Place, kind: RunKind, month: date, book: Rulebook, rule: str) -> Side:
    lookup = Lookup(city)
    lookup.book = book
    last = date(month.year, MONTHS, 31)
    value = lookup.value_or_none(rule, last)
    ladder = lookup.value_or_none(LADDER, last) if kind is RunKind.OVER_PLAN else None
    if ladder is not None and ladder_of(ladder).measure is Measure.NORM:
        raise ServiceError("rules.replay_norm")
    tiers = lookup.value_or_none(TIERS, last) if kind is RunKind.HOUSEHOLD else None
    return Side(
        value=value,
        prices=price_days(lookup, month)[-1],
        ladder=None if ladder is None else ladder_of(ladder),
        tiers=None if tiers is None else household_tariff_of(tiers),
    )


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
    amounts = [_amounts(kind, side, payables, volumes, plans) for side in (old, new)]
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


def _amounts(
    kind: RunKind,
    side: Side,
    payables: Sequence[Payable],
    volumes: NDArray[np.int64],
    plans: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the fen of the year of each payable, and whether each is known."""
    count = len(payables)
    if kind is RunKind.HOUSEHOLD:
        if side.tiers is None:
            return np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.bool_)
        persons = np.full(count, UNKNOWN, dtype=np.int64)
        return _of_year(household_bills(volumes, persons, side.tiers))
    if kind is RunKind.OVER_PLAN and side.ladder is None:
        return np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.bool_)
    base = side.ladder.price_base if kind is RunKind.OVER_PLAN and side.ladder else PriceBase.DELIVERED
    prices, has_price = _prices(side, payables, base)
    if kind is RunKind.OVER_PLAN and side.ladder is not None:
        found = surcharges(volumes, plans, prices, side.ladder)
    else:
        found = class_bills(volumes, prices)
    amount, known = _of_year(found)
    return amount, known & has_price


def _prices(side: Side, payables: Sequence[Payable], base: PriceBase) -> tuple[Prices, NDArray[np.bool_]]:
    """Return the price of each payable, and whether it has one."""
    by_class: dict[str, Decimal | None] = {}
    for each in payables:
        name = each.price_class or ""
        if name not in by_class:
            by_class[name] = _price(side, name, base) if name else None
    found = [by_class[each.price_class or ""] for each in payables]
    has_price = np.array([price is not None for price in found], dtype=np.bool_)
    return prices_of([price if price is not None else Decimal(0) for price in found]), has_price


def _price(side: Side, price_class: str, base: PriceBase) -> Decimal | None:
    tariff = None if side.prices is None else side.prices.tariff(price_class)
    if tariff is None:
        return None
    try:
        return base_price(base, tariff, payer_of(price_class)).value
    except NoPriceError:
        return None


def _of_year(found: Fen) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    known: NDArray[np.bool_] = np.logical_and.reduce(found.is_known, axis=1)
    return found.amount.sum(axis=1), known


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
