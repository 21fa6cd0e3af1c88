"""Pictures draw what is known, the small groups together; a month of which nothing is known is no zero."""

from __future__ import annotations

from datetime import date

from shuiheng.adapters.records.use_figures import Use
from shuiheng.services.use.periods import Period
from shuiheng.services.use.use_totals import GroupUse, UseAnswer
from shuiheng.web.pages.use.table import SERIES, Row, ordered, picture

PERIODS = [Period(label="2026-01", months=(date(2026, 1, 1),)), Period(label="2026-02")]


def _use(litres: int, missing: int = 0) -> Use:
    return Use(told_litres=litres, meters=1, measured_seconds=100 - missing, missing_seconds=missing)


def _group(key: int, now: Use | None, before: Use | None = None) -> GroupUse:
    return GroupUse(key=key, now=now, before=before, parts={"2026-01": now} if now else {}, limit=None)


def _answer(groups: list[GroupUse]) -> UseAnswer:
    known = [group.now for group in groups if group.now is not None]
    whole = known[0]
    for use in known[1:]:
        whole = whole.joined(use)
    return UseAnswer(periods=PERIODS, groups=groups, whole=_group(0, whole), before={})


def _rows(groups: list[GroupUse]) -> list[Row]:
    return [Row(name=str(group.key), code="", address="", group=group, share=None) for group in groups]


def test_the_small_groups_are_drawn_together() -> None:
    groups = [_group(key, _use(1000 * key)) for key in range(SERIES + 2, 0, -1)]
    drawn = picture(_answer(groups), _rows(groups), wan=False)
    assert len(drawn["series"]) == SERIES + 1
    assert drawn["series"][-1]["values"] == [1.0 + 2.0, None]
    assert drawn["series"][0]["values"] == [float(SERIES + 2), None]


def test_amounts_are_drawn_in_the_unit_of_the_table() -> None:
    groups = [_group(1, _use(25_000_000))]
    assert picture(_answer(groups), _rows(groups), wan=True)["series"][0]["values"] == [2.5, None]


def test_a_period_says_how_much_of_it_is_missing_where_it_is_too_much_to_compare() -> None:
    for missing, said in ((5, ""), (6, "缺 6.0 %")):
        groups = [_group(1, _use(5, missing=missing))]
        assert picture(_answer(groups), _rows(groups), wan=False)["lacks"] == [said, ""]


def test_groups_stand_in_the_order_that_is_asked_for() -> None:
    groups = [
        _group(1, _use(100), _use(100)),
        _group(2, _use(90, missing=50), _use(10)),
        _group(3, _use(80), _use(40)),
        _group(4, None, _use(40)),
    ]
    answer = _answer(groups)
    assert [group.key for group in ordered(answer, "most")] == [1, 2, 3, 4]
    assert [group.key for group in ordered(answer, "missing")] == [2, 1, 3, 4]
    assert [group.key for group in ordered(answer, "change")] == [3, 1, 2, 4]
