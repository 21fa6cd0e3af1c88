"""Figures made from values."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.reports.checks import check_report
from shuiheng.reports.figures import UNKNOWN, count_figure, quantity_figure
from shuiheng.reports.model import Paragraph, Quality, Report, ReportKind


def test_an_unknown_value_is_shown_as_unknown_and_a_zero_as_zero() -> None:
    unknown = quantity_figure("a", None, unit="m3", quality=Quality.MEASURED)
    zero = quantity_figure("b", Decimal(0), unit="m3", quality=Quality.MEASURED)
    assert (unknown.shown, unknown.value, unknown.quality) == (UNKNOWN, None, Quality.MISSING)
    assert (zero.shown, zero.value, zero.quality) == ("0立方米", 0, Quality.MEASURED)


def test_things_counted_bear_their_measure_word_and_what_was_counted() -> None:
    figure = count_figure("tasks.done", 12, measure="项", sources=("a-001",))
    assert (figure.shown, figure.value, figure.sources) == ("12项", 12, ("a-001",))


@given(
    value=st.decimals(-(10**12), 10**12, places=6),
    unit=st.sampled_from(["m3", "%", "ratio", "家", "系数", "km", "亩"]),
)
def test_the_words_of_every_figure_say_its_value(value: Decimal, unit: str) -> None:
    figure = quantity_figure("a", value, unit=unit, quality=Quality.MEASURED, sources=("s",))
    report = Report(kind=ReportKind.NOTICE, title="题", place="青禾市", opening=(Paragraph(parts=(figure,)),))
    assert "reports.words_differ_from_value" not in [finding.code for finding in check_report(report)]
