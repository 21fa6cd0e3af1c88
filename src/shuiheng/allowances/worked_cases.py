"""Worked cases of this room (算例): what a rule gives for an input that somebody redid by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from shuiheng.allowances.adjustments import adjustment_rule_of, answer_due_on, why_no_increase
from shuiheng.allowances.cuts import Cut, after_cuts, cuts_rule_of, keep_what_was_saved
from shuiheng.allowances.cycle import plan_due, proposals_due
from shuiheng.allowances.errors import BadRuleError, NotAllowedError
from shuiheng.allowances.figures import decimal_of
from shuiheng.allowances.headcount import headcount
from shuiheng.allowances.methods import method_of, planned_allowance
from shuiheng.allowances.model import Account, Activity, AllowanceInputs, Unknown, Worked, YearUse
from shuiheng.allowances.months import SplitBasis, split_rule_of, split_year
from shuiheng.allowances.norm_evaluation import evaluate_use
from shuiheng.allowances.rule_fields import number_field, records_field, text_field, texts_field
from shuiheng.allowances.shortage import Cap, Claim, share_caps, sharing_rule_of
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.kernel.derivation import Step
from shuiheng.kernel.workday import WorkdayCalendar
from shuiheng.rules.parameter import Value
from shuiheng.rules.worked_case import WorkedCase

Results = Mapping[str, Value]
ACCOUNT = Account(user="case", source="case", year=2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What cases refer to: norms by id, and the calendar of workdays."""

    norms: Mapping[str, UseNorm]
    calendar: WorkdayCalendar


def reckoned(case: WorkedCase, knowledge: Knowledge) -> Results:
    """Return what a case comes to, by name (算例结果).

    Raises:
        BadRuleError: The case has a kind or a form that is not known here.
    """
    if case.kind not in KINDS:
        raise BadRuleError(case.id, f"there is no kind {case.kind}")
    return KINDS[case.kind](case, knowledge)


def _maybe(case: WorkedCase, name: str) -> Decimal | None:
    return number_field(case.given, name, rule=case.id) if name in case.given else None


def _numbers(case: WorkedCase, name: str) -> list[Decimal]:
    held = case.given.get(name, ())
    found = [each for each in held if isinstance(each, Decimal)] if isinstance(held, tuple) else []
    if not isinstance(held, tuple) or len(found) != len(held):
        raise BadRuleError(case.id, f"{name} must be a list of numbers")
    return found


def _given_norm(record: Mapping[str, Value], case: WorkedCase, knowledge: Knowledge) -> Activity:
    norm = text_field(record, "norm", rule=case.id)
    if norm not in knowledge.norms:
        raise BadRuleError(case.id, f"there is no norm {norm}")
    return Activity(
        norm=knowledge.norms[norm],
        amount=number_field(record, "amount", rule=case.id),
        unit=text_field(record, "unit", rule=case.id, default=""),
    )


def _allowance(case: WorkedCase, knowledge: Knowledge) -> Results:
    uses = _numbers(case, "uses")
    rows = records_field(case.given, "activities", rule=case.id)
    outcome = planned_allowance(
        method_of(case.rules["method"]),
        AllowanceInputs(
            account=ACCOUNT,
            uses=tuple(YearUse(year=place, m3=use) for place, use in enumerate(uses)),
            activities=tuple(_given_norm(each, case, knowledge) for each in rows),
            is_new="is_new" in case.given,
            has_permit="permit_m3" in case.given,
            permit_m3=_maybe(case, "permit_m3"),
            design_m3=_maybe(case, "design_m3"),
            proposal_m3=_maybe(case, "proposal_m3"),
        ),
    )
    return {"missing": outcome.missing} if isinstance(outcome, Unknown) else {"allowance_m3": outcome.value}


def _worked(case: WorkedCase) -> Worked:
    value = number_field(case.given, "allowance_m3", rule=case.id)
    step = Step(name="allowance", terms=(), formula=str(value), value=value, unit="m3")
    return Worked(exact=Fraction(value), steps=(step,))


def _cut(case: WorkedCase, _: Knowledge) -> Results:
    cut = Cut(
        reason=text_field(case.given, "reason", rule=case.id),
        evidence=case.id,
        share=_maybe(case, "share"),
        amount_m3=_maybe(case, "amount_m3"),
    )
    try:
        outcome = after_cuts(_worked(case), [cut], rule=cuts_rule_of(case.rules["cuts"]))
    except NotAllowedError as error:
        return {"refused": error.code}
    if isinstance(outcome, Unknown):
        return {"missing": outcome.missing}
    return {"allowance_m3": decimal_of(outcome.exact)}


def _kept_for_saving(case: WorkedCase, _: Knowledge) -> Results:
    last = number_field(case.given, "last_m3", rule=case.id)
    kept = keep_what_was_saved(_worked(case), last_m3=last, rule=cuts_rule_of(case.rules["cuts"]))
    return {"allowance_m3": decimal_of(kept.exact)}


def _sharing(case: WorkedCase, _: Knowledge) -> Results:
    claims = [
        Claim(
            key=text_field(each, "key", rule=case.id),
            m3=number_field(each, "m3", rule=case.id),
            use_class=text_field(each, "use_class", rule=case.id, default=""),
            water=text_field(each, "water", rule=case.id, default=""),
        )
        for each in records_field(case.given, "claims", rule=case.id)
    ]
    caps = [
        Cap(
            m3=number_field(each, "m3", rule=case.id),
            water=text_field(each, "water", rule=case.id, default=""),
        )
        for each in records_field(case.given, "caps", rule=case.id)
    ]
    sharing = share_caps(claims, caps, rule=sharing_rule_of(case.rules["sharing"]))
    if sharing.findings:
        return {"finding": sharing.findings[0].code}
    return sharing.shares


def _year(case: WorkedCase) -> int:
    return int(number_field(case.given, "year", rule=case.id))


def _plan_due(case: WorkedCase, _: Knowledge) -> Results:
    return {"day": plan_due(case.rules["due"], year=_year(case)).on.isoformat()}


def _proposal_due(case: WorkedCase, _: Knowledge) -> Results:
    return {"day": proposals_due(case.rules["due"], year=_year(case)).on.isoformat()}


def _answer_due(case: WorkedCase, knowledge: Knowledge) -> Results:
    asked_on = date.fromisoformat(text_field(case.given, "asked_on", rule=case.id))
    due = answer_due_on(asked_on, adjustment_rule_of(case.rules["adjustment"]), knowledge.calendar)
    return {"day": "" if due is None else due.isoformat()}


def _no_increase(case: WorkedCase, _: Knowledge) -> Results:
    circumstances = texts_field(case.given, "circumstances", rule=case.id)
    return {"reasons": why_no_increase(circumstances, case.rules["barred"])}


def _months(case: WorkedCase, _: Knowledge) -> Results:
    rule = split_rule_of(case.rules["split"])
    shape = _numbers(case, "last_year") if rule.otherwise is SplitBasis.LAST_YEAR else ()
    year = number_field(case.given, "year_m3", rule=case.id)
    return {"months": split_year(year, last_year=shape, step=rule.step_m3).months}


def _norm_grade(case: WorkedCase, knowledge: Knowledge) -> Results:
    activity = _given_norm(case.given, case, knowledge)
    evaluation = evaluate_use(_maybe(case, "use_m3"), (activity,))
    ratio = {} if evaluation.ratio is None else {"ratio": evaluation.ratio}
    return {"grade": evaluation.grade.value, **ratio}


def _headcount(case: WorkedCase, _: Knowledge) -> Results:
    people = case.given.get("people", {})
    if not isinstance(people, Mapping):
        raise BadRuleError(case.id, "people must be numbers by group")
    counts = {name: number_field(people, name, rule=case.id) for name in people}
    outcome = headcount(counts, case.rules["weights"])
    return {"missing": outcome.missing} if isinstance(outcome, Unknown) else {"people": outcome.value}


KINDS: Mapping[str, Callable[[WorkedCase, Knowledge], Results]] = MappingProxyType(
    {
        "allowance": _allowance,
        "cut": _cut,
        "kept_for_saving": _kept_for_saving,
        "sharing": _sharing,
        "plan_due": _plan_due,
        "proposal_due": _proposal_due,
        "answer_due": _answer_due,
        "no_increase": _no_increase,
        "months": _months,
        "norm_grade": _norm_grade,
        "headcount": _headcount,
    }
)
"""How the cases of a kind are worked out."""
