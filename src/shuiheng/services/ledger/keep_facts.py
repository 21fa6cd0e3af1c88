"""Believe something of a subject of the ledger for a run of days, and read what was believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from shuiheng.adapters.records.models import Account, DatedFact, LedgerBatch
from shuiheng.adapters.rulebook import column_rules
from shuiheng.kernel.timeline import Stretch, splice
from shuiheng.services.masking import masked

F = TypeVar("F", bound=DatedFact)
_AXES = frozenset(
    {
        "id",
        "valid_from",
        "valid_to",
        "recorded_at",
        "superseded_at",
        "recorded_by",
        "batch",
        "reason",
        "subject",
    }
)
_KEYS = {"ActivityFact": ("code",), "ContactFact": ("duty",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Who says a thing, since when it holds, and why it is said.

    Args:
        by: Who says it, or None for the system.
        valid_from: The first day on which it holds.
        valid_to: The first day on which it no longer holds, or None.
        reason: Why it is said, in the words of whoever says it.
        batch: The file that it came with.
    """

    by: Account | None
    valid_from: date
    valid_to: date | None = None
    reason: str = ""
    batch: LedgerBatch | None = None


def tell(table: type[F], subject: Model, values: Mapping[str, Any], telling: Telling) -> list[F]:
    """Believe `values` of a subject for the days of `telling`; call it inside a transaction.

    Days outside keep what was believed of them. Nothing is overwritten: beliefs that no longer
    stand get the instant of their end, and what remains of them is written anew. Saying what is
    believed already writes nothing.

    Args:
        table: The table of facts.
        subject: What it is said of; its row is locked, so that two tellings follow each other.
        values: Every column that is not of the two axes; one that is left out takes its default.
        telling: Who says it and for which days.

    Returns:
        The new rows, none when nothing changed.

    Raises:
        LookupError: A column does not exist.
    """
    columns = _whole(table, values)
    type(subject)._default_manager.select_for_update().get(pk=subject.pk)
    rows = list(_standing(table, subject, columns))
    stretches = {Stretch(first=row.valid_from, end=row.valid_to, value=columns_of(row)): row for row in rows}
    new = Stretch(first=telling.valid_from, end=telling.valid_to, value=tuple(sorted(columns.items())))
    change = splice(stretches, new)
    now = timezone.now()
    dropped = [stretches[each].pk for each in change.dropped]
    if dropped:
        table._default_manager.filter(pk__in=dropped).update(superseded_at=now)
    return [
        table._default_manager.create(
            subject=subject,
            valid_from=each.first,
            valid_to=each.end,
            recorded_at=now,
            recorded_by=telling.by,
            reason=telling.reason if each is new else "",
            batch=telling.batch if each is new else None,
            **dict(each.value),
        )
        for each in change.added
    ]


def tell_first(table: type[F], sayings: Sequence[tuple[Model, Mapping[str, Any], Telling]]) -> list[F]:
    """Believe something of many subjects of which nothing is believed yet; call it inside a transaction.

    It does what `tell` does for each of them, at once. Whoever calls holds the locks of the
    subjects or has just made them.

    Raises:
        LookupError: A column does not exist.
        ValueError: Something is believed of one of them already.
    """
    now, rows, new = timezone.now(), [], set()
    names = _KEYS.get(table.__name__, ())
    for subject, values, telling in sayings:
        columns = _whole(table, values)
        new.add((subject.pk, *(columns[name] for name in names)))
        rows.append(
            table(
                subject=subject,
                valid_from=telling.valid_from,
                valid_to=telling.valid_to,
                recorded_at=now,
                recorded_by=telling.by,
                reason=telling.reason,
                batch=telling.batch,
                **columns,
            )
        )
    keys = {subject.pk for subject, _, _ in sayings}
    known = table._default_manager.filter(Q(subject__in=keys), superseded_at__isnull=True)
    if len(new) < len(rows) or not new.isdisjoint(known.values_list("subject_id", *names)):
        raise ValueError("something is believed of a subject already")
    return table._default_manager.bulk_create(rows)


def facts_of(table: type[F], subject: Model) -> QuerySet[F]:
    """Return every belief of a subject, those that no longer stand too."""
    return table._default_manager.filter(Q(subject=subject))


def changed_columns(
    table: type[DatedFact], before: DatedFact | None, after: DatedFact
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns of a fact that changed, as they stood and as they stand, for the event log.

    The log is kept for ever: names and numbers of people stand in it under their masks.
    """
    old = dict(columns_of(before)) if before is not None else {}
    new = dict(columns_of(after))
    names = [name for name in new if old.get(name) != new[name]]
    rules = column_rules()

    def said(name: str, value: Any) -> Any:
        rule = rules.get((table.__name__, name))
        return masked(value, rule.mask) if rule and isinstance(value, str) else _plain(value)

    return {name: said(name, old.get(name)) for name in names}, {
        name: said(name, new[name]) for name in names
    }


def _standing(table: type[F], subject: Model, columns: Mapping[str, Any]) -> QuerySet[F]:
    keys = {name: columns[name] for name in _KEYS.get(table.__name__, ())}
    return facts_of(table, subject).filter(superseded_at__isnull=True, **keys)


def columns_of(row: DatedFact) -> tuple[tuple[str, Any], ...]:
    """Return every column of a belief that is not of the two axes, by the name of its attribute."""
    names = [field.attname for field in row._meta.concrete_fields if field.name not in _AXES]
    return tuple(sorted((name, getattr(row, name)) for name in names))


def _whole(table: type[DatedFact], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return every column by the name of its attribute, those that are not given with their defaults."""
    fields = {field.name: field for field in table._meta.concrete_fields if field.name not in _AXES}
    unknown = sorted(set(values) - set(fields) - {field.attname for field in fields.values()})
    if unknown:
        raise LookupError(f"{table.__name__} has no column {', '.join(unknown)}")
    found = {}
    for name, field in fields.items():
        given = values.get(name, values.get(field.attname, field.get_default()))
        found[field.attname] = given.pk if isinstance(given, Model) else field.to_python(given)
    return found


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int) else str(value)
