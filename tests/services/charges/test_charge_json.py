"""JSON of a charge gives exact numbers as text and null for what is not known."""

from __future__ import annotations

import json

import pytest

from services.charges.made_up import Callbacks, City
from shuiheng.adapters.records.models import Charge
from shuiheng.services.charges.charge_json import charge_json, charge_line

pytestmark = pytest.mark.django_db


def test_numbers_are_text_and_unknown_ones_null(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("甲", litres={3: 120_001})
    city.user("乙", litres={})
    known, unknown = Charge.objects.filter(run=city.run(django_capture_on_commit_callbacks)).order_by("pk")
    told = json.loads(json.dumps(charge_json(known)))
    # 10 × 1 + 10 × 2 + 0.001 × 3 = 30.003 m³ at 4.00 yuan
    assert (told["volume_m3"], told["amount_yuan"]) == ("120.001", "120.01")
    assert told["derivation"]["value"] == "120.01"
    told = charge_json(unknown)
    assert (told["volume_m3"], told["amount_yuan"], told["derivation"]) == (None, None, None)
    assert "derivation" not in charge_line(unknown)
