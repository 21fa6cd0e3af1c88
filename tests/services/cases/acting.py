"""People who act on cases, and a school that goes from its invitation to its certificate by services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from office import make_account
from services.cases.made_up import CaseCity, long_ago
from shuiheng.adapters.records.models import (
    Account,
    CaseEvidence,
    Organisation,
    OrganisationKind,
    ProgrammeCase,
    Role,
    WaterUser,
)
from shuiheng.programmes.case_state import replay
from shuiheng.programmes.kind import EvidenceNeed
from shuiheng.programmes.tally import tally_of
from shuiheng.services.cases.add_case_evidence import EvidenceFields, SentFile, add_case_files
from shuiheng.services.cases.answer_case import GivenAnswer, answer_case
from shuiheng.services.cases.case_act import Entered
from shuiheng.services.cases.case_course import course_of_history, kind_of
from shuiheng.services.cases.end_step import EndedStep, end_case_step
from shuiheng.services.cases.keep_case import events_of, open_case
from shuiheng.services.cases.kept_tally import read_tally
from shuiheng.services.cases.publish_case import publish_case
from shuiheng.services.cases.review_case_evidence import review_case_evidence
from shuiheng.services.errors import ServiceError
from shuiheng.services.found_city import join, new_slug

SCHOOL = "saving_school"
POINTS = ("management_system", "records", "publicity", "teaching")
FACTS = {
    "broke_water_law": "no",
    "has_allowance": "no",
    "norm_grade": "qualified",
    "metering_rate": "1",
    "fixture_rate": "1",
    "per_capita_ratio": "0.9",
}


@dataclass
class Cast:
    """Who acts on cases of a city.

    Args:
        city: The city.
        district: A clerk of the first district.
        inspector: Who visits.
        filer: Who files for the school.
        school: The school.
        third: Who works for a third party.
        third_unit: The third party.
    """

    city: CaseCity
    district: Account
    inspector: Account
    filer: Account
    school: WaterUser
    third: Account
    third_unit: Organisation
    day: date = field(default_factory=long_ago)

    def on(self, days: int) -> date:
        """Return a day so many days after the case of the school was opened."""
        return self.day + timedelta(days=days)

    def invited(self) -> ProgrammeCase:
        """Open a case of the school."""
        opening = self.city.opening(SCHOOL, "青禾中学", subject=self.city.about(self.school))
        return open_case(self.city.clerk, opening)

    def prove(self, by: Account, row: ProgrammeCase, step: str, days: int, *, but: str = "") -> None:
        """Add the evidence that a step needs, and let a second person accept what needs one."""
        for need in kind_of(row).step(step).evidence:
            for number in range(need.least if need.kind != but else 0):
                piece = self.add(by, row, step, need, days=days, number=number)
                if need.is_reviewed:
                    review_case_evidence(self.city.reviewer, piece.pk, is_accepted=True, on=self.on(days))

    def add(
        self, by: Account, row: ProgrammeCase, step: str, need: EvidenceNeed, *, days: int, number: int = 0
    ) -> CaseEvidence:
        """Add one piece of evidence."""
        fields = EvidenceFields(step=step, kind=need.kind, on=self.on(days))
        return add_case_files(by, row.pk, fields, [sent(f"{step}-{need.kind}-{days}-{number}")])[0]

    def end(self, by: Account, row: ProgrammeCase, step: str, days: int, **said: object) -> ProgrammeCase:
        """End a step."""
        ended = EndedStep(step=step, on=self.on(days), **said)  # type: ignore[arg-type]  # fields of it
        return end_case_step(by, row.pk, ended)

    def score(self, row: ProgrammeCase, days: int = 3, **changed: str) -> None:
        """Enter all that the score of a school asks for."""
        given = [GivenAnswer(sort="criterion", name=name, value="10") for name in POINTS]
        given += [GivenAnswer(sort="fact", name=name, value=v) for name, v in (FACTS | changed).items()]
        answer_case(self.city.clerk, row.pk, given, source="现场核查记录1号", on=self.on(days))

    def visited(self) -> ProgrammeCase:
        """Bring the school to the end of its visit."""
        row = self.invited()
        self.prove(self.filer, row, "apply", 1)
        self.end(self.filer, row, "apply", 1)
        self.prove(self.district, row, "review", 2)
        self.end(self.district, row, "review", 2)
        self.prove(self.inspector, row, "visit", 3)
        self.score(row)
        return self.end(self.inspector, row, "visit", 3)

    def certified(self) -> ProgrammeCase:
        """Bring the school to its certificate."""
        row = self.visited()
        self.prove(self.city.clerk, row, "publicity", 4)
        publish_case(self.city.clerk, row.pk, step="publicity", entered=Entered(on=self.on(4)))
        self.end(self.city.clerk, row, "publicity", 40)
        self.prove(self.city.leader, row, "award", 41)
        return self.end(self.city.leader, row, "award", 41)


def sent(words: str, name: str = "材料.txt") -> SentFile:
    """Return a small file."""
    return SentFile(name=name, content=words.encode())


def code(work: Callable[..., object], *args: object, **named: object) -> str:
    """Return the code with which a service refuses."""
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)
    return refused.value.code


def check_kept(row: ProgrammeCase) -> None:
    """Check that the kept columns of a case are what a replay of its rows comes to."""
    kept = ProgrammeCase.objects.get(pk=row.pk)
    course, events = course_of_history(kind_of(kept)), events_of(kept)
    state = replay(course, events)
    assert (kept.phase, kept.reached_level, kept.number) == (state.phase, state.level, state.number)
    assert (kept.last_on, kept.valid_until) == (state.last_on, state.valid_until)
    assert kept.event_count == len(events)
    told = read_tally(kept.tally, case="1", subject=kept.subject_key, district=str(kept.district_id))
    assert told == tally_of(course, "1", events)
    assert {each.key for each in kept.evidence.all()} == set(state.evidence)
    assert {each.key: each.is_accepted for each in kept.evidence.all()} == {
        key: piece.is_accepted for key, piece in state.evidence.items()
    }
    answers = {each.key: each.is_upheld for each in kept.objections.all()}
    assert {key: answers[key] for key in state.objections} == dict(state.objections)


@pytest.fixture
def cast(city: CaseCity) -> Cast:
    """The people, and a school with one who files for it."""
    school = city.user("青禾中学", use_class="services", industry_code="8334")
    place = city.district
    bureau = _unit("东河区水务局", OrganisationKind.DISTRICT, city)
    third = _unit("青禾测试公司", OrganisationKind.THIRD_PARTY, city)
    found = Cast(
        city=city,
        district=_person("dong", bureau, Role.DISTRICT_CLERK),
        inspector=make_account("inspector", Role.INSPECTOR),
        filer=_person("filer", school.organisation, Role.ENTERPRISE_FILER),
        school=school,
        third=_person("tester", third, Role.THIRD_PARTY),
        third_unit=third,
    )
    assert place == bureau.place
    return found


def _unit(name: str, kind: OrganisationKind, city: CaseCity) -> Organisation:
    place = city.district if kind == OrganisationKind.DISTRICT else city.metered.place
    return Organisation.objects.create(slug=new_slug("unit"), name=name, kind=kind, place=place)


def _person(name: str, unit: Organisation, role: Role) -> Account:
    account = Account.objects.create(username=name)
    join(account, unit, role)
    return account
