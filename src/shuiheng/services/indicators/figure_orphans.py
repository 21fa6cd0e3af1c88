"""Numbers in trees that lead nowhere (无来源数据): whose entered fact, rule, case or report is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Model

from shuiheng.adapters.records.models import ProgrammeCase, Progress, Statistic
from shuiheng.adapters.rulebook.computed_facts import computed_facts
from shuiheng.indicators.derivation import Derivation, NodeKind
from shuiheng.indicators.standing_content import CASE, REPORT
from shuiheng.services.indicators.counted_facts import LEDGER
from shuiheng.services.indicators.fact_book import CALENDAR
from shuiheng.services.indicators.settled_facts import SETTLED

TABLES: Mapping[str, type[Model]] = {"statistic": Statistic, CASE: ProgrammeCase, REPORT: Progress}


def orphans_in(trees: Iterable[Derivation]) -> tuple[Derivation, ...]:
    """Return the facts, cases and reports with a value that lead to nothing (无来源数据).

    A fact leads to the entered row, to the rule by which the ledger or settled months give it, or to the
    calendar; a case or report to its own row. Rows are asked for once for all trees.
    """
    leaves = [each for tree in trees for each in tree.walk() if _is_leaf(each)]
    known = {sort: _known(table, _keys(leaves, sort)) for sort, table in TABLES.items()}
    return tuple(leaf for leaf in leaves if not _leads_somewhere(leaf, known))


def _is_leaf(node: Derivation) -> bool:
    """Return whether a node stands for something that was read, and has a value."""
    is_read = node.kind in (NodeKind.FACT, NodeKind.CASE) or (
        node.kind is NodeKind.REPORTED and not node.children
    )
    return is_read and node.value is not None


def _leads_somewhere(leaf: Derivation, known: Mapping[str, set[int]]) -> bool:
    sort, _, rest = leaf.origin.partition(":")
    if sort in known:
        return rest.isdecimal() and int(rest) in known[sort]
    rules = computed_facts()
    facts = {SETTLED: rules.uses, LEDGER: rules.counts}.get(sort, ())
    return sort == CALENDAR or (rest.rpartition(":")[2] == leaf.key and leaf.key in facts)


def _known(table: type[Model], keys: list[int]) -> set[int]:
    return set(table._default_manager.filter(pk__in=keys).values_list("pk", flat=True))


def _keys(leaves: Iterable[Derivation], sort: str) -> list[int]:
    split = (each.origin.partition(":") for each in leaves)
    return sorted({int(rest) for name, _, rest in split if name == sort and rest.isdecimal()})
