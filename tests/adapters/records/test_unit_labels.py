"""One label for all spellings of a unit."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.unit_labels import UnitLabels
from shuiheng.kernel import Span
from shuiheng.plans import OrganisationTerm, PlanKnowledge, UnitMention, UnitRole

KNOWLEDGE = PlanKnowledge(
    organisations=(OrganisationTerm(id="water", name="水利局", aliases=("水务局", "水利（水务）局")),)
)
LABELS = UnitLabels("青禾市", KNOWLEDGE)


def _mention(name: str, *, organisation: str | None = None, full_name: str | None = None) -> UnitMention:
    return UnitMention(
        name=name, role=UnitRole.LEAD, span=Span(0, 1), organisation=organisation, full_name=full_name
    )


@pytest.mark.parametrize("name", ["市水利局", "水利局", "市水务局", "青禾市水务局"])
def test_all_spellings_of_one_unit_have_one_label(name: str) -> None:
    assert LABELS.label(_mention(name, organisation="water")) == "青禾市水利局"


def test_a_shared_prefix_that_was_restored_counts() -> None:
    mention = _mention("水务局", organisation="water", full_name="市水务局")
    assert LABELS.label(mention) == "青禾市水利局"


def test_units_of_other_places_and_levels_stay_apart() -> None:
    assert LABELS.label(_mention("北岭县水利局", organisation="water")) == "北岭县水利局"
    assert LABELS.label(_mention("省水利厅")) == "省水利厅"


def test_a_name_that_begins_like_a_level_is_not_cut() -> None:
    assert LABELS.label(_mention("市场监管局")) == "青禾市市场监管局"
    assert LABELS.label(_mention("市政园林局")) == "青禾市市政园林局"


def test_without_a_place_names_stay_as_written() -> None:
    assert UnitLabels("", KNOWLEDGE).label(_mention("市财政局")) == "市财政局"


def test_collective_names_belong_to_the_place_of_the_plan() -> None:
    assert LABELS.label(_mention("各县（市、区）人民政府")) == "青禾市各县（市、区）人民政府"
