"""Replay of a past year under a changed rule (规则回放): who would have paid what more, and who less."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Job,
    JobKind,
    LocalRule,
    LocalRuleState,
    Place,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.value_json import read_json_value
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.charges import Ladder
from shuiheng.charges.errors import BadFigureError, BadRuleError
from shuiheng.charges.model import Measure
from shuiheng.kernel.derivation_json import citation_json
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import DatedValue, Mark
from shuiheng.services.background import register_work
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.run_figures import Gathered, gather
from shuiheng.services.charges.run_rules import LADDER, PRICES, TIERS
from shuiheng.services.charges.try_charge import TYPED
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.file_store import keep_file, kept_content
from shuiheng.services.job_steps import ask_job, carry_out, step
from shuiheng.services.permission import Action, Actor, may, require
from shuiheng.services.rules.norms_now import norms_now
from shuiheng.services.rules.replay_amounts import Side, side_of
from shuiheng.services.rules.replay_norms import (
    AskedNorm,
    held_against_norms,
    norms_on_trial,
    shown_trial,
    trial_norms,
)
from shuiheng.services.rules.replay_rows import (
    Reckoned,
    allowed_volumes,
    joined_rows,
    name_rows,
    parts_of,
    reckoned,
    totals_of,
)
from shuiheng.services.rules.rule_checks import shipped_value
from shuiheng.services.rules.rulebook_now import local_value, rulebook_now
from shuiheng.services.rules.value_readers import refuse_unusable
from shuiheng.services.scope import city_above, row_for, sight

KINDS_OF: Mapping[str, tuple[RunKind, ...]] = {
    LADDER: (RunKind.OVER_PLAN,),
    TIERS: (RunKind.HOUSEHOLD,),
    **dict.fromkeys(PRICES, (RunKind.NON_HOUSEHOLD, RunKind.OVER_PLAN)),
}
FIRST_YEAR, MONTHS, AT_ONCE, FORMAT = 2000, 12, 20_000, 2
NORMS = "norms"
"""Stands for the rule where norms are on trial."""


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
    account, action, place = _asking(actor, city, asked.year)
    if asked.kind not in KINDS_OF.get(asked.rule, ()):
        raise ServiceError("rules.replay_kind", rule=asked.rule)
    arguments = asdict(asked) | {"kind": asked.kind.value}
    changed_value(account, action, place, arguments)
    name = rulebook_now(place)[asked.rule].names["zh"]
    return ask_job(account, JobKind.REPLAY, title=f"{asked.year} {name}", place=place, arguments=arguments)


def ask_norm_replay(actor: Actor, city: int, asked: AskedNorm) -> Job:
    """Queue a replay of a past year under other norms; they stand with the job alone.

    Where surcharges are over norms, it says who pays what more; where they are over plans, by how much the
    volume changes that norms allow each user.

    Args:
        actor: Who asks: who may propose values or decide on them.
        city: Key of the city.
        asked: Which norms.

    Raises:
        ServiceError: `rules.replay_year`: the year is not past; `rules.norm_value`: the typed value is none;
            `ledger_book.barred`, `ledger_book.nothing`: the workbook brings nothing that could be tried.
        WrongStateError: The workbook was taken in or undone.
        NotThereError, NotPermittedError: The norm, the workbook or the city is not there, or not the actor's.
    """
    account, action, place = _asking(actor, city, asked.year)
    arguments = asdict(asked) | {"kind": RunKind.OVER_PLAN.value, "rule": NORMS}
    trial = trial_norms(account, action, place, arguments)
    title = f"{asked.year} 用水定额 {trial[0].product}" + (f" 等{len(trial)}条" if len(trial) > 1 else "")
    return ask_job(account, JobKind.REPLAY, title=title, place=place, arguments=arguments)


def _action(actor: Actor) -> Action:
    return Action.RULES_PROPOSE if may(actor, Action.RULES_PROPOSE) else Action.RULES_REVIEW


def _asking(actor: Actor, city: int, year: int) -> tuple[Account, Action, Place]:
    """Return who may ask for a replay of a past year, by which right, and for which city."""
    action = _action(actor)
    account = require(actor, action)
    place = row_for(account, action, Place, pk=city)
    if city_above(place).pk != place.pk:
        raise NotThereError(f"place:{city}")
    if not FIRST_YEAR <= year < timezone.localdate().year:
        raise ServiceError("rules.replay_year", year=str(year))
    return account, action, place


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
    action, seen = _action(account), sight(account, Action.CHARGES_LOOK)
    rule = job.arguments["rule"]
    try:
        if rule == NORMS:
            result = _replayed_norms(job, city, seen, trial_norms(account, action, city, job.arguments))
        else:
            result = _replayed(job, city, seen, changed_value(account, action, city, job.arguments))
    except (BadRuleError, BadFigureError) as error:
        raise ServiceError("rules.replay_rule", rule=LADDER if rule == NORMS else rule) from error
    kept = keep_file(json.dumps(result, ensure_ascii=False).encode())
    name = f"replay_{result['year']}.json"
    Job.objects.filter(pk=job.pk).update(result_stored_name=kept.name, result_name=name)
    return {"totals": result["totals"], "sha256": kept.sha256}


def _replayed(job: Job, city: Place, seen: Sight, value: DatedValue) -> dict[str, Any]:
    """Return what a replay with another value found."""
    year, kind = job.arguments["year"], RunKind(job.arguments["kind"])
    months = _months(year)
    book = rulebook_now(city)
    old, new = (side_of(city, kind, months, each, value.rule) for each in (book, _changed(book, value, year)))
    ladders = old.ladder or new.ladder, new.ladder or old.ladder
    base = [_measure(ladder) for ladder in ladders]
    before = _payables(seen, city, kind, months, ladders[0])
    is_same = base == [Measure.PLAN, Measure.PLAN]
    after = before if is_same else _payables(seen, city, kind, months, ladders[1])
    return {
        "rule": value.rule,
        "old": _cited(old.value),
        "new": citation_json(value.citation),
        "left_out": max(before.left_out, after.left_out),
        "base": [each.value for each in base],
        **_found(job, seen, _rows(job, kind, [(old, before), (new, after)], months)),
    }


def _replayed_norms(job: Job, city: Place, seen: Sight, trial: Sequence[UseNorm]) -> dict[str, Any]:
    """Return what a replay with other norms found: money where norms are charged by, else volumes."""
    year = job.arguments["year"]
    months = _months(year)
    side = side_of(city, RunKind.OVER_PLAN, months, rulebook_now(city), LADDER)
    is_charged = _measure(side.ladder) is Measure.NORM
    ladder = side.ladder if is_charged else None
    held = [
        held_against_norms(seen, city, months, ladder=ladder, norms=norms)
        for norms in (None, norms_on_trial(norms_now(city), trial))
    ]
    if is_charged:
        rows = _rows(
            job, RunKind.OVER_PLAN, [(side, Gathered(payables=payables)) for payables in held], months
        )
    else:
        rows = joined_rows(*(allowed_volumes(payables, months) for payables in held))
    return {
        "rule": NORMS,
        "old": _cited(side.value),
        "new": _cited(side.value),
        "left_out": 0,
        "base": [Measure.NORM.value] * 2,
        "norms": shown_trial(city, trial, year),
        **_found(job, seen, rows, unit="fen" if is_charged else "litres"),
    }


def _found(job: Job, seen: Sight, rows: Sequence[dict[str, Any]], unit: str = "fen") -> dict[str, Any]:
    """Return rows with the names of their users, and what they come to."""
    name_rows(seen, rows)
    return {
        "format": FORMAT,
        "unit": unit,
        "year": job.arguments["year"],
        "kind": job.arguments["kind"],
        "totals": totals_of(rows),
        "by_class": parts_of(rows, "class"),
        "by_district": parts_of(rows, "district"),
        "rows": rows,
    }


def _payables(
    seen: Sight, city: Place, kind: RunKind, months: Sequence[date], ladder: Ladder | None
) -> Gathered:
    """Return who pays on a side: whoever has a plan, or whoever is held against norms."""
    if ladder is None or ladder.measure is Measure.PLAN:
        return gather(seen, city, kind, months)
    return Gathered(payables=held_against_norms(seen, city, months, ladder=ladder))


def _measure(ladder: Ladder | None) -> Measure:
    return Measure.PLAN if ladder is None else ladder.measure


def _rows(
    job: Job, kind: RunKind, sides: Sequence[tuple[Side, Gathered]], months: Sequence[date]
) -> list[dict[str, Any]]:
    """Return the rows of both sides, some users at a time."""
    count = max(len(gathered.payables) for _side, gathered in sides)
    found: list[list[Reckoned]] = [[] for _side in sides]
    for start in range(0, count, AT_ONCE):
        step(job, start, count)
        for place, (side, gathered) in enumerate(sides):
            found[place] += reckoned(kind, side, gathered.payables[start : start + AT_ONCE], months)
    step(job, count, count)
    return joined_rows(*found, by_user=any(_measure(side.ladder) is Measure.NORM for side, _ in sides))


def _months(year: int) -> list[date]:
    return [date(year, month, 1) for month in range(1, MONTHS + 1)]


def _cited(value: DatedValue | None) -> dict[str, Any] | None:
    return None if value is None else citation_json(value.citation)


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


register_work(JobKind.REPLAY, work_on_replay)
