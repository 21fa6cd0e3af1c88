"""Values of a city are proposed by one person, decided by another, and never edited."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from office import make_account
from services.rules.proposals import LADDER, VALUE, a_ladder, accepted, reviewer, the_city
from shuiheng.adapters.records.models import Account, Event, LocalRule, LocalRuleState, Place, PlaceKind, Role
from shuiheng.rules.parameter import Asked
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError, WrongStateError
from shuiheng.services.found_city import found_city, join
from shuiheng.services.rules.local_rules import decide_rule, propose_rule, withdraw_rule
from shuiheng.services.rules.rulebook_now import rulebook_now

pytestmark = pytest.mark.django_db


def _refused(officer: Account, **changed: Any) -> str:
    with pytest.raises(ServiceError) as caught:
        propose_rule(officer, the_city().pk, a_ladder(**changed))
    assert not LocalRule.objects.exists()
    return caught.value.code


def test_the_way_of_a_value_is_written_down(officer: Account) -> None:
    row = accepted(officer)
    assert (row.state, row.proposed_by, row.decided_by) == ("accepted", officer, reviewer())
    withdraw_rule(reviewer(), row.pk, reason="文件废止")
    told = Event.objects.filter(subject=f"local_rule:{row.pk}").values_list("action", "reason")
    assert list(told) == [
        ("local_rule.suggested", "新办法施行"),
        ("local_rule.accepted", ""),
        ("local_rule.withdrawn", "文件废止"),
    ]


@pytest.mark.parametrize("name", ["clause", "printed", "reason", "title", "issuer"])
def test_a_value_without_its_origin_is_refused(officer: Account, name: str) -> None:
    assert _refused(officer, **{name: [] if name == "printed" else " "}) == "rules.field_missing"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({**VALUE, "period": "fortnight"}, "rules.bad_value"),
        ({**VALUE, "colour": "red"}, "rules.bad_value"),
        ({**VALUE, "bands": [{"up_to": None, "multiple": "two"}]}, "rules.bad_value"),
        ({**VALUE, "bands": [{"up_to": None, "multiple": 2}]}, "rules.bad_value"),
        ({**VALUE, "bands": [{"up_to": "0.1", "multiple": "1"}]}, "rules.unusable"),
        ({**VALUE, "bands": [{"up_to": "0.2", "multiple": "1"}] * 2}, "rules.unusable"),
        ("2", "rules.bad_value"),
        (None, "rules.bad_value"),
    ],
)
def test_a_value_that_its_room_cannot_use_is_refused(officer: Account, value: Any, code: str) -> None:
    assert _refused(officer, value=value) == code


def test_days_sources_and_places_must_fit(officer: Account) -> None:
    assert _refused(officer, valid_to=date(2026, 1, 1)) == "rules.ends_early"
    early = {"source": "sd-weihai-water-saving-2017", "valid_from": date(2017, 8, 31)}
    assert _refused(officer, **early) == "rules.before_source"
    assert _refused(officer, area="370102") == "rules.foreign_area"
    with pytest.raises(NotThereError):
        propose_rule(officer, the_city().pk, a_ladder(source="no-such-source"))
    with pytest.raises(NotThereError):
        propose_rule(officer, the_city().pk, a_ladder(rule="charges/poetry"))


def test_a_district_of_the_city_may_have_its_own(officer: Account) -> None:
    Place.objects.create(slug="east", name="东区", kind=PlaceKind.DISTRICT, code="990102", parent=the_city())
    assert propose_rule(officer, the_city().pk, a_ladder(area="990102")).area == "990102"


def test_nobody_decides_on_an_own_proposal(officer: Account) -> None:
    join(officer, the_city().organisations.get(kind="office"), Role.OFFICE_REVIEWER)
    row = propose_rule(officer, the_city().pk, a_ladder())
    with pytest.raises(ServiceError, match=r"rules\.own_proposal"):
        decide_rule(officer, row.pk, is_accepted=True)


def test_a_rejection_needs_a_reason_and_ends_the_matter(officer: Account) -> None:
    row = propose_rule(officer, the_city().pk, a_ladder())
    with pytest.raises(ServiceError, match=r"rules\.reason_needed"):
        decide_rule(reviewer(), row.pk, is_accepted=False)
    decide_rule(reviewer(), row.pk, is_accepted=False, words="倍数与原文不符")
    for again in (
        lambda: decide_rule(reviewer(), row.pk, is_accepted=True),
        lambda: withdraw_rule(reviewer(), row.pk, reason="x"),
    ):
        with pytest.raises(WrongStateError):
            again()


def test_a_value_looser_than_above_is_accepted_only_with_words_and_that_is_told(officer: Account) -> None:
    """The nation decides on receipt within 5 days; 6 is looser."""
    asked = a_ladder(rule="permits/acceptance_days", value="6")
    row = propose_rule(officer, the_city().pk, asked)
    with pytest.raises(ServiceError, match=r"rules\.looser_unexplained"):
        decide_rule(reviewer(), row.pk, is_accepted=True)
    decide_rule(reviewer(), row.pk, is_accepted=True, words="照文件登记，按上级执行")
    told = Event.objects.get(subject=f"local_rule:{row.pk}", action="local_rule.accepted").after
    assert told["findings"] == ["rules.looser_than_upper"]
    held = rulebook_now(the_city()).value("permits/acceptance_days", Asked(area="9901", on=row.valid_from))
    assert held.area == ""


def test_two_values_of_one_first_day_are_not_accepted_on_one_day(officer: Account) -> None:
    first = accepted(officer)
    row = propose_rule(officer, the_city().pk, a_ladder())
    with pytest.raises(ServiceError, match=r"rules\.begins_twice"):
        decide_rule(reviewer(), row.pk, is_accepted=True)
    withdraw_rule(reviewer(), first.pk, reason="录入有误")
    assert decide_rule(reviewer(), row.pk, is_accepted=True).state == LocalRuleState.ACCEPTED


def test_who_proposes_withdraws_a_proposal_and_a_reviewer_what_counts(officer: Account) -> None:
    row = accepted(officer)
    with pytest.raises(NotPermittedError):
        withdraw_rule(officer, row.pk, reason="x")
    later = propose_rule(officer, the_city().pk, a_ladder(valid_from=date(2027, 1, 1)))
    with pytest.raises(ServiceError, match=r"rules\.reason_needed"):
        withdraw_rule(officer, later.pk, reason=" ")
    assert withdraw_rule(officer, later.pk, reason="改报").state == LocalRuleState.WITHDRAWN


def test_readers_and_people_of_other_cities_do_nothing(officer: Account, reader: Account) -> None:
    row = propose_rule(officer, the_city().pk, a_ladder())
    with pytest.raises(NotPermittedError):
        propose_rule(reader, the_city().pk, a_ladder())
    other = make_account("zhou")
    join(other, found_city("另市", slug="other"), Role.OFFICE_REVIEWER)
    join(officer, found_city("另市", slug="other"), Role.READER)
    for act in (
        lambda: decide_rule(other, row.pk, is_accepted=True),
        lambda: withdraw_rule(other, row.pk, reason="x"),
    ):
        with pytest.raises((NotThereError, NotPermittedError)):
            act()
    assert LocalRule.objects.get().rule == LADDER
