"""The notice of a charge and the derivation behind it, as documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived
from shuiheng.kernel.period import Period
from shuiheng.reports.derivation_table import DerivationRow, DerivationWords, derivation_rows, shown_value
from shuiheng.reports.model import Annex, Column, Figure, Paragraph, Quality, Report, ReportKind, Table
from shuiheng.reports.money_words import amount_in_words
from shuiheng.reports.signing import Signing, signed
from shuiheng.reports.wording import day_words, period_words

TRIAL = "【试算】"
TRIAL_WORDS = "本次计算引用的规则值尚未全部核对，仅供试算，不作为收费依据。"
STEP_COLUMNS = (
    Column(key="number", title="序号", width=6),
    Column(key="name", title="项目", width=22),
    Column(key="formula", title="算式", width=34),
    Column(key="value", title="结果", width=18),
    Column(key="clause", title="依据", width=26),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeFacts:
    """What a notice says of a charge.

    Args:
        key: Key of the charge, by which each figure can be found again.
        name: What is charged, such as 超计划用水加价水费.
        user: Name of the water user.
        period: Days that it covers.
        volume_m3: Water of the period; None when it is not told.
        limit_m3: Allowance of the period; None without one.
        amount: What is to be paid, yuan.
        due_on: Last day on which payment is in time; None in a draft.
        is_estimated: Whether part of the water was estimated.
    """

    key: str
    name: str
    user: str
    period: Period
    volume_m3: Decimal | None
    limit_m3: Decimal | None
    amount: Decimal
    due_on: date | None = None
    is_estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSteps:
    """A derivation with the words by which it is printed.

    Args:
        derived: The derivation.
        words: Words of steps, terms and units.
        sources: Titles of sources by their ids.
    """

    derived: Derived
    words: DerivationWords
    sources: Mapping[str, str]


def charge_notice(facts: ChargeFacts, steps: PrintedSteps, signing: Signing) -> Report:
    """Return the notice by which a charge is to be paid, with its derivation as an annex.

    Raises:
        UnsayableNumberError: The amount is below 0 or has parts of a 分.
    """
    period = period_words(facts.period)
    amount = _figure(facts, "amount", facts.amount, "yuan", "元")
    parts = [*_water(facts), "经核算，应缴纳", facts.name, amount, f"（{amount_in_words(facts.amount)}）。"]
    lines = [Paragraph(parts=tuple(parts))]
    if facts.due_on is not None:
        lines.append(Paragraph(parts=(f"请于{day_words(facts.due_on)}前缴纳。",)))
    if facts.is_estimated:
        lines.append(Paragraph(parts=("本期水量含估算部分，换得实测读数后据实调整。",)))
    lines.append(Paragraph(parts=("对水量、计划或者金额有疑问的，请与我单位核对；计算过程见附件。",)))
    report = Report(
        kind=ReportKind.NOTICE,
        place=signing.place,
        title=f"关于缴纳{period}{facts.name}的通知",
        addressees=(facts.user,),
        period=facts.period,
        opening=tuple(lines),
        closing=(Paragraph(parts=("特此通知。",)),),
        annexes=(_annex(facts, steps),),
    )
    return signed(report, signing)


def derivation_document(facts: ChargeFacts, steps: PrintedSteps, *, place: str) -> Report:
    """Return the derivation of a charge as a document of its own; a trial says so in its title."""
    is_trial = steps.derived.is_trial
    amount = _figure(facts, "amount", facts.amount, "yuan", "元")
    lines = [Paragraph(parts=(*_water(facts), facts.name, amount, "。"))]
    if is_trial:
        lines.insert(0, Paragraph(parts=(TRIAL_WORDS,)))
    return Report(
        kind=ReportKind.NOTICE,
        title=f"{TRIAL if is_trial else ''}{period_words(facts.period)}{facts.name}计算过程",
        place=place,
        period=facts.period,
        opening=tuple(lines),
        annexes=(_annex(facts, steps),),
    )


def step_cells(rows: Sequence[DerivationRow], sources: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a derivation as cells: number, what, arithmetic, result, rule."""
    return tuple(
        (
            str(place),
            row.name,
            row.formula,
            f"{row.value} {row.unit}".strip(),
            "" if row.citation is None else citation_words(row.citation, sources),
        )
        for place, row in enumerate(rows, start=1)
    )


def citation_words(citation: Citation, sources: Mapping[str, str]) -> str:
    """Return a citation as it is printed; a value that nobody checked says so."""
    title = sources.get(citation.source)
    name = f"《{title}》" if title else citation.source
    mark = "" if citation.is_binding else "（未核对）"
    return f"{name}{citation.clause}{mark}"


def _annex(facts: ChargeFacts, steps: PrintedSteps) -> Annex:
    rows = derivation_rows(steps.derived, steps.words)
    return Annex(
        title=f"{facts.name}计算过程",
        tables=(Table(key="steps", columns=STEP_COLUMNS, rows=step_cells(rows, steps.sources)),),
        is_landscape=True,
    )


def _water(facts: ChargeFacts) -> list[str | Figure]:
    """Return the words on water and allowance of the period."""
    said: list[str | Figure] = [f"{facts.user}{period_words(facts.period)}"]
    if facts.volume_m3 is None:
        return said
    said += ["用水量", _figure(facts, "volume", facts.volume_m3, "m3", "m³")]
    if facts.limit_m3 is not None:
        said += ["，用水计划", _figure(facts, "limit", facts.limit_m3, "m3", "m³")]
        over = facts.volume_m3 - facts.limit_m3
        if over > 0:
            said += ["，超出", _figure(facts, "excess", over, "m3", "m³")]
    return [*said, "。"]


def _figure(facts: ChargeFacts, name: str, value: Decimal, unit: str, word: str) -> Figure:
    return Figure(
        key=f"charge.{name}",
        value=value,
        unit=unit,
        shown=f"{shown_value(value, unit)}{word}",
        sources=(facts.key,),
        quality=Quality.COUNTED,
    )
