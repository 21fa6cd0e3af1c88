"""Which rules of membership hold in a city in a year: those of the rulebook and those of its plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shuiheng.adapters.records.models import Place, PublishedThreshold
from shuiheng.adapters.records.queries_members import published_cut_offs
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.adapters.rulebook.membership import WrittenRule, membership_book
from shuiheng.rules import Source
from shuiheng.rules.cut_offs import CutOff, WhyNot, rule_mark, rules_of_cut_off
from shuiheng.rules.membership import MembershipRule

FROM_BOOK, FROM_PLAN = "book", "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRule:
    """A rule of membership with where it stands.

    Args:
        id: By which lists of different years belong together.
        rule: What it says.
        origin: `book` or `plan`.
        source: Title of the law, notice or plan.
        clause: Its words or the place in the source.
        source_id: Id of the source in the rulebook, or nothing.
        plan: Key of the plan, or None.
        mark: Whether the text of a source was read (`found`) or is known only (`known`).
    """

    id: str
    rule: MembershipRule
    origin: str
    source: str
    clause: str
    source_id: str = ""
    plan: int | None = None
    mark: str = "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A cut-off of a plan that decides about no list, with the reason."""

    cut_off: PublishedThreshold
    why: WhyNot


def rules_in_force(seen: Sight, city: Place, year: int) -> tuple[Sequence[ListedRule], Sequence[PassedOver]]:
    """Return the rules that hold in a city in a year, and the cut-offs of its plans that are none.

    Args:
        seen: What the reader may see.
        city: The city.
        year: The year of the lists.
    """
    rules = {rule.id: rule for rule in _of_book(city, year)}
    over = []
    for row in published_cut_offs(seen, city):
        found = rules_of_cut_off(_cut_off(row), membership_book().words)
        if isinstance(found, WhyNot):
            over.append(PassedOver(cut_off=row, why=found))
            continue
        for rule in found:
            listed = _of_plan(row, rule)
            known = rules.get(listed.id)
            if known is None or (known.rule.is_wish and not rule.is_wish):
                rules[listed.id] = listed
    order = list(membership_book().duties)
    ordered = sorted(rules.values(), key=lambda each: (order.index(each.rule.duty), each.origin, each.id))
    return ordered, over


def terms_of(listed: ListedRule) -> dict[str, Any]:
    """Return what a rule says and where it stands, in the form in which a list keeps it."""
    rule, who = listed.rule, listed.rule.who
    return {
        "duty": rule.duty,
        "quantity": rule.quantity,
        "op": rule.op.value,
        "limit": int(rule.limit),
        "is_wish": rule.is_wish,
        "who": {
            "classes": sorted(who.classes),
            "sources": sorted(who.sources),
            "is_above_scale": who.is_above_scale,
            "is_public": who.is_public,
            "unread": list(who.unread),
            "beside": list(who.beside),
        },
        "origin": listed.origin,
        "source": listed.source,
        "source_id": listed.source_id,
        "plan": listed.plan,
        "text": listed.mark,
    }


def _of_book(city: Place, year: int) -> list[ListedRule]:
    titles = {source.id: source for source in load_knowledge().sources}
    return [
        ListedRule(
            id=f"book:{written.id}",
            rule=written.rule,
            origin=FROM_BOOK,
            source=_title(titles[written.source]),
            clause=written.at,
            source_id=written.source,
            mark=written.mark,
        )
        for written in membership_book().rules.values()
        if _holds(written, city, year)
    ]


def _holds(written: WrittenRule, city: Place, year: int) -> bool:
    if written.area and not city.code.startswith(written.area):
        return False
    has_begun = written.from_on <= date(year, 12, 31)
    return has_begun and (written.to_on is None or written.to_on > date(year, 1, 1))


def _title(source: Source) -> str:
    return f"《{source.title}》"


def _cut_off(row: PublishedThreshold) -> CutOff:
    return CutOff(
        applies_to=row.applies_to,
        quantity=row.quantity,
        op=row.op,
        value=row.value,
        unit=row.unit,
        effect=row.effect,
    )


def _of_plan(row: PublishedThreshold, rule: MembershipRule) -> ListedRule:
    plan = row.version.plan
    return ListedRule(
        id=f"plan:{plan.pk}:{rule_mark(rule)}",
        rule=rule,
        origin=FROM_PLAN,
        source=f"《{plan.title}》",
        clause=row.quote,
        plan=plan.pk,
    )
