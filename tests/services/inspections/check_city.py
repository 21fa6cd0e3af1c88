"""A made-up city with inspectors and an item, and checks of users in every state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from metered_city import MeteredCity, metered_city
from office import make_account, the_office
from shuiheng.adapters.records.models import (
    Account,
    Check,
    CheckFile,
    CheckFileKind,
    CheckOrder,
    CheckResult,
    InspectionItem,
    InspectorEntry,
    OrderKind,
    Role,
    WaterUser,
)
from shuiheng.services.found_city import join
from shuiheng.services.inspections.check_steps import content_digest
from shuiheng.services.inspections.fill_check import FilledCheck, GivenAnswer, fill_check, sign_check
from shuiheng.services.inspections.keep_check_file import BroughtFile, keep_check_file
from shuiheng.services.inspections.open_checks import CheckPlan, open_check
from shuiheng.services.inspections.order import OrderFields, order
from shuiheng.services.inspections.review_check_file import review_check_file

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
ACT, MEASURE = "meter_missing", ":0"
QUESTIONS = [
    {"id": "meter", "text": "取水口是否装有计量设施", "clause": "第五十三条", "answer": "yes_no"},
    {"id": "reading", "text": "表底数", "clause": "", "answer": "number", "unit": "m³"},
    {"id": "words", "text": "其他情况", "clause": "", "answer": "text"},
]


@dataclass
class CheckedCity:
    """A city with an office of three, two inspectors and one item."""

    metered: MeteredCity
    clerk: Account
    reviewer: Account
    leader: Account
    inspectors: Sequence[Account]
    entries: Sequence[InspectorEntry]
    item: InspectionItem
    users: dict[str, WaterUser] = field(default_factory=dict)

    def user(self, name: str) -> WaterUser:
        """Return the user of this name, made when it is asked for."""
        if name not in self.users:
            self.users[name] = self.metered.user(name, self.metered.districts[0], use_class="industry")
        return self.users[name]

    def filer(self, user: WaterUser) -> Account:
        """Return the person who files for a user."""
        account, is_new = Account.objects.get_or_create(username=f"filer{user.pk}")
        if is_new:
            join(account, user.organisation, Role.ENTERPRISE_FILER)
        return account

    @property
    def question(self) -> str:
        """Return the key of the first question of a check."""
        return f"{self.item.pk}/meter"

    def check(self, name: str = "甲厂", **changes: object) -> Check:
        """Open a check of a user by both inspectors."""
        fields: dict[str, object] = {
            "area": self.metered.districts[0].pk,
            "items": [self.item.pk],
            "inspectors": [each.pk for each in self.entries],
            "user": self.user(name).pk,
        }
        return open_check(self.clerk, CheckPlan(**(fields | changes)))  # type: ignore[arg-type]

    def filled(self, row: Check, result: CheckResult = CheckResult.TO_MEND, **changes: object) -> Check:
        """Let the first inspector fill a check in."""
        return fill_check(self.inspectors[0], row.pk, self.form(result, **changes))

    def form(self, result: CheckResult = CheckResult.TO_MEND, **changes: object) -> FilledCheck:
        """Return what is filled in, of an hour ago."""
        now: datetime = timezone.now()
        fields: dict[str, object] = {
            "result": result,
            "begun_at": now - timedelta(hours=2),
            "ended_at": now - timedelta(hours=1),
            "summary": "二号取水口没有装表",
            "present": "王工",
            "is_certificate_shown": True,
            "answers": {self.question: GivenAnswer(answer="no", note="二号口")},
        }
        return FilledCheck(**(fields | changes))  # type: ignore[arg-type]

    def recorded(self, name: str = "甲厂", result: CheckResult = CheckResult.TO_MEND) -> Check:
        """Return a check with a photo that both inspectors signed."""
        row = self.check(name)
        self.photo(row)
        row = self.filled(row, result)
        return sign_check(self.inspectors[1], row.pk, digest=content_digest(row))

    def photo(self, row: Check, *, mark: bytes = b"") -> CheckFile:
        """Bring a photo of a check."""
        brought = BroughtFile(content=PNG + mark, name="photo.png", question=self.question)
        return keep_check_file(self.inspectors[0], row.pk, brought)

    def scan(self, row: Check) -> CheckFile:
        """Bring a scan of the signed paper."""
        brought = BroughtFile(content=PNG + b"scan", name="record.png", kind=CheckFileKind.SCAN)
        return keep_check_file(self.inspectors[0], row.pk, brought)

    def ordered(self, row: Check, **changes: object) -> CheckOrder:
        """Order to mend what was found, on reviewed photos."""
        for file in row.files.filter(state="raw"):
            review_check_file(self.reviewer, file.pk, is_accepted=True)
        return order(self.reviewer, row.pk, self.fields(row, **changes))

    def fields(self, row: Check, **changes: object) -> OrderFields:
        """Return an order to mend in thirty days."""
        fields: dict[str, object] = {
            "kind": OrderKind.MEND,
            "act": ACT,
            "measure": MEASURE,
            "fault": "二号取水口没有装表",
            "reason": "首次发现，责令限期安装",
            "files": list(row.files.values_list("pk", flat=True)),
            "due_on": timezone.localdate() + timedelta(days=30),
        }
        return OrderFields(**(fields | changes))  # type: ignore[arg-type]


@pytest.fixture
def checked(db: None) -> CheckedCity:
    """A city with one district, an office of three and two inspectors."""
    return make_checked_city()


def make_checked_city() -> CheckedCity:
    """Return a city with one district, an office of three, two inspectors and an item."""
    office = the_office()
    clerk = make_account("clerk", Role.OFFICE_CLERK)
    people = [make_account(name, Role.INSPECTOR, display_name=name) for name in ("inspector1", "inspector2")]
    made = {"made_by": clerk, "made_at": timezone.now()}
    since = date(2026, 1, 1)
    entries = [
        InspectorEntry.objects.create(
            place=office.place,
            organisation=office,
            account=each,
            name=each.username,
            certificate=f"青执{each.pk}",
            from_on=since,
            **made,
        )
        for each in people
    ]
    item = InspectionItem.objects.create(
        place=office.place,
        number="01",
        name="取水计量",
        source="取水许可和水资源费征收管理条例",
        clause="第五十三条",
        questions=QUESTIONS,
        from_on=since,
        **made,
    )
    return CheckedCity(
        metered=metered_city(office.place, office, "东河区"),
        clerk=clerk,
        reviewer=make_account("reviewer", Role.OFFICE_REVIEWER),
        leader=make_account("leader", Role.OFFICE_LEADER),
        inspectors=people,
        entries=entries,
        item=item,
    )
