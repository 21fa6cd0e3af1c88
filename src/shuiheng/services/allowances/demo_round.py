"""The plan of the present year for all users of the demo city, when its made-up meters are loaded."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    AllowanceProposal,
    AllowanceRound,
    Job,
    JobState,
    Place,
    PlannedAllowance,
    RoundState,
    UserFact,
)
from shuiheng.adapters.records.queries_source_use import Taker, use_of_sources
from shuiheng.adapters.records.use_figures import Use
from shuiheng.allowances.model import MONTHS
from shuiheng.metering.civil_time import months_before
from shuiheng.services.allowances.compute_round import ask_computation
from shuiheng.services.allowances.demo_allowances import CAP_BASIS, INDUSTRY_M3, MARK
from shuiheng.services.allowances.keep_cap import CapFields, set_cap
from shuiheng.services.allowances.publish_round import ask_publication, unpublished
from shuiheng.services.allowances.round_jobs import work_on_round
from shuiheng.services.allowances.year_ledger import read_ledger
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, remember_memberships
from shuiheng.services.scope import sight

REASON, INDUSTRY, WAIT_SECONDS = "按近十二个月用水申报（演示）", "industry", 0.5
SHARES = (Decimal("0.93"), Decimal("0.98"), Decimal("1.02"), Decimal("1.08"), Decimal("1.15"))
"""Of its use a user proposes so much: some too little, most a little more."""
CAP_SHARE, CAP_STEP, LITRES_OF_M3 = Decimal("0.97"), Decimal(10_000), Decimal(1000)
ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def extend_demo_round(city: Place) -> int:
    """Give all users of the demo's ledger an allowance of this year; return how many are new.

    They propose what they used in the last twelve months; the cap for industry is raised and does not
    suffice again. Doing it again adds nothing; without the demo's plan there is nothing to do.
    """
    year = timezone.localdate().year
    round_ = AllowanceRound.objects.filter(place=city, year=year, state=RoundState.PUBLISHED).first()
    officer, leader = (Account.objects.filter(username=name).first() for name in ("officer", "leader"))
    if round_ is None or officer is None or leader is None:
        return 0
    remember_memberships(officer)
    if not _propose(officer, round_):
        return 0
    _ended(ask_computation(officer, round_.pk))
    set_cap(officer, city.pk, _cap(round_))
    _ended(ask_computation(officer, round_.pk))
    new = unpublished(round_).count()
    _ended(ask_publication(leader, round_.pk, mark=MARK, with_unchecked=True))
    return new


def _propose(officer: Account, round_: AllowanceRound) -> int:
    """Enter what users without an allowance propose; return how many that are."""
    this_month = timezone.localdate().replace(day=1)
    months = [months_before(this_month, back) for back in range(1, MONTHS + 1)]
    water = use_of_sources(sight(officer, Action.READINGS_LOOK), months, city=round_.place_id)
    held = set(round_.allowances.values_list("user_id", flat=True))
    held |= set(round_.proposals.values_list("user_id", flat=True))
    households = UserFact.objects.filter(superseded_at__isnull=True, use_class="residential")
    held |= set(households.values_list("subject_id", flat=True))
    ledger = read_ledger(round_.place, timezone.localdate())
    permits = {each.key: each.permit_m3 for one in ledger.users.values() for each in one.sources}
    rows = []
    for (user, source), found in sorted(water.items(), key=lambda each: (each[0][0], each[0][1] or 0)):
        volumes = _proposed(found, months, SHARES[user % len(SHARES)])
        if user not in held and source is not None and volumes is not None:
            permitted = _within(volumes, permits.get(source))
            rows.append(_proposal(officer, round_, (user, source), permitted))
    with transaction.atomic():
        for row in AllowanceProposal.objects.bulk_create(rows, batch_size=500):
            record_event(
                officer,
                "water_user.allowance_proposed",
                subject=f"water_user:{row.user_id}",
                place=round_.place,
                after={"proposal": row.pk, "year": round_.year, "volume_m3": str(row.volume_m3)},
            )
    return len(rows)


def _proposed(found: Mapping[date, Use], months: Sequence[date], share: Decimal) -> list[Decimal] | None:
    """Return whole m³ of twelve months, January first, or None where a month is not known."""
    litres = {month.month: found[month].litres if month in found else None for month in months}
    held = [litres[month] for month in range(1, MONTHS + 1)]
    known = [Decimal(each) for each in held if each is not None]
    return [each / LITRES_OF_M3 * share // 1 for each in known] if len(known) == MONTHS else None


def _within(months: Sequence[Decimal], permit_m3: Decimal | None) -> Sequence[Decimal]:
    """Return months that come to no more than a permit allows."""
    total = sum(months, Decimal(0))
    if permit_m3 is None or total <= permit_m3:
        return months
    return [each * permit_m3 // total for each in months]


def _proposal(
    officer: Account, round_: AllowanceRound, taker: Taker, months: Sequence[Decimal]
) -> AllowanceProposal:
    return AllowanceProposal(
        round=round_,
        user_id=taker[0],
        source_id=taker[1],
        volume_m3=sum(months, Decimal(0)),
        months=[str(each) for each in months],
        reason=REASON,
        filed_by=officer,
        filed_at=timezone.now(),
    )


def _cap(round_: AllowanceRound) -> CapFields:
    """Return a cap for industry that is a little less than what it asks for."""
    works = UserFact.objects.filter(superseded_at__isnull=True, valid_to__isnull=True, use_class=INDUSTRY)
    rows = PlannedAllowance.objects.filter(
        round=round_, published_at__isnull=True, user__in=works.values("subject")
    )
    asked = rows.aggregate(total=Sum("computed_m3"))["total"] or Decimal(0)
    volume = INDUSTRY_M3 + asked * CAP_SHARE // CAP_STEP * CAP_STEP
    return CapFields(year=round_.year, volume_m3=volume, basis=CAP_BASIS, use_class=INDUSTRY)


def _ended(job: Job) -> None:
    """Do a job here, or wait until the worker that took it has done it."""
    work_on_round(job.pk)
    while job.state not in ENDED:
        job.refresh_from_db()
        if job.state not in ENDED:
            time.sleep(WAIT_SECONDS)
