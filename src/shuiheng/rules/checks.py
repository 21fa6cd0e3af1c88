"""What is wrong or open with the values of the rulebook, as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shuiheng.kernel.finding import Finding, Severity
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.in_force import InForce, Rulebook, areas_of, in_force, names_left_out
from shuiheng.rules.parameter import Asked, DatedValue, Mark, Parameter


def check_nearer_values_are_not_looser(rules: Rulebook) -> tuple[Finding, ...]:
    """Return a finding for each value that is looser than one of a place above (从严).

    Each value is looked at on its first day and on the first day of each value above it.

    Source:
        cn-reg-776, article 11: local norms may be stricter than those above, not looser.
    """
    return tuple(each for rule in rules.values() for each in check_rule_is_not_looser(rule))


def check_rule_is_not_looser(rule: Parameter) -> tuple[Finding, ...]:
    """Return a finding for each value of one rule that is looser than one of a place above."""
    return tuple(dict.fromkeys(_looser(rule)))


def check_rule_is_not_silent(rule: Parameter) -> tuple[Finding, ...]:
    """Return a finding for each value of named numbers that leaves out a name which a place above gives.

    The nearer value holds as it stands, so what it leaves out has no number there.
    """
    return tuple(dict.fromkeys(_silent(rule)))


def check_values_are_checked(rules: Rulebook) -> tuple[Finding, ...]:
    """Return a note for each value that holds or will hold and that nobody has held against its source."""
    return tuple(
        _finding("rules.unchecked", Severity.NOTE, value, mark=value.mark.value)
        for rule in rules.values()
        for value in rule.values
        if value.check is None and value.withdrawn_on is None and value.mark is not Mark.DEFAULT
    )


def _looser(rule: Parameter) -> Iterator[Finding]:
    for value, on in _watched(rule):
        held = _held(rule, value.area, on)
        if held is not None and value in held.looser:
            yield _finding("rules.looser_than_upper", Severity.WARN, value, **_upper(held.value))


def _silent(rule: Parameter) -> Iterator[Finding]:
    for value, on in _watched(rule):
        held = _held(rule, value.area, on)
        if held is None or held.value is not value or not value.area:
            continue
        upper = _held(rule, areas_of(value.area)[1], on)
        left_out = names_left_out(value.value, upper.value.value) if upper is not None else ()
        if upper is not None and left_out:
            names = "、".join(left_out)
            yield _finding(
                "rules.silent_beside_upper", Severity.NOTE, value, names=names, **_upper(upper.value)
            )


def _watched(rule: Parameter) -> Iterator[tuple[DatedValue, date]]:
    """Yield each value with the days on which it, or one of its place or above it, begins."""
    if rule.better is None:
        return
    for value in rule.values:
        above = [each for each in rule.values if each.area in areas_of(value.area)]
        for on in sorted({each.valid_from for each in above} | {value.valid_from}):
            yield value, on


def _held(rule: Parameter, area: str, on: date) -> InForce | None:
    try:
        return in_force(rule, Asked(area=area, on=on))
    except NotInForceError:
        return None


def _upper(value: DatedValue) -> dict[str, str]:
    return {"upper": value.area or "CN", "upper_source": value.source, "upper_clause": value.clause}


def _finding(code: str, severity: Severity, value: DatedValue, **more: str) -> Finding:
    said = {
        "rule": value.rule,
        "area": value.area or "CN",
        "since": value.valid_from.isoformat(),
        "source": value.source,
        "clause": value.clause,
    } | more
    return Finding(
        code=code,
        severity=severity,
        subject=f"{value.rule}@{value.area or 'CN'}@{value.valid_from}",
        values=tuple(said.items()),
    )
