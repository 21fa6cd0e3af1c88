"""The score sheet shows every criterion with its bounds, and every figure with where it came from."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from services.cases.acting import Cast
from shuiheng.adapters.records.models import CaseAnswer, ProgrammeCase
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.score_case import case_facts, score_case
from shuiheng.web.pages.cases.one.score_sheet import ScoreSheet, missing_name, said_value, score_sheet

pytestmark = pytest.mark.django_db


def _sheet(cast: Cast, row: ProgrammeCase) -> ScoreSheet:
    on, kind = cast.on(3), kind_of(row)
    answers = list(CaseAnswer.objects.filter(superseded_at__isnull=True))
    facts = case_facts(row.place, kind, [row], on)[row.pk]
    found = score_sheet(kind, score_case(row, on), facts, answers)
    assert found is not None
    return found


def test_what_is_unknown_is_named_and_asked_for(cast: Cast) -> None:
    sheet = _sheet(cast, cast.invited())
    assert [verdict for _, _, verdict in sheet.marks] == ["open", "open"]
    assert "用水水平与定额相比" in sheet.missing
    assert any("节水知识进课堂" in name for name in sheet.missing)
    asked = {each.field: each for each in sheet.asked}
    assert asked["criterion-teaching"].most == 10 and asked["fact-norm_grade"].choices[0][0] == "leader"
    assert [code for code, _ in asked["fact-broke_water_law"].choices] == ["yes", "no"]
    veto = next(row for row in sheet.rows if row.is_veto)
    assert veto.truth == "UNKNOWN" and veto.facts[0].value == "" and veto.weight is None


def test_answers_stand_beside_their_criterion_with_their_source(cast: Cast) -> None:
    row = cast.invited()
    cast.score(row)
    sheet = _sheet(cast, row)
    line = next(each for each in sheet.rows if "节水知识进课堂" in each.name)
    assert [(fact.value, fact.source) for fact in line.facts] == [("10", "现场核查记录1号")]
    assert line.is_template and not line.is_open and line.clause == "等权评分模板"
    assert [verdict for _, _, verdict in sheet.marks] == ["passed", "passed"]


def test_points_of_an_earlier_round_stand_beside_the_field_until_they_are_given_anew(cast: Cast) -> None:
    row, on = cast.invited(), cast.on(3)
    kind = kind_of(row)
    given = {"case": row, "sort": "criterion", "source": "记录", "on": on, "given_by": cast.inspector}
    made = {"given_at": timezone.now(), "superseded_at": timezone.now()}
    for value in ("6", "7"):
        CaseAnswer.objects.create(**given, **made, name="teaching", value=value, is_earlier_round=True)
    CaseAnswer.objects.create(**given, **made, name="records", value="9")

    def asked() -> dict[str, tuple[str, str]]:
        answers = list(CaseAnswer.objects.order_by("pk"))
        facts = case_facts(row.place, kind, [row], on)[row.pk]
        sheet = score_sheet(kind, score_case(row, on), facts, answers)
        assert sheet is not None
        return {each.name: (each.value, each.earlier) for each in sheet.asked}

    found = asked()
    assert (found["teaching"], found["records"]) == (("", "7"), ("", ""))
    CaseAnswer.objects.create(**given, given_at=timezone.now(), name="teaching", value="8")
    assert asked()["teaching"] == ("8", "")


def test_what_the_ledger_tells_is_not_asked(cast: Cast) -> None:
    cast.city.metered.meter(cast.school)
    names = {each.field for each in _sheet(cast, cast.invited()).asked}
    assert "fact-metering_rate" not in names and "fact-fixture_rate" in names


def test_a_kind_without_criteria_has_no_sheet() -> None:
    assert score_sheet(shipped_programmes()["campaign"], None, {}, []) is None
    kind = shipped_programmes()["saving_school"]
    bare = score_sheet(kind, None, {}, [])
    assert bare is not None and bare.score is None and bare.asked


def test_values_and_missing_things_are_said_in_words() -> None:
    assert said_value("fixture_rate", Decimal("0.955")) == "95.5 %"
    assert said_value("use_year_m3", Decimal("1200")) == "1,200 m³"
    assert said_value("norm_grade", "over") == "超过定额"
    assert said_value("broke_water_law", False) == "否"
    criteria = shipped_programmes()["saving_school"].criteria
    assert criteria is not None
    assert missing_name(criteria, "points:records").startswith("用水台账")
    assert missing_name(criteria, "rule:a/b") == "规则值 a/b"
    assert missing_name(criteria, "member:balance_test") == "应办名单"
