"""Projects and permits of the demo city: gates that pass, fail and stay open; permits near their end."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Permit,
    Place,
    Project,
    SourceKind,
    WaterSource,
    WaterUser,
)
from shuiheng.services.gates.decide_gate import GateDecision, decide_gate
from shuiheng.services.gates.keep_fact import EnteredFact, enter_fact
from shuiheng.services.gates.keep_project import ProjectFields, add_project
from shuiheng.services.gates.permit_book import ASKED, PermitNote, note_permit
from shuiheng.services.gates.renewals import begin_renewal
from shuiheng.services.ledger.keep_source import PermitFields, add_permit

BEGUN = date(2024, 1, 1)
CLERK, REVIEWER = "officer", "reviewer"
NEAR_DAYS, LATE_DAYS = 60, 20
EVIDENCE = "演示材料（虚构）"
FACTS = {
    "示例印染有限公司二期": (
        ("argument_approved", "yes"),
        ("saving_plan_made", "yes"),
        ("unconventional_available", "yes"),
        ("unconventional_used", "no"),
    ),
    "示例市东部水厂取水工程": (("argument_approved", "yes"), ("design_capacity_m3", "3000000")),
    "示例宾馆": (("saving_plan_made", "yes"), ("rain_facility_planned", "yes")),
}
DECISIONS = (
    ("示例印染有限公司二期", "water_resources_argument", "passed"),
    ("示例印染有限公司二期", "unconventional", "failed"),
)


def settle_demo_gates(city: Place) -> int:
    """Enter three made-up projects and permits near their end; return how many projects were new.

    Args:
        city: The demo city; nothing is done where its people are not there yet, or a second time.
    """
    clerk = Account.objects.filter(username=CLERK).first()
    reviewer = Account.objects.filter(username=REVIEWER).first()
    if clerk is None or reviewer is None or Project.objects.filter(place=city).exists():
        return 0
    projects = {each.name: add_project(clerk, each) for each in _projects(city)}
    for name, facts in FACTS.items():
        for fact, value in facts:
            entered = EnteredFact(name=fact, value=value, evidence=EVIDENCE)
            enter_fact(clerk, projects[name].pk, entered)
    for name, gate, outcome in DECISIONS:
        decide_gate(reviewer, projects[name].pk, gate, GateDecision(outcome=outcome, reason=EVIDENCE))
    _permits(clerk, city)
    return len(projects)


def _projects(city: Place) -> list[ProjectFields]:
    districts = list(city.children.order_by("order", "pk")) or [city]
    owner = WaterUser.objects.filter(city=city, organisation__name__contains="印染").first()
    return [
        ProjectFields(
            name="示例印染有限公司二期",
            kind="enlarged",
            stage="permit",
            area=districts[0].pk,
            owner=None if owner is None else owner.organisation_id,
            owner_name="示例印染有限公司",
            category="industry",
            planned={"surface": Decimal(200_000), "reclaimed": Decimal(50_000)},
            uses=["气流染色", "连续轧染"],
        ),
        ProjectFields(
            name="示例市东部水厂取水工程",
            kind="new",
            stage="permit",
            area=districts[-1].pk,
            owner_name="示例市供水有限公司",
            category="other",
            planned={"surface": Decimal(2_500_000)},
            approved_on=timezone.localdate() - timedelta(days=400),
        ),
        ProjectFields(
            name="示例宾馆",
            kind="new",
            stage="drawings",
            area=districts[0].pk,
            owner_name="示例宾馆管理公司",
            category="hotel",
            site_area_m2=Decimal(21_000),
            building_area_m2=Decimal(26_000),
            planned={"tap": Decimal(90_000)},
        ),
    ]


def _permits(clerk: Account, city: Place) -> None:
    """Give sources of the city permits that end soon, of one of which the renewal came in."""
    today = timezone.localdate()
    sources = WaterSource.objects.filter(
        user__city=city, kind=SourceKind.ABSTRACTION, user__merged_into__isnull=True
    )
    ends = (NEAR_DAYS, LATE_DAYS, NEAR_DAYS - 1)
    made: list[Permit] = []
    for place, (source, days) in enumerate(
        zip([*sources.order_by("pk")[:2]] * len(ends), ends, strict=False)
    ):
        allowed = PermitFields(
            expires_on=today + timedelta(days=days), volume_m3=Decimal(20_000), purpose="补充取水"
        )
        made.append(add_permit(clerk, source.pk, f"DEMO-取水-{place + 1}", allowed, valid_from=BEGUN))
    if made:
        note_permit(clerk, made[-1].pk, PermitNote(kind=ASKED, on=today, note="延续申请书（虚构）"))
        begin_renewal(clerk, made[-1].pk)
