"""Kinds of errors that people make in a monthly workbook, and a workbook in which they were made."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.readings.meter_company import COLUMNS, FIRST_ROW, MARCH, filled
from shuiheng.adapters.records.models import Organisation
from shuiheng.metering.civil_time import end_of
from shuiheng.metering.model import Meter, Reading, Register
from shuiheng.services.readings.known_meters import KnownMeter
from shuiheng.services.readings.month_form import month_workbook

LAST_ON = date(2026, 2, 28)
COMPANY = Organisation(pk=7, name="青禾水司")
Cells = dict[str, Any]
Spoil = Callable[[random.Random, KnownMeter, int], Cells]


@dataclass(frozen=True)
class Kind:
    """One kind of error: the column and the code that must be found, and what a person writes."""

    code: str
    column: str
    spoil: Spoil


def known_meter(number: int) -> KnownMeter:
    """Return a meter with five digits that used about 60 m³ a month."""
    last = 2000 + number * 7
    register = Register(modulus_litres=100_000_000, step_litres=1000, greatest_flow_l_h=5_000)
    return KnownMeter(
        key=number,
        number=f"B-{number:04}",
        user=f"青禾第{number}用水户",
        account=f"S{number:05}",
        digits=5,
        rules=Meter(id=str(number), register=register),
        last=Reading(read_at=end_of(LAST_ON), register=last * 1000),
        usual_litres=60_000,
    )


def honest_cells(meter: KnownMeter, register: int) -> Cells:
    """Return what the reader of a meter writes."""
    return {"read_on": MARCH + timedelta(days=20 + meter.key % 10), "register": register}


def honest_register(meter: KnownMeter) -> int:
    """Return what a meter shows in the month, in m³."""
    assert meter.last is not None
    return meter.last.register // 1000 + 40 + meter.key % 50


def _cell(**cells: Any) -> Spoil:
    return lambda rng, meter, register: cells


def _register(write: Callable[[random.Random, int], Any]) -> Spoil:
    return lambda rng, meter, register: {"register": write(rng, register)}


def _swap(**cells: Any) -> Spoil:
    def spoil(rng: random.Random, meter: KnownMeter, register: int) -> Cells:
        whole = {"swap_on": date(2026, 3, 10), "swap_final": register - 20, "swap_start": 0, "register": 30}
        return whole | {key: value(register) if callable(value) else value for key, value in cells.items()}

    return spoil


def _w(name: str) -> str:
    return f"workbooks.{name}"


def _m(name: str) -> str:
    return f"month_workbook.{name}"


KINDS = (
    Kind(_w("required"), "number", _cell(number=None)),
    Kind(_w("code_is_number"), "number", lambda rng, meter, register: {"number": 8800 + meter.key}),
    Kind(_w("code_scientific"), "number", _cell(number="1.2E+09")),
    Kind(_w("ditto"), "register", _cell(register="同上")),
    Kind(_w("nothing_mark"), "register", _cell(register="—")),
    Kind(_w("not_a_number"), "register", _cell(register="表盘看不清")),
    Kind(_w("number_is_about"), "register", _register(lambda rng, old: f"约{old}")),
    Kind(_w("number_is_range"), "register", _register(lambda rng, old: f"{old}-{old + 3}")),
    Kind(_w("number_is_bound"), "register", _register(lambda rng, old: f"≥{old}")),
    Kind(_w("number_is_several"), "register", _register(lambda rng, old: f"{old}、{old + 9}")),
    Kind(_w("number_is_formula"), "register", _cell(register="=J5+30")),
    Kind(_w("number_scientific"), "register", _cell(register="2.1E+03")),
    Kind(_w("number_in_brackets"), "register", _register(lambda rng, old: f"({old})")),
    Kind(_w("number_has_letters"), "register", _register(lambda rng, old: f"{old}O")),
    Kind(_w("number_has_unit"), "register", _register(lambda rng, old: f"{old}升")),
    Kind(_w("number_has_multiple"), "register", _cell(register="1.2万")),
    Kind(_w("number_in_words"), "register", _cell(register="二千一百")),
    Kind(_w("number_is_broken"), "register", _cell(register="21 45")),
    Kind(_w("number_is_day"), "register", _cell(register=date(2026, 3, 5))),
    Kind(_w("number_is_truth"), "register", _cell(register=True)),
    Kind(_w("number_comma"), "register", _cell(register="2,1")),
    Kind(_w("number_too_low"), "register", _cell(register=-4)),
    Kind(_w("too_many_places"), "register", _register(lambda rng, old: f"{old}.1234")),
    Kind(_w("day_impossible"), "read_on", _cell(read_on="2026-02-30")),
    Kind(_w("day_incomplete"), "read_on", _cell(read_on="2026年3月")),
    Kind(_w("day_short_year"), "read_on", _cell(read_on="26.3.28")),
    Kind(_w("day_without_year"), "read_on", _cell(read_on="3月28日")),
    Kind(_w("day_ambiguous"), "read_on", _cell(read_on="03/04/2026")),
    Kind(_w("day_number"), "read_on", _cell(read_on="28")),
    Kind(_w("choice_unknown"), "mark", _cell(mark="远传集抄")),
    Kind(_w("locked_changed"), "user", _cell(user="别的用水户")),
    Kind(_m("register_missing"), "register", _cell(register=None)),
    Kind(_m("day_missing"), "read_on", _cell(read_on=None)),
    Kind(_m("day_in_future"), "read_on", _cell(read_on=date(2031, 3, 28))),
    Kind(_m("day_other_month"), "read_on", _cell(read_on=date(2026, 4, 15))),
    Kind(_m("unknown_meter"), "number", lambda rng, meter, register: {"number": f"Q-{meter.key}"}),
    Kind(_m("unread_with_register"), "register", _cell(mark="未抄", remark="门闭")),
    Kind(_m("unread_without_reason"), "remark", _cell(mark="未抄", register=None, read_on=None)),
    Kind(_m("register_fell"), "register", _register(lambda rng, old: old - 500)),
    Kind(_m("beyond_digits"), "register", _cell(register=100_000)),
    Kind(_m("off_step"), "register", _register(lambda rng, old: old + 0.5)),
    Kind(_m("unit_jump"), "register", _register(lambda rng, old: old / 1000 // 1 + 1)),
    Kind(_m("use_impossible"), "register", _register(lambda rng, old: old + 6000)),
    Kind(_m("use_far"), "register", _register(lambda rng, old: old + 900)),
    Kind(_m("register_stands"), "register", lambda rng, meter, register: {"register": _last(meter)}),
    Kind(_m("swap_incomplete"), "swap_on", _swap(swap_final=None)),
    Kind(_m("swap_after_reading"), "swap_on", _swap(swap_on=date(2026, 4, 5))),
    Kind(_m("swap_before_last"), "swap_on", _swap(swap_on=date(2026, 2, 20))),
    Kind(_m("swap_final_fell"), "swap_final", _swap(swap_final=lambda register: register - 700)),
    Kind(_m("swap_start_above"), "swap_start", _swap(swap_start=lambda register: 95)),
)


def _last(meter: KnownMeter) -> int:
    assert meter.last is not None
    return meter.last.register // 1000


def spoiled(seed: int, *, rows: int, each: int) -> tuple[bytes, list[KnownMeter], dict[tuple[int, int], str]]:
    """Return a workbook with so many rows of each kind, its meters, and the code that each place must get."""
    rng = random.Random(seed)  # noqa: S311  a test wants the same errors again
    meters = [known_meter(number) for number in range(1, rows + 1)]
    cells = {at: honest_cells(meter, honest_register(meter)) for at, meter in enumerate(meters)}
    places = rng.sample(range(rows), rows)
    wanted: dict[tuple[int, int], str] = {}
    for index, kind in enumerate(KINDS):
        for at in places[index * each : (index + 1) * each]:
            cells[at] |= kind.spoil(rng, meters[at], honest_register(meters[at]))
            wanted[FIRST_ROW + at, COLUMNS[kind.column]] = kind.code
    return filled(month_workbook(MARCH, COMPANY, meters), cells), meters, wanted


__all__ = ["COMPANY", "KINDS", "honest_cells", "honest_register", "known_meter", "spoiled"]
