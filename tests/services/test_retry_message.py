"""What could not be delivered is sent again to the address of today."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account, Channel, Message, MessageState
from shuiheng.services.errors import ServiceError
from shuiheng.services.retry_message import retry_message
from working_office import make_unit

pytestmark = pytest.mark.django_db


def test_a_dead_message_waits_again_with_the_new_address(officer: Account) -> None:
    unit = make_unit("水利局", contact_phone="13900000000")
    message = Message.objects.create(
        key="a",
        kind="x",
        channel=Channel.SMS,
        organisation=unit,
        title="t",
        text="x",
        state=MessageState.DEAD,
        attempts=6,
    )
    again = retry_message(officer, message.pk)
    assert (again.state, again.attempts, again.address) == (MessageState.WAITING, 0, "13900000000")


def test_a_message_that_went_out_is_not_sent_again(officer: Account) -> None:
    message = Message.objects.create(
        key="a",
        kind="x",
        channel=Channel.SMS,
        organisation=make_unit("水利局"),
        title="t",
        text="x",
        state="sent",
    )
    with pytest.raises(ServiceError) as refused:
        retry_message(officer, message.pk)
    assert refused.value.code == "services.message_not_dead"
