"""What the database refuses on the identities of the ledger."""

from __future__ import annotations

import pytest

from access.rows import MOMENT, Rows
from shuiheng.adapters.records.models import Meter, MeterEvent, Permit, Site, WaterSource, WaterUser

from .refusals import breaks, refused


@pytest.mark.parametrize("table", [Site, WaterSource, Permit, Meter])
def test_a_number_stands_once_where_it_is_given(rows: Rows, table: type) -> None:
    row = rows.row(table)
    breaks("per_number", lambda: rows.make(table, number=row.number))


def test_a_number_of_a_user_stands_once_in_a_city_and_an_organisation_is_one_user(rows: Rows) -> None:
    user = rows.row(WaterUser)
    breaks("organisation", lambda: rows.make(WaterUser, number="other"))
    organisation = rows.make(type(user.organisation), name="另一户")
    breaks("one_user_per_number", lambda: rows.make(WaterUser, number=user.number, organisation=organisation))


def test_an_event_of_a_meter_ends_and_is_never_changed(rows: Rows) -> None:
    event = MeterEvent.objects.filter(pk=rows.row(MeterEvent).pk)
    refused("append_only", lambda: event.update(note="另写"))
    assert event.update(superseded_at=MOMENT) == 1
    refused("append_only", lambda: event._raw_delete("default"))
