"""Compute the allowances of a round in the background: all accounts at once, with a shortage shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    AllowanceRound,
    Job,
    JobKind,
    JobState,
    PlannedAllowance,
    RegionalCap,
    RoundState,
)
from shuiheng.adapters.rulebook.allowance_policy import allowance_policy
from shuiheng.allowances.shortage import Cap
from shuiheng.kernel.derivation import unique_citations
from shuiheng.kernel.derivation_json import citation_json, derivation_json
from shuiheng.kernel.finding import Finding, Severity
from shuiheng.services.allowances.account_rows import AccountRow, account_rows, told_of
from shuiheng.services.allowances.computed_accounts import ComputedAccount, ComputedYear, computed_year
from shuiheng.services.allowances.covered_users import Covered, covered_users, listed_users
from shuiheng.services.allowances.taken_water import past_water
from shuiheng.services.allowances.year_ledger import YearLedger, read_ledger
from shuiheng.services.allowances.year_rules import YearRules, day_of_rules, year_rules
from shuiheng.services.errors import ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.job_steps import ask_job, step
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for, sight

COMPUTE, ROWS_AT_ONCE, STEPS_AT_ONCE = "compute", 1000, 500
CAN_BE_COMPUTED = (RoundState.OPEN, RoundState.COMPUTED)
CAN_BE_ASKED = (*CAN_BE_COMPUTED, RoundState.PUBLISHED)
_COLUMNS = (
    *("water_kind", "method", "computed_m3", "volume_m3", "derivation", "history", "months", "split"),
    "findings",
)


def ask_computation(actor: Actor, key: int) -> Job:
    """Queue the computation of a round; what a person set by hand stays.

    In a published round only those are computed that have no published allowance: users who came to it
    later. They share what is left under the caps, and the round is published again for them.

    Raises:
        WrongStateError: It was reviewed already.
        ServiceError: `allowances.under_way`: it is being computed.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_KEEP)
    with transaction.atomic():
        round_ = row_for(account, Action.ALLOWANCES_KEEP, AllowanceRound, lock=True, pk=key)
        if round_.state not in CAN_BE_ASKED:
            raise WrongStateError(round_.state)
        if is_under_way(round_):
            raise ServiceError("allowances.under_way")
        return ask_job(
            account,
            JobKind.ALLOWANCES,
            title=f"核定 {round_.year} {round_.title}".strip(),
            place=round_.place,
            arguments={"round": round_.pk, "work": COMPUTE},
        )


def is_under_way(round_: AllowanceRound) -> bool:
    """Return whether a job works on a round, or waits for its turn."""
    jobs = Job.objects.filter(kind=JobKind.ALLOWANCES, state__in=(JobState.WAITING, JobState.RUNNING))
    return any(job.arguments.get("round") == round_.pk for job in jobs.filter(place=round_.place))


def compute_round(job: Job) -> Mapping[str, Any]:
    """Do the computation of a round; done again it ends in the same rows."""
    account = job.asked_by
    if account is None:
        raise ServiceError("services.not_permitted", action=Action.ALLOWANCES_KEEP.value)
    round_ = row_for(account, Action.ALLOWANCES_KEEP, AllowanceRound, pk=job.arguments["round"])
    rules = year_rules(round_.place, round_.year)
    ledger = read_ledger(
        round_.place, day_of_rules(round_.year, timezone.localdate()), authority=round_.authority
    )
    covered = covered_by(round_, rules, ledger)
    rows = _rows(account, round_, ledger, covered, rules)
    total = 2 * len(rows)

    def each(done: int) -> None:
        if done % STEPS_AT_ONCE == 0:
            step(job, done, total)

    step(job, 0, total)
    computed = computed_year(rows, rules=rules, caps=caps_of(round_), each=each)
    with transaction.atomic():
        _write(account, round_, computed, rules, covered)
    step(job, total, total)
    unknown = sum(one.volume_m3 is None for one in computed.accounts)
    return {"accounts": len(rows), "unknown": unknown}


def covered_by(round_: AllowanceRound, rules: YearRules, ledger: YearLedger) -> Covered:
    """Return who has to have an allowance in a round.

    Raises:
        ServiceError: `allowances.no_members`: it has no list, and the place no rule.
    """
    if round_.members is not None:
        return listed_users(round_.members)
    if rules.covered is None:
        raise ServiceError("allowances.no_members")
    return covered_users(
        round_.place,
        rules.covered,
        use_year=past_years(round_.year)[-1],
        classes={key: user.use_class for key, user in ledger.users.items()},
        special=ledger.special,
    )


def past_years(year: int) -> Sequence[int]:
    """Return the years that are over before a year, as many as are read, the oldest first."""
    last = min(year, timezone.localdate().year) - 1
    return range(last - allowance_policy().years_of_history + 1, last + 1)


def caps_of(round_: AllowanceRound) -> list[Cap]:
    """Return the caps that stand for the year of a round."""
    rows = RegionalCap.objects.filter(place=round_.place, year=round_.year, superseded_at__isnull=True)
    return [
        Cap(
            m3=row.volume_m3,
            use_class=row.use_class,
            district=row.district.name if row.district is not None else "",
            water=row.water_kind,
            origin=f"regional_cap:{row.pk}",
        )
        for row in rows.select_related("district").order_by("pk")
    ]


def _rows(
    account: Account, round_: AllowanceRound, ledger: YearLedger, covered: Covered, rules: YearRules
) -> list[AccountRow]:
    years = past_years(round_.year)
    water = past_water(sight(account, Action.READINGS_LOOK), round_.place, years)
    seen = sight(account, Action.ALLOWANCES_LOOK)
    told = told_of(seen, round_, years=years, water=water, by_source=rules.by_source)
    people = (ledger.users[key] for key in ledger.users if key in covered.users)
    return [row for user in people for row in account_rows(user, told)]


def _write(
    account: Account, round_: AllowanceRound, computed: ComputedYear, rules: YearRules, covered: Covered
) -> None:
    held = AllowanceRound.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if held.state not in CAN_BE_ASKED:
        raise WrongStateError(held.state)
    standing = {(row.user_id, row.source_id): row for row in held.allowances.all()}
    new: list[PlannedAllowance] = []
    changed: list[PlannedAllowance] = []
    published = {taker for taker, row in standing.items() if row.published_at is not None}
    left = set(standing) - published
    for one in computed.accounts:
        taker = (one.row.user.key, one.row.source.key if one.row.source else None)
        left.discard(taker)
        if taker in published:
            continue
        row = standing.get(taker) or PlannedAllowance(round=held, user_id=taker[0], source_id=taker[1])
        for name, value in _values(one, rules).items():
            setattr(row, name, value)
        (changed if row.pk else new).append(row)
    _leave_out(held, [standing[taker].pk for taker in left])
    PlannedAllowance.objects.bulk_create(new, batch_size=ROWS_AT_ONCE)
    PlannedAllowance.objects.bulk_update(changed, _COLUMNS, batch_size=ROWS_AT_ONCE // 5)
    _note(account, held, computed, rules, covered)


def _note(
    account: Account, held: AllowanceRound, computed: ComputedYear, rules: YearRules, covered: Covered
) -> None:
    """Write with a round by what it was computed and what is wrong with it as a whole."""
    held.computed_at = timezone.now()
    if held.state != RoundState.PUBLISHED:
        held.state = RoundState.COMPUTED
    shares = (one.row.inputs.source_share for one in computed.accounts)
    cited = unique_citations([*rules.citations, *(share.citation for share in shares if share is not None)])
    held.rules = [citation_json(each) for each in cited]
    held.findings = [finding_json(each) for each in computed.findings]
    held.terms = held.terms | {"computed_by": account.pk, "undecided": sorted(covered.unknown)}
    held.save(update_fields=["state", "computed_at", "rules", "findings", "terms"])
    record_event(
        account,
        "allowance_round.computed",
        subject=f"allowance_round:{held.pk}",
        place=held.place,
        after={
            "year": held.year,
            "accounts": len(computed.accounts),
            "without_allowance": sum(one.volume_m3 is None for one in computed.accounts),
        },
    )


def _leave_out(round_: AllowanceRound, keys: Sequence[int]) -> None:
    """Remove accounts that are no longer covered; those that were published once stay, without a volume."""
    gone = round_.allowances.filter(pk__in=keys)
    gone.filter(entries__isnull=True).delete()
    said = Finding(
        code="allowances.not_covered", severity=Severity.NOTE, subject=f"allowance_round:{round_.pk}"
    )
    gone.update(
        computed_m3=None,
        volume_m3=None,
        derivation={},
        months=[],
        split="",
        findings=[finding_json(said)],
        reason="",
        given={},
    )


def _values(one: ComputedAccount, rules: YearRules) -> dict[str, Any]:
    return {
        "water_kind": one.row.source.water if one.row.source else "",
        "method": rules.method.id if rules.method is not None else "",
        "computed_m3": one.computed_m3,
        "volume_m3": one.volume_m3,
        "derivation": derivation_json(one.derivation) if one.derivation is not None else {},
        "history": [each.as_json() for each in one.row.past],
        "months": [str(each) for each in one.split.months] if one.split is not None else [],
        "split": one.split.basis.value if one.split is not None else "",
        "findings": [finding_json(each) for each in one.findings],
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as a round or an allowance keeps it."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "values": dict(finding.values),
    }
