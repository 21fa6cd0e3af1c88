"""The workbook of cases of one kind (事项工作簿): its columns are made from the kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.adapters.workbooks import Column, ColumnForm, Template
from shuiheng.kernel import Severity
from shuiheng.programmes.kind import WITHOUT_END, ProgrammeKind, StepKind
from shuiheng.services.cases.choose_subject import AREA, ORGANISATION, PROJECT

CASE, NAME, USER, DISTRICT, LEVEL = "case", "name", "user", "district", "level"
OPENED, SCORE = "opened_on", "score"
NUMBER, UNTIL, PAPER, NOTE = "number", "valid_until", "paper", "note"
ENDED, PUBLISHED, MEASURE = "ended_", "published_", "measure_"
KEYS = (NAME, DISTRICT, OPENED)
NOT_IN_TITLES = "[]:*?/\\"
EARLIEST, PLACES, HIGHEST, TITLE = date(1990, 1, 1), 6, Decimal(10**12), 31
LONGEST_NAME, LONGEST_NUMBER, LONGEST_PAPER, LONGEST_NOTE = 200, 80, 200, 500
_SAMPLE_DAY = date(2026, 3, 2)


def form_of(kind: ProgrammeKind, districts: Sequence[str]) -> Template:
    """Return the form of cases of a kind.

    Args:
        kind: The kind.
        districts: Names of the places in which cases can be counted.
    """
    return Template(
        id=f"cases_{kind.id}",
        version=kind.version,
        title=sheet_title(kind),
        keys=KEYS,
        columns=(*_who(kind, districts), *_steps(kind.steps), *_result(kind), *_rest()),
        notes=(
            f"一行一个{kind.names['zh']}事项；已办结的环节填办结日期，未办的留空。",
            "填有办结日期的，纸质材料须存档备查，由另一人确认后写入。",
        ),
        levels=(("workbooks.no_rows", Severity.NOTE),),
        is_reasoned=False,
    )


def sheet_title(kind: ProgrammeKind) -> str:
    """Return the name of the sheet of a kind, without letters that no sheet may have in its name."""
    plain = "".join("、" if each in NOT_IN_TITLES else each for each in kind.names["zh"])
    return plain[:TITLE]


def level_names(kind: ProgrammeKind) -> dict[str, str]:
    """Return the levels of a kind by their Chinese names."""
    words = programme_words().levels
    return {words[level]["zh"]: level for level in kind.result.levels}


def has_users(kind: ProgrammeKind) -> bool:
    """Return whether cases of a kind may be about users of the ledger."""
    return kind.subject not in (AREA, PROJECT, ORGANISATION)


def _who(kind: ProgrammeKind, districts: Sequence[str]) -> Iterable[Column]:
    yield Column(
        key=CASE,
        zh="事项编号",
        form=ColumnForm.CODE,
        longest=20,
        help="本系统导出的编号，照原样保留；新立项的留空。",
        width=11,
    )
    samples = (f"示例{kind.names['zh']}一", f"示例{kind.names['zh']}二")
    yield Column(key=NAME, zh="对象名称", longest=LONGEST_NAME, is_required=True, samples=samples, width=26)
    if has_users(kind):
        yield Column(
            key=USER,
            zh="台账户号",
            form=ColumnForm.CODE,
            longest=40,
            help="用水户台账中的户号；不在台账中的留空。",
            width=13,
        )
    yield Column(
        key=DISTRICT,
        zh="区县",
        form=ColumnForm.CHOICE,
        choices=tuple(districts),
        is_required=True,
        samples=("示例区", "示例县"),
        width=12,
    )
    if kind.result.levels:
        yield Column(key=LEVEL, zh="级别", form=ColumnForm.CHOICE, choices=tuple(level_names(kind)), width=10)
    yield _day(OPENED, "立项日期", is_required=True)


def _steps(steps: Iterable[StepKind]) -> Iterable[Column]:
    for each in steps:
        if each.publication_days is not None:
            yield _day(f"{PUBLISHED}{each.id}", f"{each.names['zh']}起始日期")
        yield _day(f"{ENDED}{each.id}", f"{each.names['zh']}办结日期")


def _result(kind: ProgrammeKind) -> Iterable[Column]:
    if any(each.needs_score for each in kind.steps):
        yield Column(
            key=SCORE,
            zh="评分",
            form=ColumnForm.DECIMAL,
            places=3,
            lowest=Decimal(0),
            help="纸质评分表的得分。",
            width=9,
        )
    if any(each.needs_number for each in kind.steps):
        yield Column(key=NUMBER, zh="证书或文件编号", longest=LONGEST_NUMBER, width=20)
    if kind.result.validity != WITHOUT_END:
        yield _day(UNTIL, "有效期至", hint="留空的按该类别的有效期计算。")
    for measure in kind.measures:
        yield Column(
            key=f"{MEASURE}{measure.id}",
            zh=measure.names["zh"],
            unit=programme_words().units[measure.unit]["zh"],
            form=ColumnForm.DECIMAL,
            places=PLACES,
            lowest=Decimal(0),
            highest=HIGHEST,
            width=14,
        )


def _rest() -> Iterable[Column]:
    yield Column(
        key=PAPER,
        zh="纸质材料存放处",
        longest=LONGEST_PAPER,
        help="填有办结日期的必填，如“档案室 2025-节-12”。",
        width=24,
    )
    yield Column(key=NOTE, zh="备注", longest=LONGEST_NOTE, width=24)


def _day(key: str, zh: str, *, is_required: bool = False, hint: str = "") -> Column:
    sample = (_SAMPLE_DAY, _SAMPLE_DAY) if is_required else ()
    return Column(
        key=key,
        zh=zh,
        form=ColumnForm.DAY,
        lowest=EARLIEST,
        is_required=is_required,
        help=hint,
        samples=sample,
        width=13,
    )
