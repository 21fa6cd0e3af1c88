"""What becomes of a draw is told with its state; a reason of a recusal is not."""

from __future__ import annotations

import pytest

from services.inspections.made_up import InspectedCity
from shuiheng.adapters.records.models import Event
from shuiheng.services.inspections.keep_draw import recuse

pytestmark = pytest.mark.django_db


def test_an_event_names_the_state_and_no_reason_of_a_recusal(city: InspectedCity) -> None:
    row = city.plan()
    recuse(city.clerk, row.pk, city.inspectors[0].pk, city.users[0].organisation_id, reason="近亲属任职")
    event = Event.objects.get(action="inspection_draw.recused")
    assert event.subject == f"inspection_draw:{row.pk}" and event.place == city.metered.place
    assert event.after is not None and event.after["state"] == "draft"
    assert "近亲属" not in str(event.after) + event.reason
