"""After any run of acts, done or refused, the kept columns of a case are what a replay comes to."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from services.cases.acting import Cast, check_kept, sent
from shuiheng.adapters.records.models import CaseEvidence, ProgrammeCase
from shuiheng.programmes.kind import StepOutcome
from shuiheng.services.cases.add_case_evidence import EvidenceFields, add_case_files, note_case_paper
from shuiheng.services.cases.answer_case import GivenAnswer, answer_case
from shuiheng.services.cases.case_act import Entered
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.end_step import EndedStep, end_case_step
from shuiheng.services.cases.give_up_case import give_up_case
from shuiheng.services.cases.objections import enter_objection, settle_objection
from shuiheng.services.cases.publish_case import publish_case
from shuiheng.services.cases.review_case_evidence import review_case_evidence
from shuiheng.services.cases.revoke_case import revoke_case
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError

pytestmark = pytest.mark.django_db
STEPS = ("apply", "review", "visit", "publicity", "award", "recheck", "upgrade")
ACTS, RARE = 45, 12


@pytest.mark.parametrize("seed", range(2))
def test_kept_columns_follow_any_run_of_acts(cast: Cast, seed: int) -> None:
    chance = Random(seed)  # noqa: S311  the same runs each time
    row = cast.invited()
    cast.score(row, 0)
    refused = 0
    for day in range(1, ACTS):
        act = _act(cast, ProgrammeCase.objects.get(pk=row.pk), chance, day)
        try:
            act()
        except (NotPermittedError, NotThereError, ServiceError):
            refused += 1
    check_kept(row)
    assert 0 < refused < ACTS - 1


def _act(cast: Cast, row: ProgrammeCase, chance: Random, day: int) -> Callable[[], object]:
    """Return one act: mostly what the case needs next, now and then anything by anybody."""
    city, on = cast.city, cast.on(day * 10)
    people = (cast.filer, cast.district, cast.inspector, city.clerk, city.reviewer, city.leader)
    step = chance.choice(row.open_steps or STEPS) if chance.randrange(RARE) else chance.choice(STEPS)
    person, entered = chance.choice(people), Entered(on=on)
    needs = kind_of(row).step(step).evidence
    fields = EvidenceFields(step=step, kind=needs[0].kind, title="档案", on=on)
    outcome = chance.choice([StepOutcome.GO_ON] * 6 + [StepOutcome.RETURN, StepOutcome.REFUSE])
    level = chance.choice(["", "city", "province"])
    ended = EndedStep(
        step=step, outcome=outcome, on=on, reason="不全", level=level, number=chance.choice(["", f"N{day}"])
    )
    raw = CaseEvidence.objects.filter(case=row, is_accepted=None).first()
    is_good = bool(day % 2)
    left = row.objections.filter(is_upheld=None).first()
    points = [GivenAnswer(sort="criterion", name="teaching", value=str(chance.randrange(12)))]
    often: list[Callable[[], object]] = [
        lambda: cast.prove(chance.choice(people), row, step, day * 10),
        lambda: end_case_step(person, row.pk, ended),
        lambda: publish_case(city.clerk, row.pk, step=step, entered=entered),
    ]
    rare: list[Callable[[], object]] = [
        lambda: add_case_files(person, row.pk, fields, [sent(str(day)), sent(f"{day}b")]),
        lambda: note_case_paper(person, row.pk, fields),
        lambda: review_case_evidence(person, raw.pk if raw else 0, is_accepted=is_good, note="看过", on=on),
        lambda: enter_objection(city.clerk, row.pk, words="异议", entered=entered),
        lambda: settle_objection(city.clerk, left.pk if left else 0, is_upheld=False, answer="已核", on=on),
        lambda: answer_case(person, row.pk, points, source="记录", on=on),
    ]
    last: list[Callable[[], object]] = [
        lambda: give_up_case(city.clerk, row.pk, reason="重复", entered=entered),
        lambda: revoke_case(city.leader, row.pk, reason="fraud", words="不实", entered=entered),
    ]
    weight = chance.randrange(40)
    return chance.choice(last if weight == 0 else rare if weight < RARE else often)
