"""The allowances of a year's accounts before they are written: method, cuts, shortage, months, findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from shuiheng.adapters.rulebook.allowance_policy import allowance_policy
from shuiheng.allowances.checks import CheckLimits, PlannedRow, check_caps, check_row, missing_inputs
from shuiheng.allowances.cuts import after_cuts, keep_what_was_saved
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.methods import Change, planned_allowance
from shuiheng.allowances.model import MONTHS, Outcome, Unknown
from shuiheng.allowances.months import MonthSplit, SplitBasis, split_year
from shuiheng.allowances.shortage import Cap, Claim, Sharing, share_caps, shared_allowance
from shuiheng.kernel.derivation import Derived
from shuiheng.kernel.finding import Finding, Severity
from shuiheng.services.allowances.account_rows import AccountRow
from shuiheng.services.allowances.refusals import refused
from shuiheng.services.allowances.year_rules import YearRules


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedAccount:
    """What comes out for an account.

    Args:
        row: The account.
        computed_m3: What the method gives, cuts taken off; None when inputs are missing.
        volume_m3: What is left of it after a shortage was shared, or what a person set.
        derivation: The steps, or None.
        split: The months.
        findings: What is missing or remarkable.
    """

    row: AccountRow
    computed_m3: Decimal | None
    volume_m3: Decimal | None
    derivation: Derived | None
    split: MonthSplit | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedYear:
    """The accounts of a year, with what is wrong with the year as a whole."""

    accounts: Sequence[ComputedAccount]
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Working:
    """An account while it is computed."""

    row: AccountRow
    derived: Derived | None = None
    findings: list[Finding] = field(default_factory=list)


def computed_year(
    rows: Sequence[AccountRow],
    *,
    rules: YearRules,
    caps: Sequence[Cap],
    each: Callable[[int], None] = lambda done: None,
) -> ComputedYear:
    """Return the allowances of all accounts, with a shortage shared.

    Args:
        rows: The accounts.
        rules: The rules of the year; without a method nothing is computed.
        caps: The regional caps, in any order.
        each: Called with the number of accounts that are done.
    """
    working = []
    for done, row in enumerate(rows, 1):
        working.append(_worked(row, rules))
        each(done)
    claims = {one.row.key: claim for one in working if (claim := _claim(one, rules)) is not None}
    ordered = sorted(caps, key=lambda cap: -sum(map(bool, (cap.district, cap.use_class, cap.water))))
    sharing = _shared(list(claims.values()), ordered, rules)
    accounts = [_finished(one, claims.get(one.row.key), sharing, rules) for one in working]
    planned = [
        _planned(account, claims[account.row.key]) for account in accounts if account.row.key in claims
    ]
    whole = (*sharing.findings, *check_caps(planned, caps), *_rules_missing(rules))
    return ComputedYear(accounts=accounts, findings=whole)


def month_split(
    row: AccountRow, volume_m3: Decimal, *, rules: YearRules, use: Sequence[Decimal | None] | None = None
) -> MonthSplit:
    """Return the months of an allowance: as the user proposed, as last year, or evenly.

    A proposal of another volume gives the shape only.
    """
    step = rules.split_step_m3
    own = [Decimal(str(each)) for each in row.proposal.months] if row.proposal is not None else []
    if len(own) == MONTHS and any(own):
        shape = split_year(volume_m3, last_year=own, step=step)
        return replace(shape, basis=SplitBasis.OWN)
    is_equal = rules.split is not None and rules.split.otherwise is SplitBasis.EQUAL
    last = use if use is not None else (row.past[-1].months if row.past else ())
    return split_year(volume_m3, last_year=() if is_equal else last, step=step)


def _worked(row: AccountRow, rules: YearRules) -> _Working:
    one = _Working(row=row)
    if row.is_unlinked:
        one.findings.append(_note("meter_without_source", row))
    if rules.method is None:
        return one
    try:
        outcome: Outcome = planned_allowance(rules.method, row.inputs, changes=_changes(row, rules))
    except AllowanceError as error:
        said = refused(error)
        values = tuple(said.values.items())
        one.findings.append(Finding(code=said.code, severity=Severity.WARN, subject=row.key, values=values))
        return one
    if isinstance(outcome, Unknown):
        one.findings.append(missing_inputs(row.key, outcome))
    else:
        one.derived = outcome
    return one


def _changes(row: AccountRow, rules: YearRules) -> tuple[Change, ...]:
    """Return what is done to a figure before it is rounded: cuts, and what shown saving keeps."""
    cuts, last, rule = row.cuts, row.last_allowance_m3, rules.cuts
    if rule is None:
        return ()
    changes: list[Change] = []
    if cuts:
        changes.append(lambda worked: after_cuts(worked, cuts, rule=rule))
    if row.given.get("has_saved") and last is not None:
        changes.append(lambda worked: keep_what_was_saved(worked, last_m3=last, rule=rule))
    return tuple(changes)


def _claim(one: _Working, rules: YearRules) -> Claim | None:
    """Return what an account claims; what a person set is kept whole."""
    by_hand = one.row.by_hand_m3
    volume = by_hand if by_hand is not None else one.derived.value if one.derived is not None else None
    if volume is None:
        return None
    user, source = one.row.user, one.row.source
    return Claim(
        key=one.row.key,
        m3=volume,
        use_class=user.use_class,
        district=user.district,
        water=source.water if source is not None else "",
        floor_m3=volume if by_hand is not None else Decimal(0),
    )


def _shared(claims: Sequence[Claim], caps: Sequence[Cap], rules: YearRules) -> Sharing:
    if not caps or rules.sharing is None:
        return Sharing(shares={each.key: each.m3 for each in claims})
    try:
        return share_caps(claims, caps, rule=rules.sharing)
    except AllowanceError as error:
        raise refused(error) from error


def _finished(
    one: _Working,
    claim: Claim | None,
    sharing: Sharing,
    rules: YearRules,
) -> ComputedAccount:
    derived, row = one.derived, one.row
    computed = derived.value if derived is not None else None
    volume = row.by_hand_m3 if row.by_hand_m3 is not None else computed
    if row.by_hand_m3 is None and derived is not None and rules.sharing is not None:
        derived = shared_allowance(derived, sharing.cutbacks.get(row.key, ()), rule=rules.sharing)
        volume = derived.value
    account = ComputedAccount(
        row=row,
        computed_m3=computed,
        volume_m3=volume,
        derivation=derived,
        split=None if volume is None else month_split(row, volume, rules=rules),
        findings=tuple(one.findings),
    )
    if volume is None or claim is None:
        return account
    limits = CheckLimits(jump_share=allowance_policy().jump_share)
    is_short = row.key in sharing.cutbacks  # sharing a shortage is no cut for saving
    found = check_row(_planned(account, claim), limits=limits, cuts=None if is_short else rules.cuts)
    return replace(account, findings=(*account.findings, *found))


def _planned(account: ComputedAccount, claim: Claim) -> PlannedRow:
    row = account.row
    last = row.past[-1] if row.past else None
    return PlannedRow(
        claim=replace(claim, m3=account.volume_m3 if account.volume_m3 is not None else claim.m3),
        permit_m3=row.inputs.permit_m3,
        proposal_m3=row.inputs.proposal_m3,
        last_use_m3=last.m3 if last is not None else None,
        last_months=last.months if last is not None else (),
        last_allowance_m3=row.last_allowance_m3,
        has_saved=bool(row.given.get("has_saved")),
    )


def _rules_missing(rules: YearRules) -> tuple[Finding, ...]:
    wanted = {"method": rules.method, "shortage_sharing": rules.sharing}
    return tuple(
        Finding(
            code="allowances.no_rule",
            severity=Severity.WARN,
            subject=f"allowances/{name}",
            values=(("rule", f"allowances/{name}"),),
        )
        for name, held in wanted.items()
        if held is None
    )


def _note(code: str, row: AccountRow) -> Finding:
    return Finding(
        code=f"allowances.{code}", severity=Severity.WARN, subject=row.key, values=(("account", row.key),)
    )
