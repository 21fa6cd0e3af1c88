"""Inspections of the demo city: one drawn and published, one that waits for its number, one planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    InspectionDraw,
    InspectionItem,
    Job,
    JobKind,
    JobState,
    Organisation,
    OrganisationKind,
    Place,
    SeedKind,
    WaterUser,
)
from shuiheng.services.inspections.commit_draw import commit_draw
from shuiheng.services.inspections.draw_scope import ObjectKind
from shuiheng.services.inspections.keep_draw import DrawFields, SeedFields, make_draw
from shuiheng.services.inspections.keep_inspectors import InspectorFields, enter_inspector
from shuiheng.services.inspections.keep_items import AnswerForm, ItemFields, Question, enter_item
from shuiheng.services.inspections.make_draw import do_draw, publish_draw
from shuiheng.services.inspections.seal_number import open_number, seal_number

PEOPLE = ("officer", "reviewer", "leader")
SEALED = {"officer": "20260107", "leader": "58140293"}
SOURCE = "演示城市节约用水管理办法（虚构）"
INSPECTORS = (
    ("韩一（演示）", "演0001", "inspector"),
    ("朱二（演示）", "演0002", "inspector2"),
    ("秦三（演示）", "演0003", ""),
    ("尤四（演示）", "演0004", ""),
)
ITEMS = (
    (
        "J01",
        "用水计量设施安装和使用情况",
        "（虚构）第十条",
        (
            Question(text="取用水口是否安装计量设施"),
            Question(text="计量设施是否在检定有效期内"),
            Question(text="抄表读数", answer=AnswerForm.NUMBER, unit="m³"),
        ),
    ),
    (
        "J02",
        "用水计划执行和用水台账情况",
        "（虚构）第十二条",
        (
            Question(text="是否按下达的计划用水"),
            Question(text="用水原始记录和统计台账是否完整"),
            Question(text="存在的问题", answer=AnswerForm.TEXT),
        ),
    ),
    (
        "J03",
        "节水设施建设和使用情况",
        "（虚构）第十五条",
        (Question(text="节水设施是否与主体工程同时投入使用"), Question(text="是否使用淘汰的用水器具")),
    ),
)


def settle_demo_inspections(city: Place) -> int:
    """Make the registers and three inspections; return how many. Again, or without people, it adds none."""
    people = {each.username: each for each in Account.objects.filter(username__in=PEOPLE)}
    users = WaterUser.objects.filter(city=city, merged_into__isnull=True).count()
    if InspectionDraw.objects.filter(place=city).exists() or len(people) < len(PEOPLE) or not users:
        return 0
    clerk, reviewer, today = people["officer"], people["reviewer"], timezone.localdate()
    _registers(clerk, city, today)
    first = _drawn(people, _plan(city, today, size=min(users, 4)))
    publish_draw(reviewer, first.pk)
    waiting = make_draw(clerk, replace(_public(city, today), title="用水单位计划执行随机抽查（演示）"))
    commit_draw(reviewer, waiting.pk)
    make_draw(clerk, _projects(city, today))
    return InspectionDraw.objects.filter(place=city).count()


def _registers(clerk: Account, city: Place, today: date) -> None:
    since = date(today.year, 1, 1)
    office = Organisation.objects.filter(place=city, kind=OrganisationKind.OFFICE).order_by("pk")[0]
    known = set(Account.objects.values_list("username", flat=True))
    for name, certificate, account in INSPECTORS:
        enter_inspector(
            clerk,
            InspectorFields(
                organisation=office.pk,
                name=name,
                certificate=certificate,
                from_on=since,
                account=account if account in known else "",
            ),
        )
    for number, name, clause, questions in ITEMS:
        enter_item(
            clerk,
            city.pk,
            ItemFields(
                number=number, name=name, source=SOURCE, clause=clause, questions=questions, from_on=since
            ),
        )


def _plan(city: Place, today: date, *, size: int) -> DrawFields:
    """Return a draw by sealed numbers, which can be made within a day."""
    items = InspectionItem.objects.filter(place=city, number__in=("J01", "J02"))
    return DrawFields(
        title="重点用水单位双随机抽查（演示）",
        year=today.year,
        area=city.pk,
        items=[each.pk for each in items],
        seed=SeedFields(kind=SeedKind.SEALED_NUMBERS, persons=tuple(SEALED)),
        size=size,
        planned_from=today - timedelta(days=10),
        planned_to=today + timedelta(days=20),
        partners="示例市住房城乡建设局（演示）",
    )


def _public(city: Place, today: date) -> DrawFields:
    """Return a draw that waits for a number that becomes known in a week."""
    seed = SeedFields(
        kind=SeedKind.PUBLIC_NUMBER,
        what="公布日开奖的福利彩票双色球号码，红球由小到大，再写蓝球，每个两位（演示）",
        digits=14,
        known_on=today + timedelta(days=7),
    )
    return replace(
        _plan(city, today, size=2),
        seed=seed,
        partners="",
        planned_from=today + timedelta(days=7),
        planned_to=today + timedelta(days=40),
    )


def _projects(city: Place, today: date) -> DrawFields:
    """Return a draw of projects, still a draft."""
    items = InspectionItem.objects.filter(place=city, number="J03")
    plan = _public(city, today)
    return replace(
        plan,
        title="建设项目节水设施随机抽查（演示）",
        items=[each.pk for each in items],
        scope=replace(plan.scope, kind=ObjectKind.PROJECT),
        size=1,
        planned_from=today + timedelta(days=60),
        planned_to=today + timedelta(days=90),
    )


def _drawn(people: Mapping[str, Account], fields: DrawFields) -> InspectionDraw:
    """Have persons seal numbers, commit, open, and draw."""
    row = make_draw(people["officer"], fields)
    slips = {name: seal_number(people[name], row.pk, number=number) for name, number in SEALED.items()}
    commit_draw(people["reviewer"], row.pk)
    for name, slip in slips.items():
        open_number(people[name], row.pk, number=slip.number, salt=slip.salt)
    for job in Job.objects.filter(kind=JobKind.DRAW, state=JobState.WAITING, arguments__draw=row.pk):
        do_draw(job.pk)
    row.refresh_from_db()
    return row
