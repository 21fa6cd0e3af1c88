"""One refusal: its words, and its trigger on each database."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.guard import Guard

CLOSED = Guard(name="closed", table="progress", verb="UPDATE", code="closed", condition="OLD.state = 'x'")
SPARING = Guard(
    name="stands",
    table="fact",
    verb="UPDATE",
    code="append_only",
    condition="NEW.ended IS NULL",
    spared="ended",
    erased=("name",),
    over_when="OLD.ended IS NOT NULL",
)


def test_sqlite_asks_the_condition_in_the_trigger_and_postgresql_in_its_function() -> None:
    (lite,) = CLOSED.statements(vendor="sqlite")
    function, trigger = CLOSED.statements(vendor="postgresql")
    assert "WHEN OLD.state = 'x'" in lite and "records.closed: records_progress refuses UPDATE" in lite
    assert "IF OLD.state = 'x' THEN RAISE" in function and "EXECUTE FUNCTION records_closed()" in trigger


@pytest.mark.parametrize(("verb", "row"), [("DELETE", "OLD"), ("UPDATE", "NEW"), ("INSERT", "NEW")])
def test_a_row_that_is_not_refused_goes_on(verb: str, row: str) -> None:
    assert f"RETURN {row};" in Guard(name="a", table="b", verb=verb, code="c", condition="1 = 0").body


def test_only_the_spared_column_changes_and_what_is_over_is_only_erased() -> None:
    condition = SPARING.over(["id", "ended", "name"]).condition
    assert "OLD.name IS DISTINCT FROM NEW.name" in condition
    assert "OLD.ended IS DISTINCT FROM NEW.ended" not in condition
    assert "NEW.name = ''" in condition and "(OLD.ended IS NOT NULL)" in condition
    assert CLOSED.over(["id"]) is CLOSED
