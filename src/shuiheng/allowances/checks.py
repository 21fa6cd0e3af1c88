"""What may be wrong with a year's allowances before they are published (计划校核)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.allowances.cuts import SAVED_WATER, CutsRule
from shuiheng.allowances.figures import shown
from shuiheng.allowances.model import Activity, Unknown
from shuiheng.allowances.shortage import Cap, Claim
from shuiheng.kernel.finding import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """An account with its allowance, as a list of a year shows it.

    Args:
        claim: Account, allowance, class, district and kind of water.
        permit_m3: What the permit of the source allows in the year, or None.
        proposal_m3: What the user proposed, or None.
        last_use_m3: Use of the year before, or None when not known.
        last_months: The same by month; None for a month that is not known.
        last_allowance_m3: Allowance of the year before, or None.
        has_saved: Whether documents show that the user saved water.
    """

    claim: Claim
    permit_m3: Decimal | None = None
    proposal_m3: Decimal | None = None
    last_use_m3: Decimal | None = None
    last_months: tuple[Decimal | None, ...] = ()
    last_allowance_m3: Decimal | None = None
    has_saved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLimits:
    """From where on a row of the list wants a look; settings, not law.

    Args:
        jump_share: Change against last year's use, as a share of it, that is remarkable.
    """

    jump_share: Decimal


def check_caps(rows: Sequence[PlannedRow], caps: Iterable[Cap]) -> Iterator[Finding]:
    """Yield the caps that the allowances of a year exceed (总量校核)."""
    for cap in caps:
        total = sum((row.claim.m3 for row in rows if cap.covers(row.claim)), Decimal(0))
        if total > cap.m3:
            yield Finding(
                code="allowances.above_cap",
                severity=Severity.DISQUALIFY,
                subject=str(cap),
                evidence=f"{shown(total)} > {shown(cap.m3)}",
                values=(("cap", str(cap)), ("total_m3", shown(total)), ("cap_m3", shown(cap.m3))),
            )


def check_row(row: PlannedRow, *, limits: CheckLimits, cuts: CutsRule | None = None) -> Iterator[Finding]:
    """Yield what may be wrong with the allowance of one account (分户校核).

    Args:
        row: The account.
        limits: From where on something is remarkable.
        cuts: What the place says on cuts, or None where it has no rule.
    """
    m3, key = row.claim.m3, row.claim.key
    if row.permit_m3 is not None and m3 > row.permit_m3:
        yield _finding("above_permit", Severity.DISQUALIFY, key, m3, row.permit_m3)
    if row.proposal_m3 is not None and m3 > row.proposal_m3:
        yield _finding("above_proposal", Severity.NOTE, key, m3, row.proposal_m3)
    yield from _against_last_year(row, limits)
    is_protected = cuts is not None and SAVED_WATER in cuts.forbidden and row.has_saved
    if is_protected and row.last_allowance_m3 is not None and m3 < row.last_allowance_m3:
        yield _finding("cut_for_saving", Severity.DISQUALIFY, key, m3, row.last_allowance_m3)


def missing_inputs(key: str, unknown: Unknown) -> Finding:
    """Return what to say of an account whose allowance could not be computed (数据不足)."""
    return Finding(
        code="allowances.inputs_missing",
        severity=Severity.WARN,
        subject=key,
        evidence=", ".join(unknown.missing),
        values=(("account", key), ("missing", ", ".join(unknown.missing))),
    )


def check_factor(key: str, activity: Activity) -> Finding | None:
    """Return what to say of an adjustment factor outside the range of its norm, or None (调整系数校核)."""
    least, most = activity.norm.factors or (Decimal(1), Decimal(1))
    if least <= activity.factor <= most:
        return None
    return Finding(
        code="allowances.factor_out_of_range",
        severity=Severity.WARN,
        subject=key,
        evidence=f"{shown(least)} – {shown(most)}",
        values=(
            ("account", key),
            ("product", activity.norm.product),
            ("factor", shown(activity.factor)),
            ("least", shown(least)),
            ("most", shown(most)),
        ),
    )


def _against_last_year(row: PlannedRow, limits: CheckLimits) -> Iterator[Finding]:
    m3, key, last = row.claim.m3, row.claim.key, row.last_use_m3
    if last is not None and abs(m3 - last) > last * limits.jump_share:
        yield _finding("far_from_last_year", Severity.WARN, key, m3, last)
    idle = [month for month, use in enumerate(row.last_months, 1) if use is not None and not use]
    unknown = [month for month, use in enumerate(row.last_months, 1) if use is None]
    for code, months in (("months_without_use", idle), ("months_unknown", unknown)):
        if months:
            named = ", ".join(map(str, months))
            yield Finding(
                code=f"allowances.{code}",
                severity=Severity.NOTE,
                subject=key,
                evidence=named,
                values=(("account", key), ("months", named)),
            )


def _finding(code: str, severity: Severity, key: str, m3: Decimal, limit: Decimal) -> Finding:
    return Finding(
        code=f"allowances.{code}",
        severity=severity,
        subject=key,
        evidence=f"{shown(m3)}; {shown(limit)}",
        values=(("account", key), ("m3", shown(m3)), ("limit_m3", shown(limit))),
    )
