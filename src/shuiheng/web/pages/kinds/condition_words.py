"""Conditions and figures of kinds in words, in the language of the page."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from shuiheng.adapters.rulebook.conditions import FLAG, MEMBER, WORD
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.rules.conditions import Condition, Group, Operand, Operator
from shuiheng.web.pages.rules.shown import language, rule_name, words_now
from shuiheng.web.words import word
from shuiheng.web.words_gates import FLAG_WORDS, OPERATORS
from shuiheng.web.words_members import MEMBER_DUTIES

RATIO = "ratio"


def condition_words(group: Group, *, is_inner: bool = False) -> str:
    """Return the conditions of a group in one sentence; nothing for a group that asks nothing."""
    parts = [
        condition_words(part, is_inner=True) if isinstance(part, Group) else _one(part)
        for part in group.parts
    ]
    if group.is_negated:
        return _("不得有：%(parts)s") % {"parts": "；".join(parts)}
    said = (_(" 或 ") if group.is_any else "，").join(parts)
    return f"（{said}）" if is_inner and len(parts) > 1 else said


def fact_name(fact: str) -> str:
    """Return the name of a fact; one without a name stands by its id."""
    if fact.startswith(MEMBER):
        duty = fact.removeprefix(MEMBER)
        return _("列入%(list)s名录") % {"list": word(MEMBER_DUTIES, duty)}
    known = programme_words().facts.get(fact)
    return known.names[language()] if known is not None else fact


def figure(number: Decimal, fact: str) -> str:
    """Return a number as the unit of its fact shows it: a ratio in percent."""
    known = programme_words().facts.get(fact)
    if known is not None and known.unit == RATIO:
        return f"{plain(number * 100)}%"
    unit = "" if known is None else known.unit
    return f"{plain(number)} {words_now().units.get(unit, unit)}".rstrip()


def plain(number: Decimal) -> str:
    """Return a number without zeros at its end."""
    return f"{number.normalize():f}"


def _one(condition: Condition) -> str:
    fact = programme_words().facts.get(condition.fact)
    name = fact_name(condition.fact)
    if condition.fact.startswith(MEMBER):
        return name
    if condition.operator in (Operator.IS, Operator.AMONG):
        if fact is not None and fact.form == FLAG:
            return f"{name}：{word(FLAG_WORDS, condition.words[0])}"
        choices = fact.choices if fact is not None and fact.form == WORD else {}
        said = "、".join(choices[each][language()] if each in choices else each for each in condition.words)
        return f"{name}：{said}"
    limits = _("，没有的取").join(_operand(each, condition.fact) for each in condition.operands)
    return f"{name} {word(OPERATORS, condition.operator.value)} {limits}"


def _operand(operand: Operand, fact: str) -> str:
    if operand.number is not None:
        return figure(operand.number, fact)
    if operand.fact:
        return fact_name(operand.fact)
    rule = shipped_rulebook().get(operand.rule)
    name = operand.rule if rule is None else rule_name(rule)
    return f"{name}（{words_now().field(operand.part)}）" if operand.part else name
