"""The inbox holds what is for a person or the person's units; the outbox all that was written."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account, Channel, Message, Role
from shuiheng.adapters.records.queries_messages import inbox, outbox
from shuiheng.services.found_city import join
from shuiheng.services.permission import Action
from shuiheng.services.scope import own_organisations, sight
from working_office import make_unit

pytestmark = pytest.mark.django_db


def test_a_person_sees_the_messages_of_the_own_unit_only(officer: Account) -> None:
    water, money = make_unit("水利局"), make_unit("财政局")
    chen = Account.objects.create(username="chen")
    join(chen, water, Role.PARTNER_CLERK)
    for number, unit in enumerate((water, money)):
        for channel in (Channel.SITE, Channel.PAPER):
            Message.objects.create(
                key=f"{number}{channel}", kind="x", channel=channel, organisation=unit, title="t", text="x"
            )
    look = Action.MESSAGES_LOOK
    (mine,) = inbox(sight(chen, look), chen, own_organisations(chen, look))
    assert (mine.organisation, mine.channel) == (water, Channel.SITE)
    assert outbox(sight(officer, Action.MESSAGES_SEND)).count() == 4
    assert outbox(sight(officer, Action.MESSAGES_SEND), channel="paper").count() == 2
