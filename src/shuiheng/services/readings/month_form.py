"""The monthly workbook of a water company: its columns, its stamp, and its rows before it is filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from shuiheng.adapters.records.models import Organisation
from shuiheng.adapters.rulebook.workbook_columns import workbook_columns
from shuiheng.adapters.workbooks import (
    Column,
    ColumnForm,
    Stamp,
    StampRules,
    Template,
    Value,
    write_template,
)
from shuiheng.kernel import Severity
from shuiheng.metering.checks.record import LITRES_OF_M3
from shuiheng.metering.civil_time import month_after
from shuiheng.services.readings.known_meters import KnownMeter

READ, ESTIMATED, UNREAD = "实抄", "估抄", "未抄"
NEEDED = ("number", "read_on", "register")
_SALT = "shuiheng.workbooks"
_PLACES = 3
_BY_SYSTEM = "由系统预填，供核对。"
_WITH_SWAP = "本期换过表的才填，与其他换表栏一起填。"


def _register(key: str, zh: str, *, hint: str, samples: tuple[Value, ...], locked: bool = False) -> Column:
    return Column(
        key=key,
        zh=zh,
        unit="m³",
        unit_also=workbook_columns().units,
        form=ColumnForm.DECIMAL,
        places=_PLACES,
        lowest=Decimal(0),
        is_locked=locked,
        help=hint,
        samples=samples,
        width=15,
    )


def _text(key: str, zh: str, *, hint: str, samples: tuple[Value, ...], width: int = 16) -> Column:
    is_ours = hint == _BY_SYSTEM
    return Column(key=key, zh=zh, longest=300, is_locked=is_ours, help=hint, samples=samples, width=width)


def _day(key: str, zh: str, *, hint: str, samples: tuple[Value, ...], locked: bool = False) -> Column:
    return Column(key=key, zh=zh, form=ColumnForm.DAY, is_locked=locked, help=hint, samples=samples, width=13)


MONTH_FORM = Template(
    id="month_readings",
    version=1,
    title="用水计量点月抄表",
    keys=("number",),
    levels=(("workbooks.locked_changed", Severity.WARN),),
    columns=(
        Column(
            key="number",
            zh="表号",
            form=ColumnForm.CODE,
            longest=40,
            is_locked=True,
            help="台账中的表号，以文本填写。",
            samples=("示例-01", "示例-02"),
            width=18,
        ),
        _text("user", "用水户", hint=_BY_SYSTEM, samples=("示例用水户甲", "示例用水户乙"), width=26),
        _text("account", "户号", hint=_BY_SYSTEM, samples=("S-1001", "S-1002")),
        _day(
            "last_on",
            "上次抄表日期",
            hint=_BY_SYSTEM,
            samples=(date(2026, 1, 31), date(2026, 1, 31)),
            locked=True,
        ),
        _register(
            "last_m3", "上次读数", hint=_BY_SYSTEM, samples=(Decimal(1200), Decimal(98500)), locked=True
        ),
        Column(
            key="digits",
            zh="表盘位数",
            form=ColumnForm.INTEGER,
            is_locked=True,
            help="整数位数，满位后回零。" + _BY_SYSTEM,
            samples=(5, 5),
            width=10,
        ),
        _day(
            "read_on",
            "抄表日期",
            hint="抄见读数的日期；按当日终了计。",
            samples=(date(2026, 2, 27), date(2026, 2, 28)),
        ),
        _register(
            "register", "本次读数", hint="表盘读数，不是用水量。", samples=(Decimal(1260), Decimal(15))
        ),
        Column(
            key="mark",
            zh="抄表方式",
            form=ColumnForm.CHOICE,
            choices=(READ, ESTIMATED, UNREAD),
            help="空白视为实抄；估抄的读数不写入，由系统按规则估算；未抄的在备注写明原因。",
            samples=(READ, READ),
            width=10,
        ),
        _day("swap_on", "换表日期", hint=_WITH_SWAP, samples=(None, date(2026, 2, 10))),
        _register("swap_final", "旧表止码", hint=_WITH_SWAP, samples=(None, Decimal(98700))),
        _register("swap_start", "新表起码", hint=_WITH_SWAP, samples=(None, Decimal(0))),
        _text("swap_serial", "新表编号", hint="换表时填写，可不填。", samples=("", "示例-N-88")),
        _text("remark", "备注", hint="未抄的必填。", samples=("", ""), width=24),
    ),
    notes=(
        "每个计量点一行；本月没有抄表的整行留空，不视为零。",
        "读数为表盘示数，单位立方米；倍率由系统按台账计算。",
        "有误的行不写入；改好后把退回的表再传一次，同一月份以后一次为准。",
    ),
)


def form_of(month: date) -> Template:
    """Return the form of a month: its days lie in reach of the month."""
    return replace(MONTH_FORM, notes=(f"抄表月份：{month_name(month)}。", *MONTH_FORM.notes))


def own_form() -> Template:
    """Return the form with every heading under which the sheets of water companies have its columns.

    A meter's number may be a number there, since nobody sent a form in which it is text; and
    what our form fills in before is not asked to be as it was.
    """
    words = workbook_columns()
    columns = [replace(each, also=words.words[each.key], is_locked=False) for each in MONTH_FORM.columns]
    columns[0] = replace(columns[0], form=ColumnForm.TEXT)
    marks = tuple(word for each in words.marks.values() for word in each)
    return replace(
        MONTH_FORM,
        columns=tuple(replace(each, choices=marks) if each.key == "mark" else each for each in columns),
    )


def mark_of(word: object) -> str:
    """Return the usual word for a way of reading; an empty cell is a register that was read."""
    known = workbook_columns().marks
    usual = {"read": READ, "estimated": ESTIMATED, "unread": UNREAD}
    return next((usual[key] for key, words in known.items() if word in words), READ)


def issued_rows(meters: Sequence[KnownMeter]) -> list[dict[str, Value]]:
    """Return the rows of the form before it is filled, one for each meter that still measures."""
    return [_row(meter) for meter in meters if meter.is_active]


def month_workbook(month: date, keeper: Organisation, meters: Sequence[KnownMeter]) -> bytes:
    """Return the stamped workbook of a month with what is known already."""
    stamp = Stamp(
        unit=keeper.name,
        period=month_name(month),
        issued_at=timezone.now().isoformat(timespec="seconds"),
        batch=batch_mark(month, keeper),
    )
    return write_template(
        form_of(month), stamp=stamp, rows=issued_rows(meters), blank_rows=50, secret=_secret()
    )


def stamp_rules(month: date, keeper: Organisation) -> StampRules:
    """Return what the stamp of a returned workbook must say; the company's own sheet has none."""
    return StampRules(
        period=month_name(month), batch=batch_mark(month, keeper), is_needed=False, secret=_secret()
    )


def batch_mark(month: date, keeper: Organisation) -> str:
    """Return the mark that tells for which month and keeper a workbook was issued."""
    return f"K{keeper.pk}M{month:%Y%m}"


def month_name(month: date) -> str:
    """Return a month as it is printed."""
    return f"{month.year}年{month.month}月"


def last_day_for(month: date) -> date:
    """Return the last day on which a reading still counts as one of the month."""
    return month_after(month) + timedelta(days=workbook_columns().doubts.days_after_month - 1)


def in_m3(litres: int) -> Decimal:
    """Return litres as m³, exactly and without needless places."""
    value = Decimal(litres) / LITRES_OF_M3
    return value.to_integral_value() if value == value.to_integral_value() else value


def in_litres(volume_m3: object) -> int | None:
    """Return m³ as litres; the form takes no finer ones."""
    return int(Decimal(str(volume_m3)) * LITRES_OF_M3) if volume_m3 is not None else None


def _row(meter: KnownMeter) -> dict[str, Value]:
    return {
        "number": meter.number,
        "user": meter.user or None,
        "account": meter.account or None,
        "last_on": meter.last_on,
        "last_m3": None if meter.last is None else in_m3(meter.last.register),
        "digits": meter.digits,
    }


def _secret() -> bytes:
    return f"{_SALT}:{settings.SECRET_KEY}".encode()
