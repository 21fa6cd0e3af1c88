"""People of a unit that is merged, split or closed keep their work or lose it, and the log says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from administrators import person, security_administrator
from office import the_office
from shuiheng.adapters.records.models import Account, Event, Membership, Organisation, OrganisationKind, Role
from shuiheng.services.change_organisation import close_organisation, merge_organisations, split_organisation
from shuiheng.services.errors import ServiceError
from shuiheng.services.found_city import join
from shuiheng.services.grant_role import RoleGrant, grant_role
from shuiheng.services.move_memberships import move_memberships
from shuiheng.services.permission import Action, may, memberships_of
from shuiheng.services.scope import own_organisations
from working_office import make_unit

pytestmark = pytest.mark.django_db
BASIS, ON = "机构改革方案", date(2026, 3, 1)
CLERK, REVIEWER = Role.PARTNER_CLERK, Role.PARTNER_REVIEWER


@pytest.fixture
def water() -> Organisation:
    return make_unit("水利局")


@pytest.fixture
def clerk(water: Organisation) -> Account:
    return person("liu", water, CLERK)


def _roles(account: Account) -> set[tuple[str, str]]:
    return {(each.organisation.name, each.role) for each in memberships_of(account)}


def test_people_of_a_merged_unit_work_in_its_heir_from_today(
    officer: Account, water: Organisation, clerk: Account
) -> None:
    heir = make_unit("水务局")
    merge_organisations(officer, [water.pk], heir.pk, on=ON, basis=BASIS)
    assert _roles(clerk) == {("水务局", CLERK)}
    assert own_organisations(clerk, Action.PROGRESS_FILE) == {heir.pk}
    assert Membership.objects.get(organisation=water).to_on == timezone.localdate()


def test_the_log_tells_of_each_role_that_ended_and_began(
    officer: Account, water: Organisation, clerk: Account
) -> None:
    heir = make_unit("水务局")
    before = Event.objects.count()
    merge_organisations(officer, [water.pk], heir.pk, on=ON, basis=BASIS)
    told = Event.objects.filter(action__startswith="membership.").order_by("-pk")[:2]
    assert [(each.action, each.organisation, each.reason) for each in told] == [
        ("membership.granted", heir, BASIS),
        ("membership.withdrawn", water, BASIS),
    ]
    assert {each.subject for each in told} == {f"account:{clerk.pk}"}
    assert Event.objects.count() == before + 3


def test_whoever_works_in_both_units_holds_a_role_once(
    officer: Account, water: Organisation, clerk: Account
) -> None:
    heir = make_unit("水务局")
    join(clerk, heir, CLERK)
    merge_organisations(officer, [water.pk], heir.pk, on=ON, basis=BASIS)
    assert Membership.objects.filter(account=clerk, organisation=heir).count() == 1
    assert _roles(clerk) == {("水务局", CLERK)}


def test_a_role_that_nobody_holds_in_the_heir_ends(
    officer: Account, water: Organisation, clerk: Account
) -> None:
    merge_organisations(officer, [water.pk], the_office().pk, on=ON, basis=BASIS)
    assert _roles(clerk) == set()


def test_people_of_a_split_unit_go_where_its_tasks_go(
    officer: Account, water: Organisation, clerk: Account
) -> None:
    first, second = make_unit("水务一局"), make_unit("水务二局")
    split_organisation(officer, water.pk, [first.pk, second.pk], on=ON, basis=BASIS)
    assert _roles(clerk) == {("水务一局", CLERK)}


def test_people_of_a_closed_unit_may_do_nothing_for_it_any_more(
    officer: Account, water: Organisation, clerk: Account
) -> None:
    assert may(clerk, Action.PROGRESS_FILE)
    close_organisation(officer, water.pk, on=ON, basis=BASIS)
    assert not may(clerk, Action.PROGRESS_FILE)


def test_a_unit_in_which_administrators_work_does_not_end(officer: Account) -> None:
    other = make_unit("新节水办", OrganisationKind.OFFICE)
    keeper = security_administrator()
    with pytest.raises(ServiceError, match="unit_has_administrators"):
        merge_organisations(officer, [the_office().pk], other.pk, on=ON, basis=BASIS)
    assert memberships_of(keeper) and the_office().to_on is None


def test_nobody_gets_a_role_in_a_unit_that_has_ended(
    officer: Account, water: Organisation, clerk: Account
) -> None:
    close_organisation(officer, water.pk, on=ON, basis=BASIS)
    with pytest.raises(ServiceError, match="unit_ended"):
        grant_role(
            security_administrator(), clerk.pk, organisation=water.pk, grant=RoleGrant(role=REVIEWER.value)
        )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spans=st.lists(
        st.tuples(
            st.integers(-40, 40),
            st.none() | st.integers(1, 40),
            st.sampled_from((CLERK, REVIEWER)),
            st.booleans(),
        ),
        max_size=5,
        unique_by=lambda span: (span[2], span[3], span[1] is None),
    )
)
def test_on_each_day_to_come_a_person_holds_what_the_two_units_gave(
    officer: Account, spans: list[tuple[int, int | None, Role, bool]]
) -> None:
    today = timezone.localdate()
    name = f"p{Account.objects.count()}"
    ending, heir = make_unit(f"甲{name}"), make_unit(f"乙{name}")
    account = person(name, None)
    for start, length, role, is_heirs in spans:
        first = today + timedelta(days=start)
        last = None if length is None else first + timedelta(days=length)
        Membership.objects.create(
            account=account, organisation=heir if is_heirs else ending, role=role, from_on=first, to_on=last
        )
    before = list(Membership.objects.filter(account=account))
    move_memberships(officer, ending, heir, basis=BASIS)
    after = list(Membership.objects.filter(account=account))
    for day in (today + timedelta(days=number) for number in range(-45, 85)):
        assert _held(after, day) == _held(before, day)
        assert day < today or not any(each.organisation_id == ending.pk for each in _rows(after, day))


def _rows(rows: list[Membership], day: date) -> list[Membership]:
    return [row for row in rows if row.from_on <= day and (row.to_on is None or row.to_on > day)]


def _held(rows: list[Membership], day: date) -> set[str]:
    return {str(row.role) for row in _rows(rows, day)}
