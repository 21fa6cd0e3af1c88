"""What an actor may see: the one function through which every query of a person goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from access.ties import places
from access.world import OFFICE, World
from shuiheng.adapters.records import models as tables
from shuiheng.adapters.records.models import Account, Membership, OrganisationKind, PlaceKind, Role
from shuiheng.services.errors import NotThereError
from shuiheng.services.found_city import found_city, join
from shuiheng.services.permission import Action, remember_memberships
from shuiheng.services.scope import PATHS, SYSTEM_TABLES, own_organisations, own_places, row_for, scope, sight

# Reached through another table, or asked for in the name of the account alone.
WITHOUT_SCOPE = {
    "OrganisationChange": "shown on the page of an organisation that is in sight",
    "ApiCall": "the account's own, by the key of the call",
    "ApiToken": "the account's own, by its digest",
    "FailedLogin": "keyed hashes only; no page shows it",
    "SecondFactor": "the account's own, by its key",
    "AccountSession": "the account's own, by its key",
    "SignInTrace": "shown beside events that are in sight",
    "ProgressValue": "part of a report that is in sight",
    "ImportChange": "part of a batch that is in sight",
    "NumberSeries": "the next number of a city that is in sight; no page lists it",
    "Seal": "a root over all cities; it tells nothing about any",
    "SealedEvent": "where an event that is in sight stands in its seal",
    "PublicVisitor": "counts of a day under marks that nobody can lead back; no page shows it",
    "UseMark": "days only, by which totals are renewed",
    "UseMonth": "for which months totals are kept",
}
CITY_TABLES = [table for table, paths in PATHS.items() if paths.place and table is not tables.Event]
CITY_ACTION = Action.REGISTER_LOOK


def _row(world: World, table: type[Model], unit: str) -> int:
    return int(world.own.row(table, unit).pk)


def test_every_table_is_tied_to_something_or_says_why_not() -> None:
    known = {table.__name__ for table in (*PATHS, *SYSTEM_TABLES)}
    every = {table.__name__ for table in apps.get_app_config("records").get_models()}
    assert every - known - set(WITHOUT_SCOPE) == set()
    assert not known & set(WITHOUT_SCOPE)


def test_a_right_over_the_city_reaches_all_of_the_city_and_nothing_of_another(world: World) -> None:
    for table in CITY_TABLES:
        seen = set(scope(world.accounts[Role.READER], CITY_ACTION, table).values_list("pk", flat=True))
        assert {_row(world, table, unit) for unit in world.own.units} <= seen, table
        assert not {rows.row(table).pk for rows in world.other.units.values()} & seen, table


def test_a_stranger_and_a_closed_account_see_nothing(world: World) -> None:
    closed = world.accounts[Role.OFFICE_CLERK]
    closed.is_active = False
    for actor in (AnonymousUser(), closed):
        assert not any(scope(actor, CITY_ACTION, table).exists() for table in CITY_TABLES)


def test_an_action_that_is_not_granted_gives_nothing(world: World) -> None:
    assert not scope(world.accounts[Role.READER], Action.PROGRESS_ACCEPT, tables.Progress).exists()


def test_a_unit_files_for_itself_only(world: World) -> None:
    clerk = world.accounts[Role.PARTNER_CLERK]
    assert scope(clerk, Action.PROGRESS_FILE, tables.Progress).get().pk == _row(world, tables.Progress, "d")
    below = world.own.units["d"].make(
        tables.Organisation, parent=world.own.row(tables.Organisation, "d"), name="下属单位"
    )
    own = {world.own.row(tables.Organisation, "d").pk, below.pk}
    assert own_organisations(clerk, Action.PROGRESS_FILE) == own


def test_a_unit_that_leads_a_task_sees_what_others_report_on_it(world: World) -> None:
    clerk, other = world.accounts[Role.PARTNER_CLERK], world.own.units["o"]
    joint = other.make(
        tables.Progress,
        task=world.own.row(tables.RegisterTask, "d"),
        organisation=other.row(tables.Organisation),
    )
    seen = scope(clerk, Action.PROGRESS_LOOK, tables.Progress)
    assert joint in seen and other.row(tables.Progress) not in seen
    assert joint not in scope(clerk, Action.PROGRESS_FILE, tables.Progress)


def test_a_part_that_has_ended_or_is_not_the_lead_shows_no_report_of_others(world: World) -> None:
    clerk, other = world.accounts[Role.PARTNER_CLERK], world.own.units["o"]
    task, unit = other.row(tables.RegisterTask), world.own.row(tables.Organisation, "d")
    part = other.make(tables.TaskParty, task=task, organisation=unit, role="joint")
    reports = scope(clerk, Action.PROGRESS_LOOK, tables.Progress)
    assert other.row(tables.Progress) not in reports.all()
    tables.TaskParty.objects.filter(pk=part.pk).update(role="lead")
    assert other.row(tables.Progress) in reports.all()
    tables.TaskParty.objects.filter(pk=part.pk).update(to_on=timezone.localdate())
    assert other.row(tables.Progress) not in reports.all()


def test_a_water_user_sees_the_tasks_in_which_it_has_a_part(world: World) -> None:
    filer = world.accounts[Role.ENTERPRISE_FILER]
    seen = scope(filer, Action.REGISTER_LOOK, tables.RegisterTask)
    assert [task.pk for task in seen] == [_row(world, tables.RegisterTask, "e")]


def test_what_reaches_to_oneself_is_ones_own(world: World) -> None:
    reader = world.accounts[Role.READER]
    job = world.own.units[OFFICE].make(tables.Job, asked_by=reader)
    assert list(scope(reader, Action.JOBS_LOOK, tables.Job)) == [job]
    assert scope(world.accounts[Role.OFFICE_CLERK], Action.JOBS_LOOK, tables.Job).count() > 1


@pytest.mark.parametrize(
    "role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR]
)
def test_an_administrator_has_no_row_of_the_business_under_any_right(world: World, role: Role) -> None:
    account = world.accounts[role]
    remember_memberships(account)  # as a request does; they are read once and not for each table
    for table in set(PATHS) - SYSTEM_TABLES:
        for action in Action:
            if table is not tables.Event:
                assert not scope(account, action, table).exists(), (action, table)


def test_each_administrator_reads_the_log_of_the_others_and_not_its_own(world: World) -> None:
    events = {
        role: world.own.units[OFFICE].make(tables.Event, role=role)
        for role in (
            Role.OFFICE_CLERK,
            Role.SYSTEM_ADMINISTRATOR,
            Role.SECURITY_ADMINISTRATOR,
            Role.AUDIT_ADMINISTRATOR,
        )
    }
    audit, security = world.accounts[Role.AUDIT_ADMINISTRATOR], world.accounts[Role.SECURITY_ADMINISTRATOR]
    shown = scope(audit, Action.EVENTS_LOOK_ADMINISTRATION, tables.Event)
    assert {role for role in events if events[role] in shown} == {
        Role.SYSTEM_ADMINISTRATOR,
        Role.SECURITY_ADMINISTRATOR,
    }
    checked = scope(security, Action.EVENTS_LOOK_AUDIT, tables.Event)
    assert {role for role in events if events[role] in checked} == {Role.AUDIT_ADMINISTRATOR}
    business = scope(world.accounts[Role.AUDITOR], Action.EVENTS_LOOK, tables.Event)
    assert {role for role in events if events[role] in business} == {Role.OFFICE_CLERK}


def test_the_city_of_a_district_is_the_city_above_and_that_of_a_district_with_an_office_its_own(
    world: World,
) -> None:
    clerk = world.accounts[Role.DISTRICT_CLERK]
    assert world.own.row(tables.PlanDocument) in scope(clerk, Action.LOOK, tables.PlanDocument)
    district = tables.Place.objects.filter(parent=world.own.row(tables.Place), kind=PlaceKind.DISTRICT)[0]
    office = world.own.units[OFFICE].make(
        tables.Organisation, name="区节水办", place=district, kind=OrganisationKind.OFFICE, parent=None
    )
    account = Account.objects.create(username="zhao")
    join(account, office, Role.OFFICE_CLERK)
    assert not scope(account, Action.LOOK, tables.PlanDocument).exists()
    assert own_places(account, Action.UPLOAD) == [district]


def test_rights_in_two_cities_add_up(world: World) -> None:
    reader = world.accounts[Role.READER]
    join(reader, world.other.row(tables.Organisation), Role.READER)  # type: ignore[arg-type]  # an organisation
    assert scope(reader, Action.LOOK, tables.PlanDocument).count() == 2
    assert len(own_places(reader, Action.LOOK)) == 2


def test_a_day_in_the_past_asks_for_the_memberships_of_that_day(world: World) -> None:
    account, today = Account.objects.create(username="zhao"), timezone.localdate()
    join(account, found_city("远山市"), Role.READER, from_on=today)
    assert scope(account, Action.LOOK, tables.Place).exists()
    assert not scope(account, Action.LOOK, tables.Place, at=today - timedelta(days=1)).exists()
    assert not sight(account, at=today - timedelta(days=1))(tables.Place).exists()


def test_a_row_of_another_city_and_a_row_that_is_not_there_are_refused_alike(world: World) -> None:
    clerk, foreign = world.accounts[Role.OFFICE_CLERK], world.other.row(tables.RegisterTask)
    refused = []
    for key in (foreign.pk, 900_000_001):
        with pytest.raises(NotThereError) as caught:
            row_for(clerk, Action.ASSIGN, tables.RegisterTask, pk=key)
        refused.append((caught.value.code, str(caught.value).replace(str(key), "")))
    assert refused[0] == refused[1]
    own = world.own.row(tables.RegisterTask, "d")
    assert row_for(clerk, Action.ASSIGN, tables.RegisterTask, lock=True, pk=own.pk) == own


def test_a_right_that_reaches_over_nothing_of_a_table_gives_no_rows(world: World) -> None:
    filer = world.accounts[Role.ENTERPRISE_FILER]
    assert not scope(filer, Action.REGISTER_LOOK, tables.AnnualPlan).exists()


def test_a_table_that_is_tied_to_nothing_is_asked_for_in_vain(world: World) -> None:
    with pytest.raises(LookupError, match="not tied"):
        scope(world.accounts[Role.READER], Action.LOOK, tables.FailedLogin)


def test_the_places_of_a_city_are_found_once_in_a_request(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader = Account.objects.get(pk=world.accounts[Role.READER].pk)
    remember_memberships(reader)
    list(scope(reader, Action.LOOK, tables.PlanDocument))
    with django_assert_num_queries(2):
        list(scope(reader, Action.LOOK, tables.PlanDocument))
        list(scope(reader, Action.LOOK, tables.Place))


def test_a_right_that_was_withdrawn_is_gone_with_the_next_request(world: World) -> None:
    reader = world.accounts[Role.READER]
    assert scope(reader, Action.LOOK, tables.PlanDocument).exists()
    Membership.objects.filter(account=reader).update(to_on=timezone.localdate())
    assert not scope(reader, Action.LOOK, tables.PlanDocument).exists()


def test_the_two_cities_of_these_tests_share_no_place(world: World) -> None:
    assert not set(places(world.own)) & set(places(world.other))
