"""The nouns of a report and the walk over its figures."""

from __future__ import annotations

from shuiheng.reports.figures import count_figure
from shuiheng.reports.model import (
    Annex,
    Column,
    Paragraph,
    Report,
    ReportKind,
    Section,
    Table,
    figures_of,
    paragraphs_of,
    prose_figures,
    shown,
    table_figures,
    tables_of,
)

ONE, TWO, THREE = (count_figure(key, number, measure="项") for number, key in enumerate("abc", start=1))
INNER = Section(heading="内", paragraphs=(Paragraph(parts=("乙", TWO)),))
TABLE = Table(
    key="t",
    columns=(Column(key="x", title="甲"), Column(key="y", title="乙")),
    rows=(("一", ONE), (Paragraph(parts=("不低于", THREE)), "")),
)
REPORT = Report(
    kind=ReportKind.NOTICE,
    title="题",
    place="青禾市",
    opening=(Paragraph(parts=("甲", ONE, "。")),),
    sections=(Section(heading="外", sections=(INNER,)),),
    closing=(Paragraph(parts=("止",)),),
    annexes=(Annex(title="表", paragraphs=(Paragraph(parts=("注",)),), tables=(TABLE,)),),
)


def test_paragraphs_come_in_the_order_of_reading() -> None:
    assert [paragraph.text for paragraph in paragraphs_of(REPORT)] == ["甲1项。", "乙2项", "止", "注"]


def test_figures_of_prose_and_tables_are_found_also_inside_mixed_cells() -> None:
    assert list(prose_figures(REPORT)) == [ONE, TWO]
    assert list(table_figures(REPORT)) == [ONE, THREE]
    assert list(figures_of(REPORT)) == [ONE, TWO, ONE, THREE]
    assert list(tables_of(REPORT)) == [TABLE]


def test_a_cell_is_shown_as_its_words_and_figures() -> None:
    assert [shown(cell) for row in TABLE.rows for cell in row] == ["一", "1项", "不低于3项", ""]
