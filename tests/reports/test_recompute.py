"""Figures of a report are computed again from the report itself; two reports are told apart by sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.made_up import SIGNING, half_year
from shuiheng.reports import Quality, freeze, report_from_json, report_json, verify_snapshot
from shuiheng.reports.figures import count_figure, quantity_figure
from shuiheng.reports.half_year import half_year_report
from shuiheng.reports.model import Figure, Paragraph, Report, figures_of
from shuiheng.reports.recompute import Basis, recompute_figure, recomputed, report_changes

REPORT = half_year_report(half_year(), SIGNING)


def _with(report: Report, *figures: Figure) -> Report:
    return replace(report, closing=(Paragraph(parts=figures),))


def test_every_figure_of_a_half_year_report_computes_again() -> None:
    read_back = report_from_json(report_json(freeze(REPORT, audit_root=None)))
    verify_snapshot(read_back)
    found = recomputed(read_back)
    assert {each.figure.key for each in found} == {figure.key for figure in figures_of(REPORT)}
    wrong = [each.figure.key for each in found if not each.is_same]
    assert wrong == []
    assert {Basis.SOURCES, Basis.DAYS, Basis.STATED} <= {each.basis for each in found}


@pytest.mark.parametrize(
    "altered",
    [
        count_figure("a", 3, measure="项", sources=("task:1", "task:2")),
        count_figure("a", 3, measure="天", between=(date(2026, 7, 1), date(2026, 7, 5))),
        replace(count_figure("a", 2, measure="项", sources=("task:1", "task:2")), shown="3项"),
    ],
)
def test_a_figure_that_says_something_else_than_its_sources_is_found(altered: Figure) -> None:
    assert not recompute_figure(altered).is_same


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=6), st.sampled_from(["m3", "%", "ratio", "个"])
)
def test_a_stated_value_is_printed_by_one_rule(value: Decimal, unit: str) -> None:
    figure = quantity_figure("a", value, unit=unit, quality=Quality.DECLARED, sources=("progress:1",))
    assert recompute_figure(figure).is_same
    assert not recompute_figure(replace(figure, shown="0")).is_same or figure.shown == "0"


def test_what_is_unknown_stays_unknown() -> None:
    figure = quantity_figure("a", None, unit="m3", quality=Quality.MEASURED)
    assert recompute_figure(figure).basis is Basis.UNKNOWN
    assert recompute_figure(figure).is_same


def test_arithmetic_is_written_out() -> None:
    days = count_figure("a", 4, measure="天", between=(date(2026, 7, 1), date(2026, 7, 5)))
    assert recompute_figure(days).arithmetic == "2026-07-05 − 2026-07-01"
    assert recompute_figure(count_figure("b", 2, measure="项", sources=("x", "y"))).arithmetic == "1 + 1"


def test_two_reports_differ_by_the_sources_that_came_and_went() -> None:
    before = _with(REPORT, count_figure("done", 2, measure="项", sources=("task:1", "task:2")))
    after = _with(REPORT, count_figure("done", 2, measure="项", sources=("task:1", "task:2")))
    assert report_changes(before, after) == ()
    after = _with(REPORT, count_figure("done", 3, measure="项", sources=("task:2", "task:3", "task:4")))
    (change,) = report_changes(before, after)
    assert (change.key, change.came, change.went) == ("done", ("task:3", "task:4"), ("task:1",))


def test_a_figure_that_only_one_report_has_is_told() -> None:
    before = _with(REPORT, count_figure("old", 1, measure="项", sources=("task:1",)))
    after = _with(REPORT, count_figure("new", 1, measure="项", sources=("task:9",)))
    changes = {change.key: change for change in report_changes(before, after)}
    assert changes["old"].after is None
    assert changes["new"].before is None


def test_reports_without_inputs_keep_their_snapshot_id() -> None:
    content = report_json(freeze(_with(REPORT, count_figure("a", 1, measure="项")), audit_root=None))
    assert all("inputs" not in each for key, each in content["figures"].items() if "days_late" not in key)
