"""Tables of indicators and of district figures."""

from __future__ import annotations

from plans.builders import LEFT, UP, DocumentBuilder, Rows
from plans.extract.reading import face
from shuiheng.plans.extract import figure_table_targets
from shuiheng.plans.model import Target
from shuiheng.plans.passage import FigureTable
from shuiheng.plans.wording import squeeze


def _targets(rows: Rows, *, title: str = "", before: str = "") -> tuple[Target, ...]:
    builder = DocumentBuilder()
    if before:
        builder.paragraph(before)
    document = builder.table(rows).build()
    block = document.blocks[-1]
    return figure_table_targets(document, FigureTable(block=block, title=squeeze(title)))


def _faces(rows: Rows, **more: str) -> list[str]:
    return [face(target) for target in _targets(rows, **more)]


INDICATORS = (
    ("序号", "指标名称", "单位", "2020年现状", "2025年目标", "属性"),
    ("1", "用水总量", "亿立方米", "9.4", "≤12.5", "约束性"),
    ("2", "万元GDP用水量下降率", "%", "—", "16", "约束性"),
    ("3", "农田灌溉水有效利用系数", "—", "0.61", "0.65", "预期性"),
    ("4", "节水型企业（家）", "", "12", "30", "预期性"),
    ("5", "管网漏损率", "%", "10.2", "≤9，力争≤8", "预期性"),
    ("6", "水质", "", "未达标", "达标", "约束性"),
)


def test_a_row_is_a_target_with_unit_deadline_and_operator() -> None:
    assert _faces(INDICATORS) == [
        "level <=1250000000m3 用水总量 >2025",
        "reduc =16% 万元GDP用水量下降率 <2020 >2025",
        "level =0.65系数 农田灌溉水有效利用系数 >2025",
        "count =30家 节水型企业 >2025",
        "level <=9% 管网漏损率 >2025",
        "miles 水质 >2025",
    ]


def test_the_base_column_is_kept_as_base_and_sets_nothing() -> None:
    first, _, third, *_ = _targets(INDICATORS)
    assert (first.baseline_value, third.baseline_value) == (
        940000000,
        third.value and type(third.value)("0.61"),
    )


def test_binding_and_expected_are_told_apart() -> None:
    assert [target.is_binding for target in _targets(INDICATORS)] == [True, True, False, False, False, True]


def test_a_value_aimed_at_in_a_cell_is_a_stretch() -> None:
    target = _targets(INDICATORS)[4]
    assert target.stretch is not None
    assert (target.stretch[0].value, target.stretch[1]) == ("<=", 8)


def test_classes_inside_a_cell_are_scopes() -> None:
    rows = (
        ("指标", "2025年目标"),
        ("垃圾焚烧处理率（%）", "下游城市≥65%，上游城市≥40%（其中山地城市≥30%）"),
    )
    assert _faces(rows) == [
        "level >=65% 垃圾焚烧处理率 @下游城市 >2025",
        "level >=40% 垃圾焚烧处理率 @上游城市 >2025",
        "level >=30% 垃圾焚烧处理率 @山地城市 >2025",
    ]


def test_two_years_are_two_targets() -> None:
    rows = (("指标", "单位", "2022年目标", "2025年目标"), ("再生水利用率", "%", "20", "25"))
    assert _faces(rows) == ["level =20% 再生水利用率 >2022", "level =25% 再生水利用率 >2025"]


def test_the_earliest_of_two_years_is_the_base_when_the_other_is_the_target() -> None:
    rows = (("指标", "2020年", "2025年目标"), ("再生水利用率（%）", "20", "25"))
    assert _faces(rows) == ["level =25% 再生水利用率 >2025"]


def test_a_district_table_has_scopes() -> None:
    rows = (("地区", "2025年漏损率（%）"), ("青山县", "≤9"), ("白水县", "≤10"), ("合计", "≤9.5"))
    assert _faces(rows) == [
        "level <=9% 漏损率 @青山县 >2025",
        "level <=10% 漏损率 @白水县 >2025",
        "level <=9.5% 漏损率 >2025",
    ]


def test_districts_may_be_columns() -> None:
    rows = (("指标", "青山县", "白水县"), ("管网改造（公里）", "20", "30"))
    found = _targets(rows, title="2025年分解目标")
    assert [(t.scope, t.value, t.deadline and t.deadline.year) for t in found] == [
        ("青山县", 20, 2025),
        ("白水县", 30, 2025),
    ]


def test_rows_may_be_years() -> None:
    rows = (("年份", "再生水利用率（%）"), ("2022", "20"), ("2025", "25"))
    assert _faces(rows, title="目标") == ["level =20% 再生水利用率 >2022", "level =25% 再生水利用率 >2025"]


def test_a_two_row_header_is_read_whole() -> None:
    rows = (
        ("指标", "目标", LEFT),
        (UP, "2022年", "2025年"),
        ("再生水利用率（%）", "20", "25"),
    )
    assert _faces(rows) == ["level =20% 再生水利用率 >2022", "level =25% 再生水利用率 >2025"]


def test_the_unit_may_stand_before_the_table() -> None:
    rows = (("地区", "2025年用水量"), ("青山县", "1200"), ("白水县", "800"))
    found = _targets(rows, before="单位：万立方米")
    assert [(t.value, t.unit) for t in found] == [(12000000, "m3"), (8000000, "m3")]


def test_brackets_round_a_number_are_no_share() -> None:
    rows = (("指标", "2025年目标"), ("氮排放削减量（吨）", "[250]"))
    assert [(t.value, t.unit) for t in _targets(rows)] == [(250, "吨")]


def test_a_fall_in_a_cell_is_a_reduction_with_its_year() -> None:
    rows = (("指标", "2025年目标"), ("万元GDP用水量", "较2020年下降16%"))
    assert _faces(rows) == ["reduc =16% 万元GDP用水量 <2020 >2025"]


def test_growth_columns_and_sums_of_money_set_nothing() -> None:
    rows = (("项目", "2025年规模", "年均增长"), ("再生水利用率（%）", "20", "5"))
    assert len(_targets(rows, title="目标")) == 1
    assert _targets((("项目", "2025年投资"), ("管网", "20")), title="投资匡算") == ()


def test_a_table_without_years_or_targets_sets_nothing() -> None:
    assert _targets((("项目名称", "规模"), ("东水厂", "20"))) == ()


def test_an_empty_table_gives_nothing() -> None:
    assert _targets((("", ""), ("", ""))) == ()


def test_a_year_up_to_that_of_the_document_is_the_base() -> None:
    rows = (("指标", "单位", "2023年", "2026年"), ("渠系完好率", "%", "71", "85"))
    document = DocumentBuilder().table(rows).build()
    table = FigureTable(block=document.blocks[-1], title=squeeze(""))
    known = figure_table_targets(document, table, known_year=2024)
    assert [(face(target), target.baseline_value) for target in known] == [
        ("level =85% 渠系完好率 >2026", 71)
    ]
    assert len(figure_table_targets(document, table, known_year=2022)) == 2


def test_a_bare_head_takes_the_noun_of_the_title() -> None:
    rows = (("地区", "2025年面积（万亩）"), ("青山县", "2"), ("白水县", "3"))
    found = _targets(rows, title="表2 清水市各县“十四五”高效节水灌溉发展目标")
    assert [target.metric for target in found] == ["高效节水灌溉面积", "高效节水灌溉面积"]


def test_a_head_that_says_enough_keeps_its_words() -> None:
    rows = (("地区", "2025年漏损率（%）"), ("青山县", "9"))
    assert [t.metric for t in _targets(rows, title="各县供水目标")] == ["漏损率"]
