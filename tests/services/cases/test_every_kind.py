"""A case of every kind goes from its opening to result, recheck and revocation, and is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from services.cases.made_up import CaseCity, bring_on, enter_steps
from shuiheng.adapters.records.models import CaseHolding, ProgrammeCase, Project
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.programmes.counting import CountQuestion, count_cases
from shuiheng.programmes.events import Revoked
from shuiheng.programmes.kind import CountWay, ProgrammeKind
from shuiheng.services.cases.candidates import listed_sorts
from shuiheng.services.cases.eligibility import MAY_OPEN, run_eligibility
from shuiheng.services.cases.keep_case import add_event, tell_case
from shuiheng.services.cases.kept_tally import read_tally
from shuiheng.services.cases.list_subjects import list_subjects
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = [pytest.mark.django_db, pytest.mark.any_database("kinds are the same on every database")]
KINDS = shipped_programmes()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_case_goes_from_its_opening_to_its_recheck(city: CaseCity, kind: ProgrammeKind) -> None:
    row = city.open(kind.id, "青禾一号", sort=kind.subject)
    assert not _counted(row, kind)
    bring_on(city, row)
    assert (row.phase, row.open_steps) == ("reached", [])
    assert set(_counted(row, kind)) == {rule.id for rule in kind.counts}
    if kind.result.recheck is not None:
        held_until = row.valid_until
        enter_steps(city, row, kind.result.recheck)
        assert row.holding == CaseHolding.VALID
        assert held_until is None or (row.valid_until is not None and row.valid_until > held_until)
    if kind.result.revocations:
        with transaction.atomic():
            reason = kind.result.revocations[0].id
            on = row.last_on + timedelta(days=1)
            add_event(city.leader, row, Revoked(on=on, by=str(city.leader.pk), reason=reason))
            tell_case(city.leader, row, "case.revoked")
        assert row.phase == "revoked" and not _counted(row, kind)


def test_every_kind_has_an_eligibility_run_that_finds_somebody(city: CaseCity) -> None:
    place, today = city.metered.place, timezone.localdate()
    city.user("示例厂", use_class="industry")
    Project.objects.create(
        place=place, name="示例项目", area=city.district, made_by=city.clerk, made_at=timezone.now()
    )
    for sort in listed_sorts(place, today):
        list_subjects(city.clerk, sort, "示例对象\t东河区")
    seen = sight(city.clerk, Action.CASES_KEEP)
    found = {name: run_eligibility(seen, place, kind, today) for name, kind in KINDS.items()}
    assert len(found) == len(KINDS) > 60
    assert all(found.values()), [name for name, candidates in found.items() if not candidates]
    openable = {name for name, run in found.items() if any(each.standing in MAY_OPEN for each in run)}
    assert len(openable) == len(KINDS), set(KINDS) - openable


def _counted(row: ProgrammeCase, kind: ProgrammeKind) -> list[str]:
    """Return the counts in which a case stands on its last day."""
    tally = read_tally(row.tally, case=str(row.pk), subject=row.subject_key, district=str(row.district_id))
    questions = {
        rule.id: CountQuestion(rule=rule, on=row.last_on, way=CountWay.STANDING, levels=kind.result.levels)
        for rule in kind.counts
    }
    return [name for name, question in questions.items() if count_cases([tally], question).cases]
