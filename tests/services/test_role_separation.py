"""No account holds two administrators' roles, nor one with a business role."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from administrators import GOOD, department, person
from office import the_office
from shuiheng.adapters.records.models import Account, Membership, Role
from shuiheng.adapters.rulebook import role_rules
from shuiheng.adapters.rulebook.sign_in_policy import role_groups, roles_by_kind
from shuiheng.services.errors import ServiceError
from shuiheng.services.role_separation import is_administrators, refuse_mixed_roles, refuse_unfit_role

ADMINISTRATORS = [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR]
DAY = date(2026, 1, 1)


def test_the_three_administrators_are_those_of_the_rulebook_and_their_rights_are_disjoint() -> None:
    assert {role for role in role_rules() if is_administrators(role)} == set(ADMINISTRATORS)
    keeps = [set(role_rules()[role].reaches) for role in ADMINISTRATORS]
    writes = [{action for action in each if "look" not in action} for each in keeps]
    assert not writes[0] & writes[1] and not writes[0] & writes[2] and not writes[1] & writes[2]
    business = {"plans", "register", "progress", "reports", "messages", "meetings", "rectification"}
    assert not {action for each in keeps for action in each if action.partition(".")[0] in business}


def test_every_role_of_the_policy_files_exists() -> None:
    assert set(role_groups()) <= set(Role)
    assert {role for roles in roles_by_kind().values() for role in roles} == set(Role)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ADMINISTRATORS)
@pytest.mark.parametrize("other", [*ADMINISTRATORS, Role.READER, Role.OFFICE_CLERK])
def test_service_and_database_refuse_a_second_role_beside_an_administrators(role: Role, other: Role) -> None:
    if role == other:
        return
    account, office = person("li", None), the_office()
    Membership.objects.create(account=account, organisation=office, role=role, from_on=DAY)
    for first, second in ((role, other), (other, role)):
        Membership.objects.all().delete()
        Membership.objects.create(account=account, organisation=office, role=first, from_on=DAY)
        with pytest.raises(ServiceError, match="mixed_roles"):
            refuse_mixed_roles(account, second, from_on=timezone.localdate())
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(account=account, organisation=office, role=second, from_on=DAY)


@pytest.mark.django_db
def test_the_database_refuses_to_move_a_role_beside_another() -> None:
    account, office = person("li", None), the_office()
    held = Membership.objects.create(
        account=account, organisation=office, role=Role.READER, from_on=DAY, to_on=DAY + timedelta(days=9)
    )
    Membership.objects.create(
        account=account, organisation=office, role=ADMINISTRATORS[0], from_on=DAY + timedelta(days=9)
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=held.pk).update(to_on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=held.pk).update(to_on=DAY + timedelta(days=10))


@pytest.mark.django_db
def test_the_database_knows_no_superuser() -> None:
    for more in ({"is_superuser": True}, {"is_staff": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.create(username="root", **more)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create_superuser("root", password=GOOD)


@pytest.mark.django_db
def test_a_role_fits_the_kind_of_the_unit() -> None:
    unit = department()
    refuse_unfit_role(unit, Role.PARTNER_CLERK)
    for role in (Role.OFFICE_CLERK, Role.SYSTEM_ADMINISTRATOR, "emperor"):
        with pytest.raises(ServiceError, match="unfit_role"):
            refuse_unfit_role(unit, role)


spans = st.tuples(
    st.sampled_from([*ADMINISTRATORS[:2], Role.READER, Role.OFFICE_CLERK]),
    st.integers(0, 8),
    st.one_of(st.none(), st.integers(1, 4)),
)


class AnyHistory(TestCase):
    """Whatever is granted in whatever order, no day has a mix."""

    @settings(deadline=None, max_examples=50)
    @given(st.lists(spans, max_size=6))
    def test_no_day_ever_has_an_administrator_beside_another_role(
        self, wanted: list[tuple[Role, int, int | None]]
    ) -> None:
        Membership.objects.all().delete()
        account = Account.objects.get_or_create(username="li")[0]
        office = the_office()
        for role, start, length in wanted:
            from_on = DAY + timedelta(days=start)
            to_on = None if length is None else from_on + timedelta(days=length)
            try:
                with transaction.atomic():
                    Membership.objects.create(
                        account=account, organisation=office, role=role, from_on=from_on, to_on=to_on
                    )
            except IntegrityError:
                continue
        for day in (DAY + timedelta(days=n) for n in range(16)):
            held = {
                each.role
                for each in Membership.objects.filter(account=account, from_on__lte=day)
                if each.to_on is None or each.to_on > day
            }
            assert len(held) <= 1 or not held & set(ADMINISTRATORS)
