"""A made-up city with users to inspect, inspectors of its office, an item, and draws of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone

from metered_city import MeteredCity, metered_city
from office import make_account, the_office
from shuiheng.adapters.records.models import (
    Account,
    InspectionDraw,
    InspectionItem,
    InspectorEntry,
    Job,
    JobKind,
    Role,
    SeedKind,
    WaterUser,
)
from shuiheng.services.inspections.commit_draw import commit_draw
from shuiheng.services.inspections.draw_scope import DrawScope
from shuiheng.services.inspections.keep_draw import DrawFields, SeedFields, make_draw
from shuiheng.services.inspections.keep_inspectors import InspectorFields, enter_inspector
from shuiheng.services.inspections.keep_items import ItemFields, Question, enter_item
from shuiheng.services.inspections.make_draw import do_draw, enter_public_number

EARLIER, DIGITS = date(2026, 1, 1), "03142608151927"


@dataclass
class InspectedCity:
    """A city with those who plan and release inspections, an item, and users to be inspected."""

    metered: MeteredCity
    clerk: Account
    reviewer: Account
    leader: Account
    item: InspectionItem
    users: list[WaterUser]
    inspectors: list[InspectorEntry]

    @property
    def today(self) -> date:
        """The day that the city lives."""
        return timezone.localdate()

    def fields(self, *, persons: Sequence[str] = (), **others: object) -> DrawFields:
        """Return what is planned of a draw, by a public number or by numbers that persons seal."""
        seed = SeedFields(kind=SeedKind.SEALED_NUMBERS, persons=persons)
        if not persons:
            seed = SeedFields(
                kind=SeedKind.PUBLIC_NUMBER,
                what="某日公布的号码，每个两位",
                digits=len(DIGITS),
                known_on=self.today + timedelta(days=1),
            )
        given: dict[str, object] = {"title": "用水单位抽查", "year": 2026, "area": self.metered.place.pk}
        given |= {"items": [self.item.pk], "seed": seed, "size": 2, "scope": DrawScope()} | others
        return DrawFields(**given)  # type: ignore[arg-type]  # named at the call

    def plan(self, **others: object) -> InspectionDraw:
        """Plan a draw."""
        return make_draw(self.clerk, self.fields(**others))  # type: ignore[arg-type]  # as `fields`

    def committed(self, **others: object) -> InspectionDraw:
        """Plan a draw and commit to it."""
        return commit_draw(self.reviewer, self.plan(**others).pk)

    def drawn(self, monkeypatch: pytest.MonkeyPatch, **others: object) -> InspectionDraw:
        """Plan a draw, commit to it, and enter the number on the day after."""
        row = self.committed(**others)
        self.next_day(monkeypatch)
        enter_public_number(self.clerk, row.pk, digits=DIGITS, source="某网", read_on=self.today)
        return do_draws(row)

    def next_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let a day go by."""
        now = timezone.now() + timedelta(days=1)
        monkeypatch.setattr(timezone, "now", lambda: now)


def do_draws(row: InspectionDraw) -> InspectionDraw:
    """Do the job of a draw that was queued."""
    for job in Job.objects.filter(kind=JobKind.DRAW, state="waiting"):
        do_draw(job.pk)
    row.refresh_from_db()
    return row


@pytest.fixture
def city(db: None) -> InspectedCity:
    """A city with one district, six users, three inspectors and an item."""
    office = the_office()
    metered = metered_city(office.place, office, "东河区")
    clerk = make_account("clerk", Role.OFFICE_CLERK)
    users = [metered.user(f"{name}厂", metered.districts[0], use_class="industry") for name in "甲乙丙丁戊己"]
    item = ItemFields(
        number="S01",
        name="计划用水执行",
        source="青禾市节水条例",
        clause="第九条",
        questions=[Question(text="是否安装取用水计量设施")],
        from_on=EARLIER,
    )
    people = [
        InspectorFields(organisation=office.pk, name=name, certificate=f"执{order}", from_on=EARLIER)
        for order, name in enumerate(("周一", "吴二", "郑三"))
    ]
    return InspectedCity(
        metered=metered,
        clerk=clerk,
        reviewer=make_account("reviewer", Role.OFFICE_REVIEWER),
        leader=make_account("leader", Role.OFFICE_LEADER),
        item=enter_item(clerk, office.place.pk, item),
        users=users,
        inspectors=[enter_inspector(clerk, each) for each in people],
    )
