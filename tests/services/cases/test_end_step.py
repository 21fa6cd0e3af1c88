"""A step ends with its evidence, by whom it names, with number and term filled in; it may be sent back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.cases.acting import Cast, check_kept, code, sent
from shuiheng.adapters.records.models import Event, Message, ProgrammeCase
from shuiheng.programmes.kind import StepOutcome
from shuiheng.services.cases.add_case_evidence import EvidenceFields, add_case_files
from shuiheng.services.cases.answer_case import GivenAnswer, answer_case
from shuiheng.services.cases.commission_case import commission_case
from shuiheng.services.cases.end_step import EndedStep, end_case_step
from shuiheng.services.cases.keep_case import open_case, state_of
from shuiheng.services.errors import NotPermittedError, NotThereError

pytestmark = pytest.mark.django_db


def test_a_school_goes_from_its_invitation_to_its_certificate(cast: Cast) -> None:
    row = ProgrammeCase.objects.get(pk=cast.certified().pk)
    assert (row.phase, row.reached_level, row.open_steps) == ("reached", "city", [])
    award = cast.on(41)
    assert row.number == f"节水型学校〔{award.year}〕1号"
    assert row.valid_until is not None
    assert row.valid_until == award.replace(year=award.year + 3) or award.month == 2
    assert (row.score_lowest, row.score_highest) == (
        Decimal(70),
        Decimal(80),
    )  # its balance test is not known
    assert state_of(row).ended["visit"].passed_levels == {"city", "province"}
    told = list(Message.objects.filter(kind="case_reached").values_list("organisation", "text"))
    assert [unit for unit, _ in told] == [cast.school.organisation_id]
    assert row.number in told[0][1] and "青禾中学" in told[0][1]
    assert Event.objects.filter(action="case.step_ended", subject=f"case:{row.pk}").count() == 5
    check_kept(row)


def test_a_page_that_is_out_of_date_ends_nothing_and_says_what_happened(cast: Cast) -> None:
    row = cast.invited()
    cast.prove(cast.filer, row, "apply", 1)
    ended, known = EndedStep(step="apply", on=cast.on(1)), row.events.count()
    end_case_step(cast.filer, row.pk, ended, known=known)
    with pytest.raises(Exception, match="step_ended") as refused:
        end_case_step(cast.filer, row.pk, ended, known=known)
    assert refused.value.code == "cases.stale"  # type: ignore[attr-defined]  # a ServiceError
    assert row.events.count() == known + 1


def test_only_whom_the_step_names_ends_it_and_by_evidence(cast: Cast) -> None:
    row = cast.invited()
    apply = EndedStep(step="apply", on=cast.on(1))
    assert code(end_case_step, cast.filer, row.pk, apply) == "programmes.evidence_missing"
    assert code(end_case_step, cast.inspector, row.pk, apply) == "cases.not_your_step"
    assert code(end_case_step, cast.filer, row.pk, replace(apply, actor="district")) == "cases.not_your_step"
    assert code(end_case_step, cast.filer, row.pk, replace(apply, step="moon")) == "programmes.unknown_step"
    tomorrow = timezone.localdate() + timedelta(days=1)
    cast.prove(cast.filer, row, "apply", 1)
    assert code(end_case_step, cast.filer, row.pk, replace(apply, on=tomorrow)) == "cases.future_day"
    with pytest.raises(NotThereError):
        end_case_step(cast.third, row.pk, apply)
    assert row.events.count() == 3


def test_a_visit_below_the_mark_does_not_go_on(cast: Cast) -> None:
    row = cast.invited()
    cast.prove(cast.filer, row, "apply", 1)
    cast.end(cast.filer, row, "apply", 1)
    cast.prove(cast.district, row, "review", 2)
    cast.end(cast.district, row, "review", 2)
    cast.prove(cast.inspector, row, "visit", 3)
    ended = EndedStep(step="visit", on=cast.on(3))
    assert code(end_case_step, cast.inspector, row.pk, ended) == "programmes.below_mark"
    cast.score(row, norm_grade="over")
    assert code(end_case_step, cast.inspector, row.pk, ended) == "programmes.below_mark"
    back = replace(ended, outcome=StepOutcome.RETURN, reason="用水超过定额")
    end_case_step(cast.inspector, row.pk, back)
    again = ProgrammeCase.objects.get(pk=row.pk)
    assert (again.phase, again.open_steps) == ("under_way", ["apply"])
    assert "用水超过定额" in Message.objects.get(kind="case_returned").text
    check_kept(again)


def test_a_balance_test_by_a_third_party_is_returned_once(cast: Cast) -> None:
    city = cast.city
    row = open_case(city.clerk, city.opening("balance_test", "青禾厂", subject=city.about(cast.school)))
    with pytest.raises(NotThereError):
        add_case_files(cast.third, row.pk, EvidenceFields(step="report", kind="report"), [sent("a")])
    commission_case(city.clerk, row.pk, cast.third_unit.pk)
    cast.prove(city.clerk, row, "invitation", 1)
    cast.end(city.clerk, row, "invitation", 1)
    cast.prove(cast.third, row, "report", 10)
    cast.end(cast.third, row, "report", 10, amounts={"tested_m3": Decimal("1234.5")})
    cast.end(city.reviewer, row, "review", 12, outcome=StepOutcome.RETURN, reason="水量不平衡")
    assert "水量不平衡" in Message.objects.get(kind="case_returned", organisation=cast.third_unit).text
    cast.end(cast.third, row, "report", 20, amounts={"tested_m3": Decimal("1200")})
    cast.prove(city.reviewer, row, "review", 21)
    points = [GivenAnswer(sort="criterion", name=each, value="20") for each in ("three_years", "remedies")]
    error = GivenAnswer(sort="fact", name="balance_error", value="0.04")
    answer_case(city.reviewer, row.pk, [*points, error], source="测试报告第二版", on=cast.on(21))
    cast.end(city.reviewer, row, "review", 21)
    done = cast.end(city.clerk, row, "filing", 22)
    kept = ProgrammeCase.objects.get(pk=done.pk)
    assert (kept.phase, kept.amounts) == ("reached", {"tested_m3": "1200"})
    assert kept.valid_until is not None and kept.valid_until > cast.on(22)
    check_kept(kept)


def test_numbers_of_somebody_outside_are_typed_and_stand_once(cast: Cast) -> None:
    row = cast.certified()
    cast.prove(cast.city.clerk, row, "upgrade", 50)
    rise = EndedStep(step="upgrade", on=cast.on(50), level="province")
    assert code(end_case_step, cast.city.clerk, row.pk, rise) == "cases.number_needed"
    other = cast.city.user("青禾二中", use_class="services", industry_code="8334")
    twin = open_case(
        cast.city.clerk, cast.city.opening("saving_school", "青禾二中", subject=cast.city.about(other))
    )
    ProgrammeCase.objects.filter(pk=twin.pk).update(number="浙节水1号")
    typed = replace(rise, number="浙节水1号")
    assert code(end_case_step, cast.city.clerk, row.pk, typed) == "cases.number_taken"
    end_case_step(cast.city.clerk, row.pk, replace(rise, number="浙节水2号"))
    kept = ProgrammeCase.objects.get(pk=row.pk)
    assert (kept.reached_level, kept.number) == ("province", "浙节水2号")
    check_kept(kept)


def test_who_may_only_look_ends_nothing(cast: Cast) -> None:
    row = cast.invited()
    with pytest.raises(NotPermittedError):
        end_case_step(None, row.pk, EndedStep(step="apply"))  # type: ignore[arg-type]  # a visitor
