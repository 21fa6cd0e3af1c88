"""A city whose office keeps cases, and short words for opening them and bringing them on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from metered_city import MeteredCity, metered_city
from office import make_account, the_office
from shuiheng.adapters.records.models import Account, CaseEvidence, Place, ProgrammeCase, Role, WaterUser
from shuiheng.programmes.case import open_steps
from shuiheng.programmes.events import (
    CaseEvent,
    EvidenceAdded,
    EvidenceReviewed,
    Published,
    StepEnded,
)
from shuiheng.programmes.kind import WITHOUT_END, StepKind
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.keep_case import Opening, add_event, open_case, state_of, tell_case
from shuiheng.services.cases.subjects import Subject

LATER = timedelta(days=40)


@dataclass
class CaseCity:
    """A city with its office and two districts.

    Args:
        metered: The city with its users.
        clerk: A clerk of the office.
        reviewer: Who reviews there.
        leader: Who heads it.
    """

    metered: MeteredCity
    clerk: Account
    reviewer: Account
    leader: Account

    @property
    def district(self) -> Place:
        """Return the first district."""
        return self.metered.districts[0]

    def user(self, name: str, **facts: object) -> WaterUser:
        """Make a water user of the first district."""
        return self.metered.user(name, self.district, **facts)

    def opening(self, kind: str, name: str, *, sort: str = "water_user", **changed: object) -> Opening:
        """Return the opening of a case three years ago about something that only has a name."""
        about = Subject(key=f"name:{name}", name=name, sort=sort, district=self.district.pk)
        given = {"kind": kind, "subject": about, "district": self.district.pk, "on": long_ago()}
        return Opening(**(given | changed))  # type: ignore[arg-type]  # names of Opening

    def open(self, kind: str, name: str, *, sort: str = "water_user", **changed: object) -> ProgrammeCase:
        """Open a case about something that only has a name."""
        return open_case(self.clerk, self.opening(kind, name, sort=sort, **changed))

    def about(self, user: WaterUser) -> Subject:
        """Return a water user as the subject of a case."""
        return Subject(
            key=f"user:{user.pk}",
            name=user.organisation.name,
            sort="water_user",
            user=user.pk,
            organisation=user.organisation_id,
            district=self.district.pk,
        )


def long_ago() -> date:
    """Return a day some time ago; kinds that the program ships were open on it."""
    return timezone.localdate() - timedelta(days=1000)


def bring_on(city: CaseCity, row: ProgrammeCase, *, until: str = "") -> ProgrammeCase:
    """Let each step of a case end in its order, with its evidence, until one has ended, or all have."""
    kind = kind_of(row)
    while (state := state_of(row)) and (steps := open_steps(kind, state)):
        step = kind.step(steps[0])
        enter_steps(city, row, step)
        if step.id == until:
            break
    return row


def enter_steps(city: CaseCity, row: ProgrammeCase, step: StepKind) -> None:
    """Enter what a step needs, and its end."""
    for event in _until_ended(city, row, step, after=row.last_on):
        _take(row, event)


def _take(row: ProgrammeCase, event: CaseEvent) -> None:
    account = Account.objects.get(pk=int(event.by))
    with transaction.atomic():
        if isinstance(event, EvidenceAdded):
            _keep(row, event)
        add_event(account, row, event)
        tell_case(account, row, "case.step_ended")


def _until_ended(city: CaseCity, row: ProgrammeCase, step: StepKind, *, after: date) -> list[CaseEvent]:
    first, second = str(city.clerk.pk), str(city.reviewer.pk)
    kind = kind_of(row)
    ended_by = {event.by for name, event in state_of(row).ended.items() if name in step.other_than}
    person = next(
        str(each.pk) for each in (city.clerk, city.reviewer, city.leader) if str(each.pk) not in ended_by
    )
    found: list[CaseEvent] = []
    for need in step.evidence:
        for number in range(need.least):
            key = f"{step.id}-{need.kind}-{number}-{after}"
            found.append(EvidenceAdded(on=after, by=first, key=key, step=step.id, kind=need.kind))
            if need.is_reviewed:
                found.append(EvidenceReviewed(on=after, by=second, key=key, is_accepted=True))
    day = after + timedelta(days=1)
    if step.publication_days is not None:
        found.append(Published(on=after, by=first, step=step.id))
        day = after + LATER
    gives = step.id in (kind.result.step, "recheck", "upgrade")
    has_end = gives and kind.result.validity != WITHOUT_END
    found.append(
        StepEnded(
            on=day,
            by=person,
            actor=step.who[0],
            step=step.id,
            number=f"N-{row.pk}" if step.needs_number else "",
            valid_until=day + timedelta(days=5 * 366) if has_end else None,
            passed_levels=frozenset({"", *kind.result.levels}),
        )
    )
    return found


def _keep(row: ProgrammeCase, event: EvidenceAdded) -> None:
    CaseEvidence.objects.create(
        case=row,
        key=event.key,
        step=event.step,
        kind=event.kind,
        is_paper=True,
        title="纸质材料",
        submitted_by_id=int(event.by),
        submitted_at=timezone.now(),
    )


@pytest.fixture
def city(db: None) -> CaseCity:
    """A city with two districts and an office of three."""
    office = the_office()
    return CaseCity(
        metered=metered_city(office.place, office, "东河区", "西山区"),
        clerk=make_account("clerk", Role.OFFICE_CLERK),
        reviewer=make_account("reviewer", Role.OFFICE_REVIEWER),
        leader=make_account("leader", Role.OFFICE_LEADER),
    )
