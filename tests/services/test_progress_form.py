"""The form as a workbook."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.filled_form import filled
from services.reporting import Reporting, make_reporting
from shuiheng.adapters.records.models import Progress, ProgressValue
from shuiheng.adapters.records.queries_progress import FormRow, ValueCell
from shuiheng.adapters.workbooks import CheckedTable, check, read_workbook
from shuiheng.services.progress_content import content_of
from shuiheng.services.progress_form import (
    PROGRESS_FORM,
    batch_mark,
    form_workbook,
    in_own_units,
    issued_rows,
    misplaced,
    open_rows,
    returned_reports,
    secret_key,
    stamp_rules,
)

pytestmark = pytest.mark.django_db
LETTERS = st.sampled_from("完成渠道衬砌十二公里0123456789，。（）=+-@abc ")
WORDS = st.text(alphabet=LETTERS, max_size=30).map(str.strip)


def _row(city: Reporting, progress: Progress | None, value: Decimal | None = None) -> FormRow:
    cell = ValueCell(target=city.target, value=value)
    return FormRow(task=city.task, role="lead", cells=(cell,), progress=progress)


def test_what_goes_out_comes_back_the_same() -> None:
    city = make_reporting()
    row = Progress.objects.create(period=city.period, task=city.task, organisation=city.bureau)

    @given(
        done=WORDS,
        obstacles=WORDS,
        next_step=WORDS,
        is_complete=st.booleans(),
        value=st.none() | st.integers(0, 10**9),
    )
    @settings(max_examples=8, deadline=None)
    def holds(done: str, obstacles: str, next_step: str, is_complete: bool, value: int | None) -> None:
        assume(done or obstacles or next_step or is_complete or value is not None)
        row.done_text, row.obstacles, row.next_step = done, obstacles, next_step
        row.is_complete = is_complete
        number = None if value is None else Decimal(value)
        row.values.all().delete()
        if number is not None:
            ProgressValue.objects.create(progress=row, target=city.target, value=number)
        rows = [_row(city, row, number)]
        table = read_workbook(form_workbook(city.period, city.bureau, rows), name="a.xlsx")
        rules = stamp_rules(city.period, city.bureau)
        checked = misplaced(check(table, PROGRESS_FORM, rules=rules, issued=issued_rows(rows)))
        checked = in_own_units(checked, rows)
        assert not list(checked.errors)
        back = returned_reports(checked.rows, rows)
        assert [(each.task, each.content) for each in back] == [(city.task.pk, content_of(row))]

    holds()


def _returned(city: Reporting, typed: object, value: Decimal | None = None) -> CheckedTable:
    """Return the form of a city whose plan prints 万亩, sent back with something in the value cell."""
    city.target.value, city.target.unit, city.target.quote = Decimal(12_000), "亩", "新增1.2万亩"
    city.target.save()
    rows = [_row(city, None, value)]
    code = f"T{city.task.pk}-G{city.target.pk}"
    issued = form_workbook(city.period, city.bureau, rows)
    table = read_workbook(filled(issued, {(code, "value"): typed}), name="a.xlsx")
    rules = stamp_rules(city.period, city.bureau)
    checked = misplaced(check(table, PROGRESS_FORM, rules=rules, issued=issued_rows(rows)))
    return in_own_units(checked, rows)


@pytest.mark.parametrize("typed", [1.5, "1.5", "1.5万亩", "15000亩", "1.5万"])
def test_a_cell_is_read_in_the_printed_unit_or_in_the_one_that_it_names(typed: object) -> None:
    city = make_reporting()
    checked = _returned(city, typed)
    assert not list(checked.errors)
    back = returned_reports(checked.rows, [_row(city, None)])
    assert back[0].content.values == {city.target.pk: Decimal(15_000)}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.5公顷", "workbooks.number_has_unit"),
        ("1.5万公顷", "workbooks.number_has_multiple"),
        (1e18, "progress.value_range"),
    ],
)
def test_a_cell_with_another_sort_of_unit_or_too_many_digits_is_an_error(typed: object, code: str) -> None:
    assert [each.code for each in _returned(make_reporting(), typed).errors] == [code]


def test_the_form_shows_each_value_in_the_printed_unit() -> None:
    city = make_reporting()
    city.target.value, city.target.unit, city.target.quote = Decimal(12_000), "亩", "新增1.2万亩"
    cell = ValueCell(target=city.target, value=Decimal(9_000), last=Decimal(345))
    row = issued_rows([FormRow(task=city.task, role="lead", cells=(cell,), progress=None)])[1]
    assert [row[key] for key in ("asked", "last", "value", "measure")] == [
        "≥ 1.2 万亩",
        "0.0345 万亩",
        Decimal("0.9"),
        "万亩",
    ]


def test_only_what_is_open_is_in_the_form() -> None:
    city = make_reporting()
    states = {"draft": 2, "returned": 2, "filed": 0, "accepted": 0}
    for state, count in states.items():
        row = _row(city, Progress(state=state))
        assert len(issued_rows([row])) == count
        assert len(open_rows([row])) == bool(count)
    assert len(issued_rows([_row(city, None)])) == 2


def test_the_stamp_names_unit_and_period_and_is_signed_by_this_installation() -> None:
    city = make_reporting()
    rules = stamp_rules(city.period, city.bureau)
    assert (rules.unit, rules.period) == ("市水利局", "2026年上半年")
    assert rules.batch == batch_mark(city.period, city.bureau) == f"P{city.period.pk}U{city.bureau.pk}"
    assert rules.secret == secret_key() and len(rules.secret) > 30
