"""Cited laws and standards must be in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shuiheng.kernel import Finding, Severity
from shuiheng.plans.checks.context import CheckContext
from shuiheng.plans.model import CitedSource
from shuiheng.rules import Source, edition_in_force, find_source


def check_cited_editions_are_in_force(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each cited edition that a newer one has replaced.

    Replaced before the plan was issued it is a fault of the plan; replaced since, the plan
    is read with the newer edition.
    """
    return tuple(_found(context))


def _found(context: CheckContext) -> Iterator[Finding]:
    seen = set()
    for cited in context.plan.sources:
        source = _source_of(context, cited)
        if source is None or source.id in seen:
            continue
        seen.add(source.id)
        newer = edition_in_force(context.knowledge.sources, source.id, context.as_of)
        if newer.id == source.id:
            continue
        issued = context.issue_day
        was_old = issued is not None and _held_on(context, source, issued).id != source.id
        yield Finding(
            code="plans.edition_was_replaced" if was_old else "plans.edition_replaced_since",
            severity=Severity.WARN if was_old else Severity.NOTE,
            subject="document",
            span=cited.span,
            page=cited.page,
            evidence=cited.number or cited.title,
            values=(
                ("cited", _name(source)),
                ("newer", _name(newer)),
                ("since", _day(newer.effective_on)),
            ),
        )


def _source_of(context: CheckContext, cited: CitedSource) -> Source | None:
    sources = context.knowledge.sources
    if cited.source is not None:
        found = next((source for source in sources if source.id == cited.source), None)
        if found is not None:
            return found
    by_number = find_source(sources, cited.number) if cited.number else None
    return by_number or find_source(sources, cited.title)


def _held_on(context: CheckContext, source: Source, day: date) -> Source:
    return edition_in_force(context.knowledge.sources, source.id, day)


def _name(source: Source) -> str:
    return f"《{source.title}》（{source.number}）" if source.number else f"《{source.title}》"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"
