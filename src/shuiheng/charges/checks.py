"""What is doubtful about a ladder, a plan or a charge."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from shuiheng.charges.ladder import Use
from shuiheng.charges.model import Ladder, Mode, Reach
from shuiheng.charges.record import Record
from shuiheng.charges.steps import plain
from shuiheng.kernel.finding import Finding, Severity
from shuiheng.rules.parameter import DatedValue


def check_ladder_rises(ladder: Ladder) -> tuple[Finding, ...]:
    """Return a finding for each band whose multiple is not above the one before."""
    return tuple(
        _of_ladder(
            ladder,
            "charges.multiple_does_not_rise",
            before=plain(low.multiple),
            after=plain(high.multiple),
            band=str(place),
        )
        for place, (low, high) in enumerate(pairwise(ladder.bands), 2)
        if high.multiple <= low.multiple
    )


def check_ladder_has_no_cliff(ladder: Ladder) -> tuple[Finding, ...]:
    """Return a finding when a ladder charges the whole excess at one multiple, so that charges jump."""
    if ladder.reach is Reach.SLICES:
        return ()
    return (_of_ladder(ladder, "charges.ladder_jumps"),)


def check_ladder_meets_minimum(ladder: Ladder, least: DatedValue) -> tuple[Finding, ...]:
    """Return a finding for each demand of `charges/ladder_minimum` that a ladder does not meet.

    Raises:
        BadRuleError: The value lacks a number.
    """
    record = Record(least, least.value)
    findings = []
    if len(ladder.bands) < record.whole_number("bands"):
        findings.append(
            _of_ladder(
                ladder,
                "charges.too_few_bands",
                bands=str(len(ladder.bands)),
                wanted=str(record.whole_number("bands")),
            )
        )
    base = Decimal(1) if ladder.mode is Mode.TOTAL else Decimal(0)
    for place, name in ((2, "second_extra"), (3, "third_extra")):
        if len(ladder.bands) >= place and ladder.bands[place - 1].multiple - base < record.number(name):
            findings.append(
                _of_ladder(
                    ladder,
                    "charges.extra_too_small",
                    band=str(place),
                    extra=plain(ladder.bands[place - 1].multiple - base),
                    wanted=plain(record.number(name)),
                )
            )
    return tuple(findings)


def check_use_can_be_charged(uses: Sequence[Use], *, subject: str) -> tuple[Finding, ...]:
    """Return what keeps a user from being charged, and a plan of 0, with which all use is excess."""
    findings = []
    for use in uses:
        place = (("period", use.label),)
        if use.volume is None:
            findings.append(_of_use("charges.no_volume", Severity.DISQUALIFY, subject, place))
        if use.allowed is None:
            findings.append(_of_use("charges.no_plan", Severity.DISQUALIFY, subject, place))
        elif use.allowed.value == 0 and (use.volume is None or use.volume.value > 0):
            findings.append(_of_use("charges.plan_is_zero", Severity.WARN, subject, place))
    return tuple(findings)


def _of_ladder(ladder: Ladder, code: str, **values: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.WARN,
        subject=ladder.citation.rule,
        evidence=f"{ladder.citation.source} {ladder.citation.clause}".strip(),
        values=(("area", ladder.citation.area or "CN"), *values.items()),
    )


def _of_use(code: str, severity: Severity, subject: str, values: tuple[tuple[str, str], ...]) -> Finding:
    return Finding(code=code, severity=severity, subject=subject, values=(("user", subject), *values))
