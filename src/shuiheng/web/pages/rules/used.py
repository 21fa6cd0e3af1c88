"""Where a rule is used, as the page of a rule shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from shuiheng.adapters.records.queries_rule_uses import RuleUse
from shuiheng.adapters.rulebook.gates import shipped_gates
from shuiheng.allowances.gates import rules_of_gate
from shuiheng.services.permission import Action, Actor, may
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.words import word
from shuiheng.web.words_rules import RULE_USES

PAGES = {
    "allowance_round": ("allowance_round", Action.ALLOWANCES_LOOK),
    "charge_run": ("charge_run", Action.CHARGES_LOOK),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownUse:
    """A use of a rule in words, with the page on which it stands when the reader may open it."""

    kind: str
    title: str
    year: int
    count: int
    address: str


def shown_uses(reader: Actor, uses: Iterable[RuleUse]) -> Sequence[ShownUse]:
    """Return the uses of a rule in words."""
    names = {gate.id: gate.names[language()] for gate in shipped_gates()}
    return [
        ShownUse(
            kind=word(RULE_USES, each.kind),
            title=names.get(each.title, each.title),
            year=each.year,
            count=each.count,
            address=_address(reader, each),
        )
        for each in uses
    ]


def gates_that_ask(rule: str) -> Sequence[str]:
    """Return the names of the gates that hold a project against a rule."""
    return [gate.names[language()] for gate in shipped_gates() if rule in rules_of_gate(gate)]


def _address(reader: Actor, use: RuleUse) -> str:
    route, action = PAGES.get(use.kind, ("", None))
    is_open = action is not None and use.key is not None and may(reader, action)
    return reverse(route, args=[use.key]) if is_open else ""
