"""Forty kinds of errors, twenty-five of each, seeded into one file of a thousand rows."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from adapters.workbooks.making import FIRST_DATA_ROW, FORM, checked, form_with, honest_rows, say
from shuiheng.adapters.workbooks import annotate
from shuiheng.kernel import Severity

SEED = 20261122
ROWS, EACH = 1000, 25
AT = {column.key: index for index, column in enumerate(FORM.columns, start=3)}
Spoil = Callable[[random.Random, str], Any]


def _one_character_changed(rng: random.Random, code: str) -> str:
    at = rng.randrange(8, 17)
    return code[:at] + rng.choice([char for char in "0123456789" if char != code[at]]) + code[at + 1 :]


# kind, column, what a person might type, the code that must be found
KINDS: list[tuple[str, str, Spoil]] = [
    ("required", "done", lambda rng, old: None),
    ("code_is_number", "owner", lambda rng, old: 911100006000373412),
    ("code_scientific", "owner", lambda rng, old: "9.111E+17"),
    ("code_is_day", "code", lambda rng, old: date(2026, 3, rng.randint(1, 28))),
    ("code_form", "code", lambda rng, old: f"g-{rng.randint(10, 99)}"),
    ("credit_code_length", "owner", lambda rng, old: old[: rng.randint(10, 17)]),
    ("credit_code_letter", "owner", lambda rng, old: old[:12] + rng.choice("IOSVZ") + old[13:]),
    ("credit_code_region", "owner", lambda rng, old: old[:3] + "A" + old[4:]),
    ("credit_code_check", "owner", _one_character_changed),
    ("not_a_number", "done", lambda rng, old: rng.choice(["待核实后补报", "见附件", "详见说明"])),
    ("number_is_broken", "done", lambda rng, old: f"1 {rng.randint(10, 99)}.5"),
    ("number_is_day", "done", lambda rng, old: date(2026, 1, rng.randint(1, 28))),
    ("number_is_truth", "done", lambda rng, old: True),
    ("number_is_formula", "done", lambda rng, old: "=F5*0.5"),
    ("number_scientific", "done", lambda rng, old: "1.2E+03"),
    ("number_in_brackets", "done", lambda rng, old: f"（{rng.randint(1, 900)}）"),
    ("number_is_bound", "done", lambda rng, old: rng.choice(["≥12", "不低于3", "20以上"])),
    ("number_is_about", "done", lambda rng, old: rng.choice(["约12", "3.5左右", "近20"])),
    ("number_is_range", "done", lambda rng, old: rng.choice(["10-12", "3～5", "1至2"])),
    ("number_is_several", "done", lambda rng, old: rng.choice(["1、2", "3+4.5", "5；6"])),
    ("number_has_multiple", "meters", lambda rng, old: f"{rng.randint(2, 9)}.5万"),
    ("number_in_words", "meters", lambda rng, old: rng.choice(["十二", "三百", "一千零五"])),
    ("number_comma", "done", lambda rng, old: "1,23"),
    ("number_has_letters", "meters", lambda rng, old: f"1{rng.choice('Ol')}{rng.randint(1, 9)}"),
    ("number_has_unit", "done", lambda rng, old: f"{rng.randint(2, 9)}吨"),
    ("number_too_low", "done", lambda rng, old: -rng.randint(1, 900)),
    ("number_too_high", "done", lambda rng, old: 5000 + rng.randint(1, 900)),
    ("integer_has_fraction", "meters", lambda rng, old: rng.randint(1, 90) + 0.5),
    ("too_many_places", "rate", lambda rng, old: "12.34567"),
    ("percent_looks_like_share", "rate", lambda rng, old: rng.randint(11, 98) / 100),
    ("nothing_mark", "meters", lambda rng, old: rng.choice(["—", "/", "无", "N/A", "待定"])),
    ("ditto", "done", lambda rng, old: rng.choice(["同上", "〃"])),
    ("day_impossible", "on", lambda rng, old: f"2026-02-{rng.randint(29, 31)}"),
    (
        "day_incomplete",
        "on",
        lambda rng, old: rng.choice(["2026年5月", "2026.6", "2026年底", "2026年3月下旬"]),
    ),
    ("day_short_year", "on", lambda rng, old: f"26.5.{rng.randint(1, 28)}"),
    ("day_without_year", "on", lambda rng, old: f"5月{rng.randint(1, 28)}日"),
    ("day_ambiguous", "on", lambda rng, old: f"0{rng.randint(1, 9)}/05/2026"),
    ("day_too_late", "on", lambda rng, old: f"20{rng.randint(31, 60)}/1/1"),
    ("choice_near", "state", lambda rng, old: rng.choice(["己完成", "按期推近", "滞后中"])),
    ("choice_several", "state", lambda rng, old: "滞后、已完成"),
]


def _spoiled(seed: int) -> tuple[bytes, dict[tuple[int, int], str]]:
    """Return the file and the code that each spoiled cell must get."""
    rng = random.Random(seed)  # noqa: S311  a test wants the same errors again
    rows = honest_rows(ROWS)
    places = rng.sample(range(ROWS), ROWS)
    book = load_workbook(io.BytesIO(form_with(rows)))
    page = book.worksheets[0]
    wanted: dict[tuple[int, int], str] = {}
    for index, (code, key, spoil) in enumerate(KINDS):
        for number in places[index * EACH : (index + 1) * EACH]:
            cell = page.cell(FIRST_DATA_ROW + number, AT[key])
            value = spoil(rng, str(rows[number][key]))
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
            wanted[cell.row, cell.column] = code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), wanted


def test_there_are_forty_kinds_for_a_thousand_rows() -> None:
    assert len({code for code, _, _ in KINDS}) == len(KINDS) == ROWS // EACH


@pytest.mark.parametrize("seed", [SEED, SEED + 1])
def test_every_seeded_error_is_marked_in_place_and_nothing_else_is(seed: int) -> None:
    content, wanted = _spoiled(seed)
    outcome = checked(content, issued=honest_rows(ROWS))
    found = {
        (each.row, each.position + 1): each.code.removeprefix("workbooks.")
        for each in outcome.findings
        if each.row is not None and each.position is not None and each.severity is not Severity.NOTE
    }
    assert len(wanted) == ROWS
    assert {
        place: (found.get(place), code) for place, code in wanted.items() if found.get(place) != code
    } == {}
    assert {place: code for place, code in found.items() if place not in wanted} == {}
    assert len(outcome.findings) == ROWS  # no second finding on any cell, row or file
    assert [row.number for row in outcome.rows] == list(range(FIRST_DATA_ROW, FIRST_DATA_ROW + ROWS))


def test_the_marked_workbook_shows_the_same_thousand_cells_and_is_the_same_when_sent_again() -> None:
    content, wanted = _spoiled(SEED)
    issued = honest_rows(ROWS)
    first = checked(content, issued=issued)
    again = checked(content, issued=issued)
    assert (again.table_key, again.findings, again.rows) == (first.table_key, first.findings, first.rows)
    returned = annotate(content, first, say=say)
    page = load_workbook(io.BytesIO(returned)).worksheets[0]
    noted = {(cell.row, cell.column) for row in page.iter_rows() for cell in row if cell.comment is not None}
    coloured = {
        (cell.row, cell.column)
        for row in page.iter_rows(min_row=FIRST_DATA_ROW, min_col=3)
        for cell in row
        if cell.fill.fill_type == "solid" and str(cell.fill.start_color.rgb)[-6:] in ("FFC7CE", "FFEB9C")
    }
    assert noted == coloured == set(wanted)
    results = [page.cell(row, 1).value for row in range(FIRST_DATA_ROW, FIRST_DATA_ROW + ROWS)]
    assert all(str(words).startswith(("错误：", "提示：")) for words in results)
    sent_again = checked(returned, issued=issued)
    assert (sent_again.table_key, sent_again.findings) == (first.table_key, first.findings)
