"""Programs read definitions, values and series within their rights; what is not known is null."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from office import make_account, the_office
from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
    PlanVersion,
    Role,
)
from shuiheng.services.api_token import make_token
from shuiheng.services.found_city import found_city, join
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics
from shuiheng.services.indicators.release_figure import release_indicator
from shuiheng.services.indicators.working_figure import Wanted, working_figure

pytestmark = pytest.mark.django_db
OK, SAME, GONE, UNREAD = 200, 304, 404, 422
YEAR = 2024
WHOLE = (("gdp", YEAR, "100"), ("use_total", YEAR, "5000"), ("unconventional_use", YEAR, "0"))


def asked(account: Account, path: str, **headers: str) -> Any:
    token = make_token(account, name="t", days=1)
    return Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}", **headers})


def tell(*facts: tuple[str, int, str]) -> None:
    """Enter facts and confirm them."""
    clerk = make_account("clerk", Role.OFFICE_CLERK)
    second = make_account("second", Role.OFFICE_REVIEWER)
    fields = [
        StatisticFields(fact=fact, year=year, value=Decimal(value), source="年鉴")
        for fact, year, value in facts
    ]
    rows = enter_statistics(clerk, the_office().place_id, fields)
    decide_statistics(second, [row.pk for row in rows], is_confirmed=True)


def test_definitions_are_read_page_by_page_with_clauses_and_units(officer: Account) -> None:
    first = asked(officer, "/indicators?limit=2").json()
    assert len(first["items"]) == 2
    version = first["items"][0]["versions"][0]
    assert version["clauses"][0]["title"] and version["unit"]["id"] and version["facts"]
    rest = asked(officer, f"/indicators?limit=200&cursor={first['next_cursor']}").json()
    assert rest["next_cursor"] is None
    assert not {each["id"] for each in first["items"]} & {each["id"] for each in rest["items"]}


def test_what_a_caller_has_already_is_not_sent_again(officer: Account) -> None:
    first = asked(officer, "/indicators?limit=1")
    again = asked(officer, "/indicators?limit=1", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (SAME, b"")
    assert asked(officer, "/indicators?limit=2", **{"If-None-Match": first.headers["ETag"]}).status_code == OK


@pytest.mark.parametrize("path", ["/targets", "/places", "/series?of=fact:gdp"])
def test_every_answer_that_is_asked_for_again_has_a_tag(
    officer: Account, published: PlanVersion, path: str
) -> None:
    tag = asked(officer, path).headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = asked(officer, path, **{"If-None-Match": known})
        assert (again.status_code, again.content) == (SAME, b"")
        assert again.headers["ETag"] == tag
    for known in ("", '"other"', tag.strip('"')[:5], "ü"):
        assert asked(officer, path, **{"If-None-Match": known}).status_code == OK


def test_a_target_that_is_judged_anew_has_another_tag(officer: Account, published: PlanVersion) -> None:
    before = asked(officer, "/targets").headers["ETag"]
    keep_standings(the_office().place, date(2026, 6, 30))
    assert asked(officer, "/targets", **{"If-None-Match": before}).status_code == OK


def test_who_sees_one_district_only_is_told_of_that_one_unless_it_asks(officer: Account) -> None:
    tell(("gdp", YEAR, "1200.5"))
    place = Place.objects.create(slug="d", name="东区", kind=PlaceKind.DISTRICT, parent=the_office().place)
    clerk = make_account("east")
    unit = Organisation.objects.create(place=place, name="东区政府", kind=OrganisationKind.DISTRICT)
    join(clerk, unit, Role.DISTRICT_CLERK)
    told = asked(clerk, f"/series?of=fact:gdp&first={YEAR}&last={YEAR}").json()
    assert (told["place_name"], told["points"]) == ("东区", [])
    assert asked(clerk, f"/series?of=fact:gdp&place={the_office().place_id}").status_code == GONE


def test_who_sees_its_own_statistics_only_is_told_no_series_of_the_city(officer: Account) -> None:
    tell(("gdp", YEAR, "1200.5"))
    supplier, city = make_account("supplier"), the_office().place
    unit = Organisation.objects.create(place=city, name="自来水公司", kind=OrganisationKind.SUPPLIER)
    join(supplier, unit, Role.SUPPLIER)
    for path in ("/series?of=fact:gdp", "/series?of=indicator:water_per_gdp"):
        assert asked(supplier, path).status_code == GONE
        assert asked(supplier, f"{path}&place={city.pk}").status_code == GONE


def test_a_series_of_a_fact_gives_confirmed_values_only(officer: Account) -> None:
    tell(("gdp", YEAR, "1200.5"))
    clerk = Account.objects.get(username="clerk")
    waits = StatisticFields(fact="gdp", year=YEAR - 1, value=Decimal(9), source="年鉴")
    enter_statistics(clerk, the_office().place_id, [waits])
    told = asked(officer, f"/series?of=fact:gdp&first={YEAR - 4}&last={YEAR}").json()
    assert [(each["period"], Decimal(each["value"])) for each in told["points"]] == [
        (str(YEAR), Decimal("1200.5"))
    ]
    assert told["unit"]["id"] == "yi_yuan"


def test_a_value_that_lacks_a_fact_is_null_and_names_it(officer: Account) -> None:
    tell(
        ("gdp", YEAR, "100"),
        ("use_total", YEAR, "5000"),
        ("unconventional_use", YEAR, "0"),
        ("gdp", YEAR - 1, "90"),
    )
    told = asked(officer, f"/series?of=indicator:water_per_gdp&first={YEAR - 1}&last={YEAR}").json()
    before, now = told["points"]
    assert before["value"] is None and "use_total" in {each["fact"] for each in before["missing"]}
    assert Decimal(now["value"]) == 50 and now["arithmetic"]
    assert now["official"] is None


def test_a_district_of_another_city_and_an_unknown_series_are_not_there(officer: Account) -> None:
    other = found_city("临江市", slug="linjiang").place
    assert asked(officer, f"/series?of=fact:gdp&place={other.pk}").status_code == GONE
    assert asked(officer, "/series?of=fact:no_such_fact").status_code == GONE
    assert asked(officer, "/series?of=elsewhere:gdp").status_code == UNREAD
    assert asked(officer, "/series?of=fact:gdp&first=2024&last=2020").json()["points"] == []


def test_places_are_those_in_sight(officer: Account) -> None:
    found_city("临江市", slug="linjiang")
    stranger = Account.objects.create(username="stranger")
    join(stranger, found_city("远山市", slug="yuanshan"), Role.OFFICE_CLERK)
    mine = asked(stranger, "/places").json()["items"]
    assert [each["slug"] for each in mine] == ["yuanshan"]
    assert Place.objects.count() > 1


def test_the_water_of_meters_is_a_series_by_month(officer: Account) -> None:
    told = asked(officer, "/series?of=use").json()
    assert told["unit"]["id"] == "m3" and told["points"] == []


def test_targets_come_with_how_they_stand(officer: Account, published: PlanVersion) -> None:
    keep_standings(the_office().place, date(2026, 6, 30))
    (told, *_) = asked(officer, "/targets").json()["items"]
    (standing,) = told["standings"]
    assert standing["standing"] in ("met", "on_course", "at_risk", "missed", "unknown")
    assert standing["value"] is not None or standing["standing"] == "unknown"


def test_the_derivation_of_a_figure_is_read_in_its_city_only(officer: Account) -> None:
    tell(*WHOLE)
    place = the_office().place
    wanted = Wanted(indicator="water_per_gdp", year=YEAR)
    digest = working_figure(place, wanted).digest
    row = release_indicator(make_account("leader", Role.OFFICE_LEADER), place.pk, wanted, digest=digest)
    told = asked(officer, f"/figures/{row.pk}/derivation").json()
    assert Decimal(told["derivation"]["value"]) == 50 and told["derivation"]["made_of"]
    stranger = Account.objects.create(username="stranger")
    join(stranger, found_city("远山市", slug="yuanshan"), Role.OFFICE_CLERK)
    assert asked(stranger, f"/figures/{row.pk}/derivation").status_code == GONE
