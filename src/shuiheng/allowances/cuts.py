"""Cuts of an allowance (核减): for which reasons a place may cut, by how much, and for which it may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from shuiheng.allowances.errors import BadRuleError, NotAllowedError
from shuiheng.allowances.figures import decimal_of, shown
from shuiheng.allowances.model import Unknown, Worked
from shuiheng.allowances.rule_fields import (
    check_names,
    name_of,
    number_field,
    record_of,
    records_field,
    text_field,
    texts_field,
)
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Step, Term
from shuiheng.rules.parameter import DatedValue

SAVED_WATER = "saved_water"
"""The reason that a user took less because it saved; some places forbid to cut for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutReason:
    """A reason for which a place cuts (核减情形).

    Args:
        reason: Its id; the words stand in `rulebook/words/derivation.yaml`.
        evidence: What has to be shown, such as `norm_evaluation` or `inspection`; empty for any document.
        share: Share of the allowance that is cut, or None where the rule leaves it to the officer.
    """

    reason: str
    evidence: str = ""
    share: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CutsRule:
    """For what a place cuts, and for what it may not (核减规则)."""

    reasons: tuple[CutReason, ...]
    forbidden: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A cut that an officer proposes.

    Args:
        reason: Id of the reason.
        evidence: Key of the document or finding that shows it.
        share: Share of the allowance, where the rule sets none.
        amount_m3: A volume instead of a share, m³.
    """

    reason: str
    evidence: str
    share: Decimal | None = None
    amount_m3: Decimal | None = None


def cuts_rule_of(value: DatedValue) -> CutsRule:
    """Return what a value of the rule `allowances/cuts` says (核减规则).

    The record: `cuts`, a list of `{reason, evidence, share}`, and `forbidden`, a list of reasons.

    Raises:
        BadRuleError: The record lacks something, a share is not from 0 to 1, or a reason stands twice.
    """
    record, rule = record_of(value), name_of(value)
    check_names(record, known=("cuts", "forbidden"), rule=rule)
    reasons = []
    for each in records_field(record, "cuts", rule=rule):
        check_names(each, known=("reason", "evidence", "share"), rule=rule)
        share = number_field(each, "share", rule=rule) if "share" in each else None
        if share is not None and not 0 <= share <= 1:
            raise BadRuleError(rule, f"the share {share} of a cut is not from 0 to 1")
        reasons.append(
            CutReason(
                reason=text_field(each, "reason", rule=rule),
                evidence=text_field(each, "evidence", rule=rule, default=""),
                share=share,
            )
        )
    forbidden = texts_field(record, "forbidden", rule=rule)
    named = [each.reason for each in reasons] + list(forbidden)
    if len(set(named)) != len(named):
        raise BadRuleError(rule, "a reason stands twice")
    return CutsRule(reasons=tuple(reasons), forbidden=forbidden, citation=value.citation)


def after_cuts(worked: Worked, cuts: Sequence[Cut], *, rule: CutsRule) -> Worked | Unknown:
    """Return an allowance less its cuts (核减后指标).

    Each cut is measured on the figure before any of them, so their order does not matter. What is left
    is never below zero.

    Raises:
        NotAllowedError: The place does not cut for a reason, forbids it, or nothing shows it.
    """
    steps, left = list(worked.steps), worked.exact
    for cut in sorted(cuts, key=lambda each: (each.reason, each.evidence)):
        share, amount = _measure(cut, _reason_of(cut, rule))
        if share is None and amount is None:
            return Unknown(missing=("cut_share",))
        taken = min(left, Fraction(amount) if amount is not None else worked.exact * Fraction(share or 0))
        by = shown(taken)
        if share is None:
            term = _term(cut, "cut_amount", decimal_of(taken), "m3")
        else:
            term = _term(cut, "cut_share", share, "ratio")
            by = f"{shown(worked.exact)} × {shown(share)}" if taken < left else by
        step = Step(
            name="after_cut",
            terms=(Term(name="before_cuts", value=decimal_of(worked.exact), unit="m3"), term),
            formula=f"{shown(left)} − {by}",
            value=decimal_of(left - taken),
            unit="m3",
            citation=rule.citation,
            label=cut.reason,
        )
        steps.append(step)
        left -= taken
    return Worked(exact=left, steps=tuple(steps))


def keep_what_was_saved(worked: Worked, *, last_m3: Decimal, rule: CutsRule) -> Worked:
    """Return an allowance no lower than last year's, where saving may not lead to a cut (节水不核减).

    To be asked only for users whose saving is shown by documents.

    Args:
        worked: The allowance as computed.
        last_m3: The allowance of the year before.
        rule: What the place says on cuts.
    """
    if SAVED_WATER not in rule.forbidden or worked.exact >= Fraction(last_m3):
        return worked
    step = Step(
        name="kept_for_saving",
        terms=(
            Term(name=worked.steps[-1].name, value=decimal_of(worked.exact), unit="m3"),
            Term(name="last_allowance", value=last_m3, unit="m3"),
        ),
        formula=f"max({shown(worked.exact)}; {shown(last_m3)})",
        value=last_m3,
        unit="m3",
        citation=rule.citation,
    )
    return Worked(exact=Fraction(last_m3), steps=(*worked.steps, step))


def _reason_of(cut: Cut, rule: CutsRule) -> CutReason:
    told = {"rule": rule.citation.rule, "reason": cut.reason}
    if cut.reason in rule.forbidden:
        raise NotAllowedError(cut.reason, "cut_forbidden", **told)
    found = next((each for each in rule.reasons if each.reason == cut.reason), None)
    if found is None:
        raise NotAllowedError(cut.reason, "cut_unknown", **told)
    if not cut.evidence:
        raise NotAllowedError(cut.reason, "cut_evidence", **told)
    return found


def _measure(cut: Cut, reason: CutReason) -> tuple[Decimal | None, Decimal | None]:
    """Return the share or the amount of a cut; a share that the rule sets holds before the officer's."""
    share = reason.share if reason.share is not None else cut.share
    if share is not None and not 0 <= share <= 1:
        raise NotAllowedError(cut.reason, "cut_share", reason=cut.reason, share=share)
    if cut.amount_m3 is not None and cut.amount_m3 < 0:
        raise NotAllowedError(cut.reason, "cut_amount", reason=cut.reason, amount_m3=cut.amount_m3)
    return share, None if share is not None else cut.amount_m3


def _term(cut: Cut, name: str, value: Decimal, unit: str) -> Term:
    return Term(name=name, value=value, unit=unit, origin=cut.evidence, label=cut.reason)
