"""Lists are drawn from what is known, adopted once, and withdrawn with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from office import make_account, the_office
from services.ledger.used_city import add_used, add_user
from shuiheng.adapters.records.models import (
    Account,
    Event,
    MemberList,
    MemberRow,
    Organisation,
    Place,
    Role,
    SettledMonth,
    WaterUser,
)
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import join
from shuiheng.services.ledger.keep_water_user import WaterUserFields, change_water_user
from shuiheng.services.ledger.member_lists import adopt_list, draw_lists, withdraw_list

pytestmark = pytest.mark.django_db
RULE, LIMIT_MONTH = "book:water_manager_national", 8_333  # 12 × 8,333 m³ is just below 100,000 m³
JULY = date(2025, 7, 1)


def _draw(officer: Account, year: int = 2026, rule: str = RULE) -> MemberList:
    (found,) = draw_lists(officer, the_office().place.pk, year=year, rule=rule)
    return found


def _rows(listed: MemberList) -> dict[int, tuple[str, str]]:
    return {row.user_id: (row.standing, row.values["change"]) for row in listed.rows.all()}


def _raise_july(user: WaterUser, by_litres: int) -> None:
    row = SettledMonth.objects.get(meter__user=user, month=JULY)
    SettledMonth.objects.filter(pk=row.pk).update(by_time_litres=(row.by_time_litres or 0) + by_litres)


def test_the_limit_itself_is_out_by_a_rule_that_says_more_than(officer: Account) -> None:
    at, above = (add_used(officer, name, LIMIT_MONTH) for name in ("甲厂", "乙厂"))
    _raise_july(at, 4_000)  # 100,000 m³ exactly
    _raise_july(above, 4_001)
    assert {key: row[0] for key, row in _rows(_draw(officer)).items()} == {at.pk: "out", above.pk: "in"}


def test_the_limit_itself_is_in_by_a_rule_that_says_from(officer: Account) -> None:
    at, below = (add_used(officer, name, 41_666) for name in ("甲厂", "乙厂"))
    _raise_july(at, 8_000)  # 500,000 m³ exactly
    _raise_july(below, 7_999)
    rows = _rows(_draw(officer, rule="book:key_list_national"))
    assert (rows[at.pk][0], rows[below.pk][0]) == ("in", "out")


def test_missing_months_never_put_a_user_out(officer: Account) -> None:
    great = add_used(officer, "甲厂", 20_000, silent=(1, 2))
    small, bare = add_used(officer, "乙厂", 1, silent=(1,)), add_user(officer, "丙厂")
    other, nobody = add_used(officer, "丁宅", 1, use_class="residential"), add_user(officer, "戊", "")
    listed = _draw(officer)
    standings = {key: row[0] for key, row in _rows(listed).items()}
    assert standings == {great.pk: "in", small.pk: "unknown", bare.pk: "unknown", nobody.pk: "unknown"}
    assert other.pk not in standings and listed.terms["aside"] == 1
    assert listed.terms["counts"] == {"in": 1, "out": 0, "unknown": 3}
    row = listed.rows.get(user=small)
    assert (row.litres, row.values["doubts"]) == (11_000, ["amount"])
    assert row.values["shares"][2] == round(31 / 365, 4)
    assert listed.rows.get(user=nobody).values["doubts"] == ["amount", "use_class"]


def test_a_member_only_by_estimates_is_marked(officer: Account) -> None:
    user = add_used(officer, "甲厂", LIMIT_MONTH, silent=(7,))
    SettledMonth.objects.filter(month=JULY).update(
        missing_seconds=0, estimated_seconds=31 * 86_400, estimated_litres=20_000_000
    )
    row = _draw(officer).rows.get(user=user)
    assert (row.standing, row.values["hangs"], row.values["estimated"]) == ("in", True, 20_000_000)


def test_a_list_drawn_again_is_the_same_and_a_correction_draws_the_draft_anew(officer: Account) -> None:
    user = add_used(officer, "甲厂", LIMIT_MONTH)
    first = _draw(officer)
    written = Event.objects.count()
    assert (_draw(officer).pk, Event.objects.count()) == (first.pk, written)
    _raise_july(user, 5_000)
    again = _draw(officer)
    assert again.pk == first.pk and _rows(again)[user.pk][0] == "in"
    assert Event.objects.filter(action="member_list.drawn").count() == 2


def test_who_entered_stayed_and_left_is_told_against_the_year_before(officer: Account) -> None:
    stays = add_used(officer, "甲厂", 20_000)
    enters, leaves = (add_used(officer, name, 20_000, years=()) for name in ("乙厂", "丙厂"))
    for user, low in ((enters, 2024), (leaves, 2025)):
        meter = user.meters.get()
        for year in (2024, 2025):
            for month in range(1, 13):
                SettledMonth.objects.create(
                    meter=meter,
                    month=date(year, month, 1),
                    by_time_litres=1_000 if year == low else 20_000_000,
                    measured_seconds=31 * 86_400,
                )
    listed = _draw(officer)
    assert _rows(listed) == {
        stays.pk: ("in", "stayed"),
        enters.pk: ("in", "entered"),
        leaves.pk: ("out", "left"),
    }
    assert listed.terms["against"] == {"year": 2025, "unknown": 0}
    assert listed.terms["changes"] == {"entered": 1, "stayed": 1, "left": 1, "doubted": 0}


def test_an_adopted_list_is_what_the_next_year_is_held_against(officer: Account) -> None:
    user = add_used(officer, "甲厂", 20_000, years=(2023, 2024))
    gone = add_used(officer, "乙厂", 20_000, years=(2023, 2024))
    before = adopt_list(officer, _draw(officer, 2025).pk)
    closed = WaterUserFields(
        name="乙厂", district=the_office().place.pk, no_code_reason="注销", is_open=False
    )
    change_water_user(officer, gone.pk, closed, valid_from=date(2025, 12, 1), reason="注销")
    listed = _draw(officer)
    assert listed.terms["against"] == {"list": before.pk}
    assert _rows(listed) == {user.pk: ("unknown", "doubted"), gone.pk: ("out", "left")}


def test_one_adopted_list_stands_until_it_is_withdrawn(officer: Account) -> None:
    user = add_used(officer, "甲厂", LIMIT_MONTH)
    adopted = adopt_list(officer, _draw(officer).pk)
    assert _draw(officer).pk == adopted.pk  # nothing new to say
    _raise_july(user, 5_000)
    draft = _draw(officer)
    assert draft.pk != adopted.pk and _rows(adopted)[user.pk][0] == "out"
    with pytest.raises(ServiceError, match="list_adopted"):
        adopt_list(officer, draft.pk)
    with pytest.raises(ServiceError, match="reason_needed"):
        withdraw_list(officer, adopted.pk, reason=" ")
    withdraw_list(officer, adopted.pk, reason="表计更正")
    assert adopt_list(officer, draft.pk).adopted_by == officer
    for call in (
        lambda: adopt_list(officer, draft.pk),
        lambda: withdraw_list(officer, adopted.pk, reason="再"),
    ):
        with pytest.raises(ServiceError, match="list_settled"):
            call()
    assert MemberRow.objects.filter(list=adopted).exists()


def test_all_rules_are_drawn_at_once(officer: Account) -> None:
    add_used(officer, "甲厂", 20_000)
    found = draw_lists(officer, the_office().place.pk, year=2026)
    assert {RULE, "book:key_list_national"} <= {each.rule for each in found}
    assert len({each.rule for each in found}) == len(found)


def test_only_who_edits_the_whole_city_draws_and_adopts(officer: Account) -> None:
    add_used(officer, "甲厂", 20_000)
    listed = _draw(officer)
    reader = make_account("wang", Role.READER)
    clerk = make_account("zhao")
    district = Place.objects.create(slug="qh-east", name="东区", kind="district", parent=the_office().place)
    office = Organisation.objects.create(
        slug="qh-east-water", name="东区水利局", kind="department", place=district
    )
    join(clerk, office, Role.DISTRICT_CLERK)
    with pytest.raises(NotPermittedError):
        draw_lists(reader, the_office().place.pk, year=2026)
    for place in (the_office().place.pk, district.pk):
        with pytest.raises(NotThereError):
            draw_lists(clerk, place, year=2026)
    with pytest.raises(NotThereError):
        adopt_list(clerk, listed.pk)


def test_a_year_or_rule_that_cannot_be_is_refused(officer: Account) -> None:
    with pytest.raises(NotThereError):
        draw_lists(officer, the_office().place.pk, year=2026, rule="book:poetry")
    with pytest.raises(ServiceError, match="list_year"):
        draw_lists(officer, the_office().place.pk, year=1200)
