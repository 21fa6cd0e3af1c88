"""Messages are read by those for whom they are; the office sees what went out."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from shuiheng.adapters.records.models import Account, Channel, Message, MessageState, Role
from shuiheng.services.found_city import join
from working_office import make_period, make_plan, make_unit

pytestmark = pytest.mark.django_db
GONE = 404


@pytest.fixture
def clerk() -> Client:
    account = Account.objects.create(username="chen")
    join(account, make_unit("水利局"), Role.PARTNER_CLERK)
    client = Client()
    client.force_login(account)
    return client


def _message(unit: str, **more: object) -> Message:
    organisation = (
        make_unit(unit)
        if unit != "水利局"
        else Message.organisation.field.related_model.objects.get(name=unit)
    )
    return Message.objects.create(
        key=f"{unit}{len(more)}",
        kind="x",
        organisation=organisation,
        title=f"致{unit}",
        text="请报送",
        **more,
    )


def test_the_inbox_shows_the_own_messages_and_marks_them_read(clerk: Client) -> None:
    mine = _message("水利局", channel=Channel.SITE)
    other = _message("财政局", channel=Channel.SITE)
    shown = clerk.get(reverse("messages")).content.decode()
    assert "致水利局" in shown
    assert "致财政局" not in shown
    clerk.post(reverse("mark_read", args=[mine.pk]))
    mine.refresh_from_db()
    assert mine.read_at is not None
    assert clerk.post(reverse("mark_read", args=[other.pk])).status_code == GONE


def test_a_message_about_a_period_leads_to_the_form_to_fill_in(clerk: Client, officer: Account) -> None:
    period = make_period(make_plan(officer), officer)
    mine = _message("水利局", channel=Channel.SITE, period=period)
    address = reverse("reporting_form", args=[period.pk, mine.organisation_id])
    assert f'href="{address}"' in clerk.get(reverse("messages")).content.decode()


def test_the_outbox_is_the_offices(office: Client, clerk: Client) -> None:
    dead = _message("财政局", channel=Channel.SMS, state=MessageState.DEAD, last_error="HTTP 404")
    shown = office.get(reverse("outbox"), {"state": "dead"}).content.decode()
    assert "HTTP 404" in shown
    assert clerk.get(reverse("outbox")).status_code == GONE
    office.post(reverse("send_again", args=[dead.pk]))
    dead.refresh_from_db()
    assert dead.state == MessageState.WAITING


def test_an_empty_inbox_says_so(clerk: Client) -> None:
    assert "没有消息" in clerk.get(reverse("messages")).content.decode()
