"""How the tree of a number is shown: words of one language, sources as links, rows in sight as links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from shuiheng.adapters.records.models import Place, ProgrammeCase, Statistic
from shuiheng.adapters.records.queries_counts import cases_in_sight
from shuiheng.adapters.records.queries_figures import statistics_by_key
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.derivation import Derivation, NodeKind
from shuiheng.rules.basis import Basis
from shuiheng.web.pages.rules.shown import known_sources
from shuiheng.web.words_counts import language

STATISTIC, CASE, PROGRESS, ROWS = "statistic", "case", "progress", ("settled", "ledger")
ENTERED = ("statistic", "network")
MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClause:
    """A clause with its source."""

    title: str
    address: str
    clause: str
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNode:
    """A number of a tree as it is shown.

    Args:
        node: The number.
        name: Its name.
        unit: Its unit.
        formula: Its formula in words.
        notes: What a reader has to know.
        clauses: The clauses that say so.
        origin: Of what kind its source is; empty for what was computed.
        statistic: The entered fact behind it, or None.
        address: The page of the rows or the case behind it; empty where there is none in sight.
        shares: By grade, which share of it came to be known how.
        children: Of what it was made, as far as it is in sight and listed here.
        hidden: How many cases are not listed.
    """

    node: Derivation
    name: str
    unit: str
    formula: str
    notes: tuple[str, ...]
    clauses: tuple[ShownClause, ...]
    origin: str
    statistic: Statistic | None
    address: str
    shares: Sequence[tuple[str, Decimal]]
    children: tuple[ShownNode, ...]
    hidden: int = 0

    @property
    def is_missing(self) -> bool:
        """Return whether there is no value."""
        return self.node.value is None

    @property
    def is_leaf(self) -> bool:
        """Return whether nothing stands below it."""
        return not self.children


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Rows behind a tree, read in one go."""

    statistics: Mapping[int, Statistic]
    cases: Mapping[int, ProgrammeCase]
    place: Place


def shown_tree(tree: Derivation, place: Place, figures: Sight, cases: Sight | None = None) -> ShownNode:
    """Return a tree as it is shown; entered facts and cases are read once for the whole tree.

    Args:
        tree: The tree.
        place: The place of which it speaks.
        figures: Which entered facts the reader may see.
        cases: Which cases the reader may see, or None for none.
    """
    origins = [each.origin.partition(":") for each in tree.walk() if each.origin]
    keys = {kind: [int(key) for name, _, key in origins if name == kind] for kind in (STATISTIC, CASE)}
    rows = _Rows(
        statistics=statistics_by_key(figures, keys[STATISTIC]),
        cases=cases_in_sight(cases, keys[CASE]) if cases else {},
        place=place,
    )
    return _shown(tree, rows, language())


def shown_clauses(bases: Sequence[Basis]) -> tuple[ShownClause, ...]:
    """Return clauses with the names and pages of their sources."""
    sources = known_sources()
    return tuple(
        ShownClause(
            title=sources[basis.source].title if basis.source in sources else basis.source,
            address=reverse("rule_source", args=[basis.source]) if basis.source in sources else "",
            clause=basis.clause,
            is_default=basis.mark.value == "default",
        )
        for basis in bases
    )


def _shown(node: Derivation, rows: _Rows, spoken: str) -> ShownNode:
    origin, _, key = node.origin.partition(":")
    case = rows.cases.get(int(key)) if origin == CASE else None
    children = [each for each in node.children if _is_listed(each, rows)][:MOST_LISTED]
    return ShownNode(
        node=node,
        name=case.subject_name if case else node.names.get(spoken, node.key),
        unit=node.unit.get(spoken, ""),
        formula=node.formula.get(spoken, ""),
        notes=tuple(note.get(spoken, "") for note in node.notes),
        clauses=shown_clauses(node.clauses) if node.kind is not NodeKind.CONSTANT else (),
        origin=origin,
        statistic=rows.statistics.get(int(key)) if origin == STATISTIC else None,
        address=_address(node, rows, case),
        shares=[(grade.value, share) for grade, share in node.shares.items()],
        children=tuple(_shown(child, rows, spoken) for child in children),
        hidden=len(node.children) - len(children),
    )


def _is_listed(node: Derivation, rows: _Rows) -> bool:
    """Return whether a node is shown: a case only to who may see it."""
    return node.kind is not NodeKind.CASE or int(node.key) in rows.cases


def _address(node: Derivation, rows: _Rows, case: ProgrammeCase | None) -> str:
    """Return the page of what stands behind a node, where there is one in sight."""
    if case is not None:
        return reverse("case", args=[case.pk])
    kind, _, key = node.origin.partition(":")
    if kind == PROGRESS:
        return reverse("progress", args=[key])
    if node.kind is not NodeKind.FACT or node.year is None:
        return ""
    return fact_address(rows.place.pk, node.key, node.year, origin=node.origin)


def fact_address(place: int, fact: str, year: int, *, origin: str = "") -> str:
    """Return the page of what stands behind a fact; nothing where there is none.

    Args:
        place: Key of the city or district.
        fact: Id of the fact.
        year: The year.
        origin: From where it was read; from where it usually comes unless told.
    """
    sort = origin.partition(":")[0] or indicator_book().origins.get(fact, "")
    if sort in ROWS:
        return reverse("fact_rows", args=[fact, place, year])
    return reverse("statistic_fact", args=[place, fact]) if sort in ENTERED else ""
