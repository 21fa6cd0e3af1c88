"""The own score is rehearsed by what is known; what only persons give lies between its bounds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, PlanVersion
from shuiheng.services.assessments.rehearse_score import rehearse, schemes_of, wanted_evidence

pytestmark = pytest.mark.django_db
ON, SCHEME = date(2026, 6, 1), "strict_assessment"


def test_what_becomes_known_narrows_the_score(published: PlanVersion, officer: Account) -> None:
    city = published.plan.place
    kind = schemes_of(city, ON)[SCHEME]
    before = rehearse(city, kind, ON)
    assert before.score is not None and before.score.lowest == 0
    assert "reclaimed_rate" in before.score.missing
    enter(city.pk, officer, reclaimed_use_2025=Decimal(250), sewage_treated_2025=Decimal(1000))
    after = rehearse(city, kind, ON)
    assert after.score is not None and after.score.lowest == 5 and after.score.highest == 100
    assert "reclaimed_rate" not in after.score.missing and "reclaimed_rate" in after.facts


def test_schemes_are_those_of_whole_places_and_name_their_papers(published: PlanVersion) -> None:
    schemes = schemes_of(published.plan.place, ON)
    assert SCHEME in schemes and "saving_city" in schemes and "saving_school" not in schemes
    papers = wanted_evidence(schemes[SCHEME])
    assert papers and {step for step, _, _ in papers} == {"rehearse", "check", "submit"}
