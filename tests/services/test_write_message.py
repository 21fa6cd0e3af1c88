"""The outbox takes a message once and keeps it back in the quiet hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from shuiheng.adapters.records.models import Channel, Message, MessageState
from shuiheng.services.write_message import Cause, first_moment, open_channels, write_message
from working_office import make_unit

CHINA = ZoneInfo("Asia/Shanghai")
CAUSE = Cause(
    kind="rectification",
    key="x/1",
    blanks={"organisation": "水利局", "fault": "未装表。", "due": "2026-08-01"},
)


@pytest.mark.django_db
def test_the_same_cause_writes_once_to_a_receiver_by_a_channel() -> None:
    unit = make_unit("水利局")
    assert write_message(CAUSE, Channel.SITE, organisation=unit) is not None
    assert write_message(CAUSE, Channel.SITE, organisation=unit) is None
    assert write_message(CAUSE, Channel.PAPER, organisation=unit) is not None
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_a_message_on_the_site_has_arrived_and_mail_waits() -> None:
    unit = make_unit("水利局", contact_email="a@example.org")
    here = write_message(CAUSE, Channel.SITE, organisation=unit)
    mail = write_message(CAUSE, Channel.MAIL, organisation=unit)
    assert here is not None and here.state == MessageState.SENT
    assert mail is not None and mail.state == MessageState.WAITING
    assert mail.address == "a@example.org"


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-05-01T19:59", "2026-05-01T19:59"),
        ("2026-05-01T20:00", "2026-05-02T08:00"),
        ("2026-05-02T07:59", "2026-05-02T08:00"),
        ("2026-05-02T08:00", "2026-05-02T08:00"),
    ],
)
def test_quiet_hours_end_in_the_morning(at: str, then: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=CHINA)
    assert first_moment(moment) == datetime.fromisoformat(then).replace(tzinfo=CHINA)


def test_without_mail_and_gateway_only_the_site_and_paper_are_open() -> None:
    assert open_channels() == [Channel.SITE, Channel.PAPER]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("channel", "end"),
    [
        (Channel.MAIL, "\nhttps://water.example/x/"),
        (Channel.SMS, "\nhttps://water.example/x/"),
        (Channel.SITE, "。"),
    ],
)
def test_what_leaves_the_house_ends_with_the_address_of_the_page_to_answer_on(
    channel: Channel, end: str, settings: Settings
) -> None:
    settings.SITE_URL = "https://water.example"
    written = write_message(replace(CAUSE, page="/x/"), channel, organisation=make_unit("水利局"))
    assert written is not None and written.text.endswith(end)
