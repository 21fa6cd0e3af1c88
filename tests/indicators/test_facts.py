"""Members of a fact are those for which something is known in the year."""

from __future__ import annotations

from indicators.made import book


def test_members_are_those_of_the_year_in_order() -> None:
    known = book(intake={(2024, "well"): "1", (2024, "large"): "2", (2023, "small"): "3"}, use={2024: "9"})
    assert known.members(["intake", "use"], 2024) == ("large", "well")
    assert known.members(["efficiency"], 2024) == ()
