"""A message is read by those for whom it is."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account, Channel, Message, Role
from shuiheng.services.errors import NotThereError
from shuiheng.services.found_city import join
from shuiheng.services.read_message import read_message
from working_office import make_unit

pytestmark = pytest.mark.django_db


def test_a_message_of_the_own_unit_is_marked_once() -> None:
    unit, person = make_unit("水利局"), Account.objects.create(username="chen")
    join(person, unit, Role.PARTNER_CLERK)
    message = Message.objects.create(
        key="a", kind="x", channel=Channel.SITE, organisation=unit, title="t", text="x"
    )
    first = read_message(person, message.pk).read_at
    assert first is not None
    assert read_message(person, message.pk).read_at == first


def test_a_message_of_another_unit_is_not_there() -> None:
    person = Account.objects.create(username="chen")
    join(person, make_unit("水利局"), Role.PARTNER_CLERK)
    other = Message.objects.create(
        key="b", kind="x", channel=Channel.SITE, organisation=make_unit("财政局"), title="t", text="x"
    )
    with pytest.raises(NotThereError):
        read_message(person, other.pk)
