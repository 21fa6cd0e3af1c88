"""Rules, values and their differences as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from shuiheng.adapters.rulebook.places import shipped_places
from shuiheng.adapters.rulebook.printed_figures import Misprint
from shuiheng.adapters.rulebook.rule_words import rule_words
from shuiheng.kernel.finding import Finding
from shuiheng.rules.parameter import DatedValue, Parameter
from shuiheng.rules.value_parts import value_differences
from shuiheng.services.finding_sentences import sentence_of

UNCHECKED = {"zh": "未核对", "en": "unchecked"}
CHECKED = {"zh": "{by}于{on}核对", "en": "checked by {by} on {on}"}
SINCE = {"zh": "{area} 自{since}", "en": "{area} from {since}"}
UNTIL = {"zh": "至{until}前", "en": "until before {until}"}
NOTHING = "—"


def rule_title(rule: Parameter, *, language: str) -> str:
    """Return id, name and number of values of a rule on one line."""
    return f"{rule.id}  {rule.names[language]}  ({len(rule.values)})"


def rule_lines(rule: Parameter, *, language: str) -> Iterator[str]:
    """Yield a rule with all its values, those of the nation first and the newest of a place first."""
    yield rule_title(rule, language=language)
    newest = sorted(rule.values, key=lambda each: each.valid_from, reverse=True)
    for value in sorted(newest, key=lambda each: (each.area,)):
        yield from value_lines(rule, value, language=language)


def value_lines(rule: Parameter, value: DatedValue, *, language: str) -> Iterator[str]:
    """Yield a value with its place, its day, its source and its parts."""
    words = rule_words(language)
    head = SINCE[language].format(area=place_name(value.area, language=language), since=value.valid_from)
    until = f" {UNTIL[language].format(until=value.valid_to)}" if value.valid_to else ""
    yield f"  {head}{until}  {value.source} {value.clause}  [{state_of(value, language=language)}]"
    for depth, name, text in words.lines(value.value, unit=rule.unit, fields=rule.fields):
        yield "    " + "  " * depth + " ".join(filter(None, (name, text)))
    if value.printed:
        yield f"    “{'”“'.join(value.printed)}”"
    if value.note:
        yield f"    {value.note}"


def state_of(value: DatedValue, *, language: str) -> str:
    """Return how well a value is known and who checked it."""
    known = rule_words(language).marks[value.mark.value]
    if value.check is None:
        return f"{known}, {UNCHECKED[language]}"
    return f"{known}, {CHECKED[language].format(by=value.check.by, on=value.check.on)}"


def place_name(area: str, *, language: str) -> str:
    """Return the name of a place, or its code where the rulebook has no name."""
    names = shipped_places().get(area)
    return names[language] if names else area


def difference_lines(rule: Parameter, old: DatedValue, new: DatedValue, *, language: str) -> Iterator[str]:
    """Yield two values of a rule beside each other, part by part where they differ."""
    words = rule_words(language)
    yield rule_title(rule, language=language)
    for sign, value in (("-", old), ("+", new)):
        head = SINCE[language].format(area=place_name(value.area, language=language), since=value.valid_from)
        yield f"  {sign} {head}  {value.source} {value.clause}  [{state_of(value, language=language)}]"
    for each in value_differences(old.value, new.value):
        path = " / ".join(words.field(name) for name in each.path) or rule.names[language]
        unit = next((rule.fields[name] for name in reversed(each.path) if name in rule.fields), rule.unit)
        old_part, new_part = (
            NOTHING if part is None else words.part(part, unit) for part in (each.old, each.new)
        )
        yield f"    {path}: {old_part} → {new_part}"


def misprint_line(misprint: Misprint, *, language: str) -> str:
    """Return what is wrong with a value beside the text of its source on one line."""
    value = misprint.value
    values = {
        "rule": value.rule,
        "area": value.area or "CN",
        "since": value.valid_from.isoformat(),
        "source": value.source,
        "clause": value.clause,
        "figure": misprint.figure,
    }
    return _line(f"rules.{misprint.reason}", values, language)


def said(finding: Finding, *, language: str) -> str:
    """Return a finding on one line."""
    return _line(finding.code, dict(finding.values), language)


def _line(code: str, values: dict[str, str], language: str) -> str:
    sentence = sentence_of(code, values, language=language)
    return f"{code} {sentence.says} {sentence.remedy}"
