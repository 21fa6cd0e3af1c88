"""The counts of a real plan of one year are computed from the cases of a city."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import QuerySet

from office import the_office
from places import SHARED, needs_real_plans
from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.documents import read_document
from shuiheng.adapters.records.models import Account, Job, PlanDocument, PlanVersion, RegisterTarget
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.plans.document_json import document_json
from shuiheng.services.cases.count_target import TargetCount, count_targets, desk_of
from shuiheng.services.cases.link_targets import linked_targets
from shuiheng.services.compile_version import compile_version
from shuiheng.services.file_store import keep_file
from shuiheng.services.match_units import found_districts
from shuiheng.services.publish_version import publish_version

pytestmark = pytest.mark.django_db
PLAN, COUNTS, LEAST = "003", 66, 0.9
OPENED, END = date(2021, 1, 11), date(2021, 12, 31)
ENDINGS = ("区", "县", "市")
SHORTEST = 3


def _published(officer: Account) -> PlanVersion:
    """Publish the plan in the made-up city, as it is compiled."""
    path = next((SHARED / "plans").glob(f"{PLAN}_*.txt"))
    content = path.read_bytes()
    plan = PlanDocument.objects.create(
        slug="year", title="year", created_by=officer, place=the_office().place
    )
    version = PlanVersion.objects.create(
        plan=plan,
        sequence=1,
        stored_name=keep_file(content).name,
        sha256="0" * 64,
        original_name=path.name,
        byte_count=len(content),
        uploaded_by=officer,
        source_json=document_json(read_document(content, name=path.name)),
    )
    compile_version(Job.objects.create(version=version).pk)
    return publish_version(officer, version.pk, with_doubts=True)


def _counts(targets: QuerySet[RegisterTarget]) -> list[TargetCount]:
    return list(count_targets(desk_of(the_office().place, END), linked_targets(targets)))


@needs_real_plans
@pytest.mark.real_plans
def test_the_counts_of_a_plan_of_one_year_are_computed_from_cases(
    city: CaseCity, officer: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    version = _published(officer)
    targets = RegisterTarget.objects.filter(plan=version.plan, kind="count").select_related("plan__place")
    assert abs(len(targets) - COUNTS) <= 1
    scopes = {each.scope for each in targets if each.scope.endswith(ENDINGS) and "各" not in each.scope}
    seats = found_districts(
        officer, the_office().place_id, sorted(each for each in scopes if len(each) >= SHORTEST)
    )
    before = _counts(targets)
    kinds = {
        served.kind
        for each in before
        if each.linked.how.question is not None
        for served in each.linked.how.question.served
    }
    for number, kind in enumerate(sorted(kinds)):
        subject = shipped_programmes()[kind].subject
        district = seats[number % len(seats)].place_id
        bring_on(city, city.open(kind, f"{kind}一号", sort=subject, district=district, on=OPENED))
    after = _counts(targets)
    computed = [each for each in after if each.value is not None]
    with capsys.disabled():
        print(f"\n{PLAN}: {len(computed)} of {len(after)} counts computed, over {len(kinds)} kinds")
    assert len(computed) >= LEAST * len(after)
    assert {each.value for each in before if each.value is not None} == {0}
    whole = [each for each in computed if each.meant.districts is None and not each.linked.target.scope]
    assert whole and all(each.value for each in whole if not _asks_level(each))
    gained = sum(each.value or 0 for each in computed) - sum(each.value or 0 for each in before)
    assert gained >= len(whole)


def _asks_level(found: TargetCount) -> bool:
    question = found.linked.how.question
    return question is not None and bool(question.level)
