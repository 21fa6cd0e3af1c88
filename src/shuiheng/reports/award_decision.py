"""The decision on an application for an award, with what was checked and how its amount came about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shuiheng.kernel.period import Period
from shuiheng.reports.charge_notice import STEP_COLUMNS, PrintedSteps, step_cells
from shuiheng.reports.derivation_table import derivation_rows, shown_value
from shuiheng.reports.model import Annex, Column, Figure, Paragraph, Report, ReportKind, Table
from shuiheng.reports.money_words import amount_in_words
from shuiheng.reports.signing import Signing, signed
from shuiheng.reports.wording import period_words

CHECK_COLUMNS = (
    Column(key="number", title="序号", width=6),
    Column(key="condition", title="条件", width=24),
    Column(key="asked", title="要求", width=24),
    Column(key="found", title="台账所载", width=24),
    Column(key="verdict", title="结论", width=12),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedAward:
    """What a decision says of an application (奖补决定).

    Args:
        key: Key of the award, by which its figures can be found again.
        user: Name of the applicant.
        subject: What it is for.
        scheme: Title of the scheme.
        year: Year of the scheme.
        basis: Document and article that set the scheme.
        is_granted: Whether it was granted.
        amount: Yuan; None where it was not granted or is not known.
        reason: What the office said, or nothing.
        period: Time in which it was done, or None.
        checks: Condition, what is asked, what was found and the verdict, in words.
    """

    key: str
    user: str
    subject: str
    scheme: str
    year: int
    basis: str
    is_granted: bool
    amount: Decimal | None
    reason: str
    period: Period | None
    checks: tuple[tuple[str, str, str, str], ...]


def award_decision(facts: DecidedAward, steps: PrintedSteps | None, signing: Signing) -> Report:
    """Return the decision on an application, with its checks and its derivation as annexes.

    Raises:
        UnsayableNumberError: The amount is below 0 or has parts of a 分.
    """
    time = f"，实施时间{period_words(facts.period)}" if facts.period is not None else ""
    asked = f"你单位申报的“{facts.subject}”（{facts.scheme}，{facts.year}年度{time}）已审核。"
    lines = [Paragraph(parts=(asked,)), _ruling(facts)]
    if facts.reason:
        lines.append(Paragraph(parts=(f"{'说明' if facts.is_granted else '理由'}：{facts.reason}",)))
    annexes = _annexes(facts, steps)
    where = "，核对情况和计算过程见附件" if annexes else ""
    lines.append(Paragraph(parts=(f"对条件核对或者金额有疑问的，请与我单位核对{where}。",)))
    report = Report(
        kind=ReportKind.NOTICE,
        place=signing.place,
        title=f"关于“{facts.subject}”{'给予' if facts.is_granted else '不予'}奖补的决定",
        addressees=(facts.user,),
        period=facts.period,
        opening=tuple(lines),
        annexes=tuple(annexes),
    )
    return signed(report, signing)


def _ruling(facts: DecidedAward) -> Paragraph:
    if not facts.is_granted or facts.amount is None:
        return Paragraph(parts=(f"依据{facts.basis}，决定不予奖补。",))
    amount = Figure(
        key="award.amount",
        value=facts.amount,
        unit="yuan",
        shown=f"{shown_value(facts.amount, 'yuan')}元",
        sources=(facts.key,),
    )
    words = f"（{amount_in_words(facts.amount)}）。"
    return Paragraph(parts=(f"依据{facts.basis}，决定给予奖补", amount, words))


def _annexes(facts: DecidedAward, steps: PrintedSteps | None) -> list[Annex]:
    found = []
    if facts.checks:
        rows = tuple((str(place), *cells) for place, cells in enumerate(facts.checks, start=1))
        table = Table(key="checks", columns=CHECK_COLUMNS, rows=rows)
        found.append(Annex(title="申报条件核对情况", tables=(table,)))
    if steps is not None:
        cells = step_cells(derivation_rows(steps.derived, steps.words), steps.sources)
        table = Table(key="steps", columns=STEP_COLUMNS, rows=cells)
        found.append(Annex(title="奖补金额计算过程", tables=(table,), is_landscape=True))
    return found
