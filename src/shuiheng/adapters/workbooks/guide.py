"""The sheet of instructions: what each column wants, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.workbooks import layout
from shuiheng.adapters.workbooks.printing import printed_value
from shuiheng.adapters.workbooks.template import Column, ColumnForm, RowRule, RuleKind, Template

_FORMS = {
    ColumnForm.TEXT: "文字",
    ColumnForm.CODE: "代码（文本格式）",
    ColumnForm.INTEGER: "整数",
    ColumnForm.DECIMAL: "数字",
    ColumnForm.PERCENT: "百分数，填百分号前的数字",
    ColumnForm.DAY: "日期，如 2026-05-01 或 2026年5月1日",
    ColumnForm.CHOICE: "从下拉列表中选择",
}
_GENERAL = (
    "一、请勿修改表头、表样行和隐藏的工作表；列的顺序可以调整，可以增加自己的列。",
    "二、标“*”的列必填；灰色的列由系统预填，请勿修改。",
    "三、序号为“示例”的行只作示范，不读取。",
    "四、“校验结果”列由系统填写。退回的表改好后可直接再次上传。",
    "五、没有数值请留空；填 0 表示数值为零。同上、约、区间等写法不能读取。",
    "六、“错误”必须改正；“提示”确属实际情况的，请在“情况说明”列写明原因。",
)
_HEADINGS = ("列名", "计量单位", "必填", "填写内容", "范围", "说明")


def write_guide(book: Any, *templates: Template) -> None:
    """Add the sheet of instructions to a workbook that xlsxwriter is writing."""
    page = book.add_worksheet(layout.GUIDE_SHEET)
    wrap = book.add_format({"font_name": layout.FONT, "text_wrap": True, "valign": "top"})
    bold = book.add_format({"font_name": layout.FONT, "bold": True, "text_wrap": True})
    for index, width in enumerate((22, 10, 6, 28, 34, 50)):
        page.set_column(index, index, width, wrap)
    row = 0
    for number, template in enumerate(templates):
        page.write_string(row, 0, f"{template.title}（第 {template.version} 版）", bold)
        general = _GENERAL if number == 0 else ()
        lines = [*template.notes, *general, *(_rule_words(template, rule) for rule in template.rules)]
        for at, line in enumerate(lines, start=row + 1):
            page.merge_range(at, 0, at, len(_HEADINGS) - 1, "", wrap)
            page.write_string(at, 0, line, wrap)
        row = _write_columns(page, template, first=row + len(lines) + 2, looks=(wrap, bold)) + 2
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _write_columns(page: Any, template: Template, *, first: int, looks: tuple[Any, Any]) -> int:
    """Write what each column wants; return the last row."""
    wrap, bold = looks
    for index, heading in enumerate(_HEADINGS):
        page.write_string(first, index, heading, bold)
    for row, column in enumerate(template.columns, start=first + 1):
        needed = "是" if template.needs(column) else ""
        words = (column.zh, column.shown_unit, needed, _FORMS[column.form], _range(column), column.help)
        for index, text in enumerate(words):
            page.write_string(row, index, text, wrap)
    return first + len(template.columns)


def _range(column: Column) -> str:
    if column.choices:
        return "、".join(column.choices[:20]) + (" 等" if len(column.choices) > 20 else "")
    said = []
    for name, bound in (("不小于", column.lowest), ("不大于", column.highest)):
        if isinstance(bound, Decimal | date):
            words = {"不小于": "不早于", "不大于": "不晚于"}[name] if isinstance(bound, date) else name
            said.append(f"{words} {printed_value(bound, column.form)}")
    if column.places is not None:
        said.append(f"最多 {column.places} 位小数")
    if column.shortest:
        said.append(f"至少 {column.shortest} 字")
    return "，".join(said)


def _rule_words(template: Template, rule: RowRule) -> str:
    left = template.column(rule.left).zh
    others = [template.column(key).zh for key in rule.right]
    if rule.kind is RuleKind.REQUIRED_WHEN:
        return f"逻辑关系：{others[0]}为{'、'.join(rule.words)}时，必须填写{left}。"
    return f"逻辑关系：{left} {rule.operator} {' + '.join(others)}。"
