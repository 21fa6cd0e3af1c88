"""Checks of the demo city in all states: late, half signed, passed, with a fault, with an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Check,
    CheckFileKind,
    CheckResult,
    InspectionItem,
    InspectorEntry,
    OrderKind,
    Place,
    WaterUser,
)
from shuiheng.services.inspections.check_steps import content_digest, question_ids
from shuiheng.services.inspections.close_order import prove_order, serve_order
from shuiheng.services.inspections.fill_check import FilledCheck, GivenAnswer, fill_check, sign_check
from shuiheng.services.inspections.keep_check_file import BroughtFile, keep_check_file
from shuiheng.services.inspections.open_checks import CheckPlan, open_check
from shuiheng.services.inspections.order import OrderFields, order
from shuiheng.services.inspections.publish_check import publish_check
from shuiheng.services.inspections.review_check_file import review_check_file
from shuiheng.services.readings.demo_filing import FILING_USER

PEOPLE = ("officer", "reviewer", "inspector", "inspector2", "enterprise")
ACT = "meter_missing"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
"""A picture of one point, in the place of a photo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Demo:
    city: Place
    people: dict[str, Account]
    team: Sequence[int]
    items: Sequence[int]

    def opened(self, user: WaterUser, days: int) -> Check:
        today = timezone.localdate()
        plan = CheckPlan(
            area=self.city.pk,
            items=self.items,
            inspectors=self.team,
            user=user.pk,
            due_on=today + timedelta(days=days),
        )
        return open_check(self.people["officer"], plan)

    def filled(self, row: Check, result: CheckResult, summary: str) -> Check:
        now = timezone.now().replace(second=0, microsecond=0)
        first = next(iter(question_ids(row.items)))
        photo = BroughtFile(content=PICTURE, name="photo.png", question=first)
        keep_check_file(self.people["inspector"], row.pk, photo)
        filled = FilledCheck(
            result=result,
            begun_at=now - timedelta(hours=3),
            ended_at=now - timedelta(hours=2),
            summary=summary,
            present="厂务负责人（演示）",
            is_certificate_shown=True,
            answers={first: GivenAnswer(answer="no" if result == CheckResult.TO_MEND else "yes")},
        )
        return fill_check(self.people["inspector"], row.pk, filled)

    def recorded(self, row: Check, result: CheckResult, summary: str) -> Check:
        row = self.filled(row, result, summary)
        return sign_check(self.people["inspector2"], row.pk, digest=content_digest(row))


def settle_demo_checks(city: Place) -> int:
    """Make the checks; return how many. Again, or without the made-up people, it adds none."""
    people = {each.username: each for each in Account.objects.filter(username__in=PEOPLE)}
    team = list(InspectorEntry.objects.filter(place=city, account__username__in=("inspector", "inspector2")))
    items = list(InspectionItem.objects.filter(place=city, to_on__isnull=True).order_by("number")[:1])
    own = WaterUser.objects.filter(city=city, organisation__name=FILING_USER).first()
    others = WaterUser.objects.filter(city=city, merged_into__isnull=True).exclude(
        organisation__name=FILING_USER
    )
    users = [own, *others.order_by("pk")[:4]]
    is_made = Check.objects.filter(place=city, draw__isnull=True).exists()
    if is_made or len(people) < len(PEOPLE) or len(team) < 2 or not items or None in users:
        return 0
    demo = _Demo(
        city=city,
        people=people,
        team=[each.pk for each in team],
        items=[each.pk for each in items],
    )
    _settle(demo, [each for each in users if each is not None])
    return Check.objects.filter(place=city).count()


def _settle(demo: _Demo, users: Sequence[WaterUser]) -> None:
    ordered = demo.recorded(demo.opened(users[0], 5), CheckResult.TO_MEND, "二号取水口未安装计量设施（演示）")
    _order(demo, ordered)
    for place, user in enumerate(users[1:]):
        row = demo.opened(user, (10, 12, 15, -2)[place])
        if place == 0:
            row = demo.recorded(row, CheckResult.PASSED, "计量设施齐全，台账完整（演示）")
            publish_check(demo.people["reviewer"], row.pk)
        elif place == 1:
            demo.recorded(row, CheckResult.TO_MEND, "抄表记录缺两个月（演示）")
        elif place == 2:
            demo.filled(row, CheckResult.PASSED, "等待另一名检查人员签字（演示）")


def _order(demo: _Demo, row: Check) -> None:
    """Order to mend, on paper and a reviewed photo; the unit has shown what it did."""
    reviewer, today = demo.people["reviewer"], timezone.localdate()
    scan = BroughtFile(content=PICTURE + b"\0", name="record.png", kind=CheckFileKind.SCAN)
    keep_check_file(demo.people["inspector"], row.pk, scan)
    for file in row.files.filter(kind=CheckFileKind.PHOTO):
        review_check_file(reviewer, file.pk, is_accepted=True, note="与现场一致（演示）")
    fields = OrderFields(
        kind=OrderKind.MEND,
        act=ACT,
        measure=":0",
        fault="二号取水口未安装计量设施（演示）",
        reason="首次发现，责令限期安装（演示）",
        files=list(row.files.values_list("pk", flat=True)),
        due_on=today + timedelta(days=30),
        number="演水改〔0000〕1号",
    )
    made = order(reviewer, row.pk, fields)
    serve_order(reviewer, made.pk, served_on=today)
    prove_order(demo.people["enterprise"], made.pk, words="已装表并报装验收（演示）")
