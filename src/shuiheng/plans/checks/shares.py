"""Shares must add up to their total."""

from __future__ import annotations

import re
from decimal import Decimal

from shuiheng.kernel import Finding, Severity
from shuiheng.plans.checks.context import CheckContext, finding, level_of, number_text, value_text
from shuiheng.plans.model import Operator, Target, TargetKind

NOT_ADDITIVE = {"%", "系数", "百分点", None}
COLLECTIVE = re.compile(r"^(?:各|每|全|所有)|^(?:国|省|市|区|县|镇)?(?:本|直)?级?$|本级|直属")
BRACKETED_LEVEL = re.compile(r"[（(][^（）()]*级[）)]")
FEWEST_PARTS = 2


def check_shares_add_up(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each total that its districts' shares do not make up.

    Shares count when they stand in the same task, name one district each, and are of the
    same thing, level (`省级`) and deadline. A district that states only its provincial part
    counts with it in the whole too. Shares above a minimum or below a cap agree with it.
    """
    found = []
    for total in _totals(context.plan.targets):
        parts = _parts_of(total, context.plan.targets)
        if len(parts) < FEWEST_PARTS:
            continue
        addition = sum((part.value or Decimal(0) for part in parts), Decimal(0))
        severity = _verdict(total, addition)
        if severity is not None:
            terms = "+".join(number_text(part.value) for part in parts)
            found.append(
                finding(
                    "plans.shares_do_not_add",
                    severity,
                    total,
                    evidence=f"{terms}={number_text(addition)}≠{value_text(total)}",
                    metric=total.metric,
                    total=value_text(total),
                    terms=terms,
                    sum=f"{number_text(addition)}{total.unit or ''}",
                )
            )
    return tuple(found)


def check_no_share_exceeds_its_total(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each share (`其中`) that is larger than what it is a share of."""
    by_id = {target.id: target for target in context.plan.targets}
    found = []
    for share in context.plan.targets:
        whole = by_id.get(share.part_of or "")
        if whole is None or whole.unit != share.unit or share.unit in NOT_ADDITIVE:
            continue
        if whole.scope not in (None, share.scope):
            continue
        if share.value is not None and whole.value is not None and share.value > _ceiling(whole):
            found.append(
                finding(
                    "plans.share_above_total",
                    Severity.WARN,
                    share,
                    evidence=f"{share.quote}；{whole.quote}",
                    share=value_text(share),
                    total=value_text(whole),
                    metric=share.metric,
                )
            )
    return tuple(found)


def _ceiling(whole: Target) -> Decimal:
    if whole.op in (Operator.AT_LEAST, Operator.ABOVE):
        return Decimal("Infinity")
    return whole.value_max or whole.value or Decimal(0)


def _totals(targets: tuple[Target, ...]) -> list[Target]:
    """Totals that shares may make up; of two that say the same, the first."""
    seen, totals = set(), []
    for target in targets:
        key = (_family(target), target.task)
        if _is_additive(target) and target.scope is None and key not in seen:
            seen.add(key)
            totals.append(target)
    return totals


def _is_additive(target: Target) -> bool:
    return (
        target.value is not None
        and target.op is not Operator.RANGE
        and target.unit not in NOT_ADDITIVE
        and target.kind is not TargetKind.REDUCTION
    )


def _level(target: Target) -> tuple[str, str | None]:
    """Return name and level of what is counted; a level in brackets holds for its own clause only."""
    name, level = level_of(target.metric)
    if level is not None and level not in target.quote and BRACKETED_LEVEL.search(target.metric):
        return name, None
    return name, level


def _family(target: Target) -> tuple[object, ...]:
    name, level = _level(target)
    return name, level, target.unit, target.deadline, target.annual


def _parts_of(total: Target, targets: tuple[Target, ...]) -> list[Target]:
    """Return one share for each district: of its own level, or else of the only level it states."""
    name, level = _level(total)
    by_scope: dict[str, Target] = {}
    for target in targets:
        if target.task != total.task or target.scope is None or not _is_additive(target):
            continue
        if COLLECTIVE.search(target.scope) or target.unit != total.unit or target.annual != total.annual:
            continue
        if target.deadline != total.deadline or target.span.start < total.span.start:
            continue
        own_name, own_level = _level(target)
        is_named = own_name == name or target.part_of == total.id
        if not is_named or (level is not None and own_level != level):
            continue
        known = by_scope.get(target.scope)
        if known is None or (own_level == level and _level(known)[1] != level):
            by_scope[target.scope] = target
    return list(by_scope.values())


def _verdict(total: Target, addition: Decimal) -> Severity | None:
    """More than the total contradicts it; less may be a list that leaves districts out."""
    value = total.value or Decimal(0)
    if addition == value:
        return None
    if addition > value:
        return None if total.op in (Operator.AT_LEAST, Operator.ABOVE) else Severity.WARN
    return None if total.op in (Operator.AT_MOST, Operator.BELOW) else Severity.NOTE
