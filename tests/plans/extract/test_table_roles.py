"""Columns of figure tables by their words."""

from __future__ import annotations

from plans.builders import LEFT, Rows, table_of
from shuiheng.plans.extract.table_roles import Roles, grid_of, roles_of
from shuiheng.plans.passage import FigureTable
from shuiheng.plans.wording import EMPTY_WORDING


def _roles(rows: Rows) -> Roles:
    document = table_of(rows)
    table = FigureTable(block=document.blocks[0], title=EMPTY_WORDING)
    roles = roles_of(document, table, grid_of(table.block))
    assert roles is not None
    return roles


def test_name_unit_nature_and_values_are_found() -> None:
    roles = _roles(
        (("序号", "指标", "单位", "2020年", "2025年", "属性"), ("1", "用水量", "%", "1", "2", "约束性"))
    )
    assert (roles.name, roles.unit, roles.nature) == (1, 2, 5)
    assert [(c.index, c.year, c.is_base) for c in roles.values] == [(3, 2020, True), (4, 2025, False)]


def test_a_category_column_is_not_the_name() -> None:
    roles = _roles((("类别", "指标", "2025年"), ("水量", "用水量", "2"), ("水质", "达标率", "3")))
    assert roles.name == 1


def test_a_column_of_running_numbers_is_passed_over() -> None:
    roles = _roles((("", "水量", "2025年目标"), ("1", "用水量", "2"), ("2", "取水量", "3")))
    assert roles.name == 1


def test_a_title_row_over_all_columns_is_no_header_word() -> None:
    roles = _roles((("分县目标", LEFT), ("地区", "2025年"), ("青山县", "2"), ("白水县", "3")))
    assert (roles.first_row, roles.rows_are) == (2, "places")


def test_rows_of_years_are_known() -> None:
    assert _roles((("时间", "利用率"), ("2022年", "2"), ("2025年", "3"))).rows_are == "years"
