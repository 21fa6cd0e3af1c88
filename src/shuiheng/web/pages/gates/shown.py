"""Gates, facts and clauses as pages show them, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import GateFact, GateRecord
from shuiheng.adapters.rulebook.conditions import FactWord
from shuiheng.adapters.rulebook.gates import gate_words
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.allowances.gates import GateResult
from shuiheng.kernel.citation import Citation
from shuiheng.rules.conditions import Checked, FactValue, Truth
from shuiheng.services.gates.look_at_gates import GateLine, Looked
from shuiheng.web.pages.rules.shown import known_sources, language
from shuiheng.web.words import word
from shuiheng.web.words_gates import FLAG_WORDS, GATE_UNITS, OPERATORS

RULE_PREFIX, OWN_SOURCE = "rule:", "shuiheng-defaults"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClause:
    """A clause as a page cites it.

    Args:
        title: Title of the source.
        source: Id of the source in the rulebook, or nothing.
        clause: Article.
        is_checked: Whether a person held it against its source.
        is_own: Whether it is a setting of the program, not law.
    """

    title: str
    source: str
    clause: str
    is_checked: bool
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """A fact that can be entered, with how it is asked.

    Args:
        name: Its id.
        label: Its name.
        form: `flag`, `word` or `number`.
        unit: Unit of a number.
        choices: Codes and words to choose from.
        value: What is known of it in words, or nothing.
        entered: The entry that stands, or None.
    """

    name: str
    label: str
    form: str
    unit: str
    choices: Sequence[tuple[str, str]]
    value: str
    entered: GateFact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGate:
    """A gate of a project as the page shows it."""

    id: str
    name: str
    evidence: str
    outcome: str
    standing: str
    is_stale: bool
    checks: Sequence[str]
    missing: Sequence[str]
    clauses: Sequence[ShownClause]
    facts: Sequence[ShownFact]
    record: GateRecord | None


def shown_gates(looked: Looked) -> list[tuple[str, list[ShownGate]]]:
    """Return the gates of a project by stage: the stage's name with its gates, those not asked at the end."""
    stages = gate_words().stages
    found = []
    for stage, names in stages.items():
        lines = [each for each in looked.lines if each.result.gate.stage == stage]
        lines.sort(key=lambda each: each.standing == "not_asked")
        if lines:
            found.append((names[language()], [_gate(each, looked) for each in lines]))
    return found


def fact_label(name: str) -> str:
    """Return the name of a fact."""
    words = gate_words().facts
    return words[name].names[language()] if name in words else name


def said_value(name: str, value: FactValue | None) -> str:
    """Return what a fact is in words."""
    if value is None:
        return _("不明")
    if isinstance(value, bool):
        return word(FLAG_WORDS, "yes" if value else "no")
    fact = gate_words().facts.get(name)
    if isinstance(value, Decimal):
        return f"{_plain(value)} {_unit(fact)}".strip()
    return fact.choices[value][language()] if fact is not None and value in fact.choices else value


def shown_clause(citation: Citation) -> ShownClause:
    """Return a clause as a page cites it."""
    source = known_sources().get(citation.source)
    is_own = citation.source == OWN_SOURCE
    return ShownClause(
        title=_("本程序的设置，请以本市已发布的方案或文件为准") if is_own else _title(citation.source),
        source=citation.source if source is not None else "",
        clause="" if is_own else citation.clause,
        is_checked=citation.is_checked,
        is_own=is_own,
    )


def _title(source: str) -> str:
    known = known_sources().get(source)
    return f"《{known.title}》" if known is not None else source


def _gate(line: GateLine, looked: Looked) -> ShownGate:
    result, gate = line.result, line.result.gate
    return ShownGate(
        id=gate.id,
        name=gate.names[language()],
        evidence=gate.evidence[language()],
        outcome=result.outcome.value,
        standing=line.standing,
        is_stale=line.is_stale,
        checks=[_said_check(each) for each in result.checks if each.truth is not Truth.UNSAID],
        missing=[_said_missing(each) for each in result.missing],
        clauses=[shown_clause(each) for each in result.citations],
        facts=_facts(result, looked.entered),
        record=line.record,
    )


def _facts(result: GateResult, entered: Mapping[str, GateFact]) -> list[ShownFact]:
    """Return the facts of a gate that a person can enter: all that the project's form does not ask."""
    known = {each.condition.fact: each.known for each in result.checks}
    names = dict.fromkeys(each.condition.fact for each in result.checks)
    names |= dict.fromkeys(
        operand.fact for each in result.checks for operand in each.condition.operands if operand.fact
    )
    words = gate_words().facts
    found = []
    for name in names:
        fact, held = words[name], known.get(name)
        if fact.origin == "project":
            continue
        choices = [(code, named[language()]) for code, named in fact.choices.items()]
        found.append(
            ShownFact(
                name=name,
                label=fact.names[language()],
                form=fact.form,
                unit=_unit(fact),
                choices=[(code, str(said)) for code, said in FLAG_WORDS.items()]
                if fact.form == "flag"
                else choices,
                value=said_value(name, held.value) if held is not None else "",
                entered=entered.get(name),
            )
        )
    return found


def _said_check(check: Checked) -> str:
    condition = check.condition
    label = fact_label(condition.fact)
    value = said_value(condition.fact, None if check.known is None else check.known.value)
    sign = word(OPERATORS, condition.operator.value)
    if condition.words:
        wanted = "、".join(said_value(condition.fact, _flag(each)) for each in condition.words)
        return f"{label}：{value}（{sign} {wanted}）"
    limit = _("不明") if check.limit is None else said_value(condition.fact, check.limit)
    return f"{label}：{value}（{sign} {limit}）"


def _flag(text: str) -> FactValue:
    flags: Mapping[str, FactValue] = {"yes": True, "no": False}
    return flags.get(text, text)


def _said_missing(name: str) -> str:
    if not name.startswith(RULE_PREFIX):
        return fact_label(name)
    rule = shipped_rulebook()[name.removeprefix(RULE_PREFIX)]
    return _("本地规定：%(rule)s") % {"rule": rule.names[language()]}


def _unit(fact: FactWord | None) -> str:
    return word(GATE_UNITS, fact.unit) if fact is not None and fact.unit else ""


def _plain(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.001')):,f}".rstrip("0").rstrip(".")
