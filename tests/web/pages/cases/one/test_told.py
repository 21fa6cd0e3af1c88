"""A case is told whole and without names of persons."""

from __future__ import annotations

import json

import pytest

from services.cases.acting import Cast
from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.web.pages.cases.one.told import told_case

pytestmark = pytest.mark.django_db


def test_a_case_is_told_from_its_opening_to_its_certificate(cast: Cast) -> None:
    row = ProgrammeCase.objects.get(pk=cast.certified().pk)
    told = json.loads(json.dumps(told_case(row)))
    assert (told["phase"], told["number"], told["level"]) == ("reached", row.number, "city")
    assert told["valid_until"] == str(row.valid_until) and told["score"]["lowest"] == "70.000"
    assert len(told["events"]) == row.event_count and told["events"][0]["sort"] == "opened"
    assert {each["key"] for each in told["evidence"]} == set(row.evidence.values_list("key", flat=True))
    assert all(each["stands"] for each in told["answers"])
    assert "filer" not in json.dumps(told) and not any("by" in each for each in told["events"])
