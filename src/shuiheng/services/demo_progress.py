"""Reports of the made-up city: some filed, some accepted, one sent back, the rest missing."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    PeriodKind,
    PlanDocument,
    Progress,
    RegisterTask,
    ReportingPeriod,
)
from shuiheng.services.draft_report import Heading, draft_report
from shuiheng.services.errors import ServiceError
from shuiheng.services.file_progress import file_progress
from shuiheng.services.keep_meeting import Decided, Minutes, add_decision, record_meeting
from shuiheng.services.open_period import first_day_of, open_period
from shuiheng.services.permission import Action
from shuiheng.services.progress_content import ProgressContent
from shuiheng.services.rectify import Fault, open_rectification
from shuiheng.services.review_progress import accept_progress, return_progress, review_progress
from shuiheng.services.save_progress import save_progress
from shuiheng.services.scope import own_organisations

SAID = (
    "（演示数据）已完成实施方案编制和现场调查，正在组织施工。",
    "（演示数据）已按计划完成本期工作，资料已归档。",
    "（演示数据）已召开协调会明确分工，前期手续办理完毕。",
)
OBSTACLE, NEXT = "（演示数据）部分资金尚未到位。", "（演示数据）下期完成主体工程并组织验收。"
SHARE_DONE = Decimal("0.6")
COUNT_UNITS = frozenset({"个", "家", "座", "处", "项", "台", "套", "km", "mu", "m3"})


def settle_demo_progress(officer: Account, plan: PlanDocument) -> ReportingPeriod | None:
    """Open the last half-year of the made-up plan and let its people report; doing it twice adds nothing.

    Returns:
        The period, or None when reports stand already.
    """
    people = {
        name: Account.objects.get(username=name) for name in ("partner", "district", "reviewer", "leader")
    }
    period = _period(officer, plan)
    if period.progress.exists():
        return None
    filed = [*_file(people["partner"], period), *_file(people["district"], period)]
    for place, progress in enumerate(filed):
        if place % 4 == 3:
            return_progress(
                people["reviewer"],
                progress.pk,
                reason="（演示数据）请补充完成数量。",
                marked_field="done_text",
            )
        elif place % 4 < 2:
            review_progress(people["reviewer"], progress.pk)
            accept_progress(people["leader"], progress.pk)
    _coordinate(officer, plan, people["partner"])
    draft_report(
        officer,
        period.pk,
        Heading(signer=f"{plan.place.name}节约用水办公室", addressees=("市发展改革委", "市水利局")),
    )
    return period


def _period(officer: Account, plan: PlanDocument) -> ReportingPeriod:
    this = first_day_of(PeriodKind.HALF_YEAR, timezone.localdate())
    first = date(this.year, 1, 1) if this.month > 1 else date(this.year - 1, 7, 1)
    standing = plan.periods.filter(kind=PeriodKind.HALF_YEAR, starts_on=first).first()
    if standing is not None:
        return standing
    try:
        return open_period(officer, plan.slug, kind=PeriodKind.HALF_YEAR, first=first)
    except ServiceError:
        due = date(this.year, this.month, 15)
        return open_period(officer, plan.slug, kind=PeriodKind.HALF_YEAR, first=first, due_on=due)


def _file(person: Account, period: ReportingPeriod) -> list[Progress]:
    """Report on every second task that the units of a person lead or join."""
    units = own_organisations(person, Action.PROGRESS_FILE)
    tasks = RegisterTask.objects.filter(
        plan=period.plan,
        withdrawn_at__isnull=True,
        parties__organisation__in=units,
        parties__to_on__isnull=True,
    )
    found = []
    for place, task in enumerate(tasks.distinct().order_by("order", "pk")):
        if place % 3 == 2:
            continue
        unit = task.parties.filter(organisation__in=units, to_on__isnull=True).first()
        if unit is not None:
            saved = save_progress(
                person,
                _content(task, place),
                period=period.pk,
                task=task.pk,
                organisation=unit.organisation_id,
            )
            found.append(file_progress(person, saved.pk))
    return found


def _content(task: RegisterTask, place: int) -> ProgressContent:
    return ProgressContent(
        done_text=SAID[place % len(SAID)],
        obstacles=OBSTACLE if place % 3 == 1 else "",
        next_step=NEXT,
        values={
            target.pk: (target.value * SHARE_DONE).quantize(Decimal(1), ROUND_HALF_UP)
            for target in task.targets.filter(withdrawn_at__isnull=True, value__isnull=False)
            if target.unit in COUNT_UNITS and target.value is not None
        },
    )


def _coordinate(officer: Account, plan: PlanDocument, partner: Account) -> None:
    unit = partner.memberships.select_related("organisation").order_by("pk").first()
    if unit is None:
        return
    other = (
        Organisation.objects.filter(place=plan.place).exclude(pk=unit.organisation_id).order_by("pk").first()
    )
    today = timezone.localdate()
    minutes = Minutes(
        title="节水工作联席会议（演示）",
        held_on=today,
        text="（演示数据）听取上半年进展情况，研究未完成事项。",
        present=[unit.organisation_id],
    )
    meeting = record_meeting(officer, plan.slug, minutes)
    joint = [other.pk] if other else []
    add_decision(
        officer,
        meeting.pk,
        Decided(
            words="（演示数据）对重点用水企业计量设施开展一次排查。",
            leads=[unit.organisation_id],
            joint=joint,
        ),
    )
    fault = Fault(
        organisation=unit.organisation_id,
        words="（演示数据）两家企业未建立用水台账。",
        basis="（演示数据）现场检查记录",
        found_on=today,
        due_on=date(today.year, 12, 31),
    )
    open_rectification(officer, plan.slug, fault)
