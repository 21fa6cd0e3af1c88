"""Accounts with random passwords."""

from __future__ import annotations

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, Event, Membership, Place, Role
from shuiheng.services.create_first_users import add_user, create_user, ensure_user
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, may

pytestmark = pytest.mark.django_db


def test_a_new_account_has_a_password_that_works_and_no_right() -> None:
    password = create_user(username="zhao", display_name="赵工")
    account = Account.objects.get(username="zhao")
    assert account.check_password(password) and len(password) >= 16
    assert account.shown_name == "赵工"
    assert not any(may(account, action) for action in Action)


def test_a_name_is_given_once() -> None:
    create_user(username="zhao")
    with pytest.raises(ServiceError, match="name_taken"):
        create_user(username="Zhao")


def test_an_account_is_added_with_its_city_or_not_at_all() -> None:
    password = add_user("zhao", display_name="赵工", city="青禾市", roles=("reader",))
    account = Account.objects.get(username="zhao")
    assert account.check_password(password)
    assert account.memberships.get().organisation.place.name == "青禾市"
    events = Event.objects.count()
    for name, role in (("zhao", "reader"), ("qian", "nobody"), ("qian", "district_clerk")):
        with pytest.raises(ServiceError):
            add_user(name, display_name="", city="白石市", roles=("reader", role))
    account.refresh_from_db()
    assert account.check_password(password) and Event.objects.count() == events
    assert not Place.objects.filter(name="白石市").exists()


def test_asking_again_renews_the_password_and_keeps_one_role() -> None:
    roles = ((the_office(), Role.READER),)
    account, first = ensure_user("zhao", display_name="赵工", roles=roles)
    again, second = ensure_user("zhao", display_name="赵工", roles=roles)
    assert account == again and first != second
    assert again.check_password(second) and not again.check_password(first)
    assert Membership.objects.filter(account=again).count() == 1


def test_every_change_of_an_account_is_an_event_without_the_password() -> None:
    _, first = ensure_user("zhao", display_name="赵工", roles=((the_office(), Role.READER),))
    _, second = ensure_user("zhao", display_name="赵工", roles=())
    rows = Event.objects.exclude(action="city.founded").order_by("pk")
    assert [row.action for row in rows] == [
        "account.created",
        "membership.granted",
        "account.password_renewed",
    ]
    told = str([(row.before, row.after, row.details, row.reason) for row in rows])
    assert first not in told and second not in told
