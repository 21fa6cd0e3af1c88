"""What is wrong or open with the values of the rulebook, as findings."""

from __future__ import annotations

from collections.abc import Iterator

from shuiheng.kernel.finding import Finding, Severity
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.in_force import Rulebook, areas_of, in_force
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


def check_values_are_checked(rules: Rulebook) -> tuple[Finding, ...]:
    """Return a note for each value that holds or will hold and that nobody has held against its source."""
    return tuple(
        _finding("rules.unchecked", Severity.NOTE, value, mark=value.mark.value)
        for rule in rules.values()
        for value in rule.values
        if value.check is None and value.withdrawn_on is None and value.mark is not Mark.DEFAULT
    )


def _looser(rule: Parameter) -> Iterator[Finding]:
    if rule.better is None:
        return
    for value in rule.values:
        above = [each for each in rule.values if each.area in areas_of(value.area)]
        for on in sorted({each.valid_from for each in above} | {value.valid_from}):
            try:
                held = in_force(rule, Asked(area=value.area, on=on))
            except NotInForceError:
                continue
            if value in held.looser:
                upper = held.value
                yield _finding(
                    "rules.looser_than_upper",
                    Severity.WARN,
                    value,
                    upper=upper.area or "CN",
                    upper_source=upper.source,
                    upper_clause=upper.clause,
                )


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
