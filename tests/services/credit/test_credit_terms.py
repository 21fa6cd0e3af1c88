"""Terms of display come from the rulebook by grade and day; without a rule there is none."""

from __future__ import annotations

from datetime import date

import pytest

from services.credit.made_up import City
from shuiheng.services.credit.credit_terms import answer_by, decide_by, display_term, kept_until
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db


def test_the_shipped_terms_begin_with_their_rule(city: City) -> None:
    place = city.metered.place
    term = display_term(place, "severe", date(2026, 4, 1))
    assert (term.least_months, term.most_months, term.is_repairable) == (12, 36, True)
    assert not term.citation.is_binding
    assert term.repair_from(date(2026, 4, 30)) == date(2027, 4, 30)
    assert term.shown_until(date(2026, 8, 31), 6) == date(2027, 2, 28)
    with pytest.raises(ServiceError) as refused:
        display_term(place, "severe", date(2026, 3, 31))
    assert refused.value.code == "credit.no_rule"
    with pytest.raises(ServiceError):
        display_term(place, "unheard", date(2026, 4, 1))


def test_days_to_answer_and_to_decide_are_workdays(city: City) -> None:
    place, monday = city.metered.place, date(2026, 11, 2)
    assert answer_by(place, monday) == decide_by(place, monday) == date(2026, 11, 9)
    assert kept_until(place, date(2024, 2, 29), monday) == date(2029, 2, 28)
