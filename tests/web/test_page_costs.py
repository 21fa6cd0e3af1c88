"""What a page costs does not depend on the moment at which it is measured."""

from __future__ import annotations

import pytest
from django.test import Client

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.web import idle_session
from web.page_costs import cost_of


def test_a_session_that_is_due_to_be_noted_is_no_cost_of_the_page(
    office: Client, published: PlanVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = cost_of(office, "/tasks/")
    monkeypatch.setattr(idle_session, "NOTED_EVERY_SECONDS", -1)  # every page notes its session
    assert cost_of(office, "/tasks/").queries == before.queries > 0
