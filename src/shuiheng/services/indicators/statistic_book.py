"""Statistics by workbook: given out, checked when it comes back, entered as a whole, or undone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    Place,
    Statistic,
    StatisticBatch,
    StatisticState,
)
from shuiheng.adapters.workbooks import (
    Stamp,
    WorkbookRefusedError,
    annotate,
    read_workbook,
    write_template,
)
from shuiheng.kernel import Severity
from shuiheng.services.cases.scope_meanings import parts_said
from shuiheng.services.errors import EmptyFileError, NotThereError, ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, kept_content, shown_name
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.indicators.keep_statistic import (
    enter_statistics,
    hold_places,
    withdraw_entered,
)
from shuiheng.services.indicators.statistic_check import SAME, StatisticCheck, ToldFact, check_statistics
from shuiheng.services.indicators.statistic_form import Wanted, form_rows, statistics_form
from shuiheng.services.indicators.statistic_places import statistic_cities, statistic_places
from shuiheng.services.ledger.book_reading import secret_key
from shuiheng.services.permission import Action, Actor, reaches, require
from shuiheng.services.scope import city_above, row_for, scope

CHECKED, TAKEN, UNDONE = "checked", "taken", "undone"
MOST_SHOWN, REASON = 2000, 300
Json = dict[str, Any]


def places_to_keep(account: Account, city: Place) -> Mapping[str, int]:
    """Return the places of a city of which somebody may tell statistics, keys by name, the city first."""
    places = statistic_places(account, Action.FIGURES_KEEP)
    return {each.name: each.pk for each in places if city_above(each).pk == city.pk}


def statistics_workbook(actor: Actor, city: int, wanted: Wanted) -> tuple[str, bytes]:
    """Return name and bytes of the workbook of statistics, with what stands already in its rows.

    Args:
        actor: Who asks for it.
        city: Key of the city.
        wanted: Which rows it has.

    Raises:
        NotThereError, NotPermittedError: The city or a place is not the actor's.
    """
    account = require(actor, Action.FIGURES_KEEP)
    place, mine = _city(account, city)
    if not wanted.places or not set(wanted.places) <= set(mine.values()):
        raise NotThereError(f"place:{sorted(wanted.places)}")
    now = timezone.localtime()
    stamp = Stamp(
        unit=place.name,
        period=f"{min(wanted.years)}—{max(wanted.years)}",
        issued_at=now.isoformat(timespec="seconds"),
    )
    rows = form_rows(wanted, _best(_standing(account, wanted.places)))
    template = statistics_form(list(mine))
    content = write_template(template, stamp=stamp, rows=rows, secret=secret_key())
    name = next(iter(wanted.places.values())) if len(wanted.places) == 1 else place.name
    with transaction.atomic():
        record_event(account, "form.issued", subject=f"place:{place.pk}", place=place, rows=len(rows))
    return f"{name}_统计数据_{stamp.period}_{now:%Y%m%d}.xlsx", content


def receive_statistics(actor: Actor, city: int, *, content: bytes, name: str) -> StatisticBatch:
    """Keep a workbook of statistics and check it; nothing is entered before it is taken in.

    The same file again gives the batch that waits or was taken in, so that a retry doubles nothing.

    Raises:
        EmptyFileError: It holds nothing.
        ServiceError: It cannot be read.
        NotThereError, NotPermittedError: The city is not the actor's.
    """
    account = require(actor, Action.FIGURES_KEEP)
    if not content:
        raise EmptyFileError
    place, _ = _city(account, city)
    found = _checked(account, place, content, name)
    unit = _unit(account, place)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=unit.pk)
        mine = StatisticBatch.objects.filter(organisation=unit, city=place, sha256=digest)
        known = mine.exclude(state=UNDONE).first()
        if known is not None:
            return known
        kept = keep_file(content)
        batch = StatisticBatch.objects.create(
            city=place,
            organisation=unit,
            stored_name=kept.name,
            sha256=kept.sha256,
            original_name=shown_name(name),
            content=_content(found),
            state=CHECKED,
            made_by=account,
            made_at=timezone.now(),
        )
        _tell_batch(account, batch, "statistic_batch.checked")
    return batch


def take_statistics(actor: Actor, key: int) -> StatisticBatch:
    """Enter what a checked workbook tells, all of it or nothing; it then waits for a second person.

    Raises:
        WrongStateError: It was taken in or undone.
        ServiceError: `statistics.barred`, `statistics.no_rows`, or what `enter_statistics` refuses.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.FIGURES_KEEP)
    with transaction.atomic():
        batch = row_for(account, Action.FIGURES_KEEP, StatisticBatch, lock=True, pk=key)
        if batch.state != CHECKED:
            raise WrongStateError(batch.state)
        found = _checked(account, batch.city, kept_content(batch.stored_name), batch.original_name)
        if found.errors:
            raise ServiceError("statistics.barred", count=str(found.errors))
        if not found.fresh:
            raise ServiceError("statistics.no_rows")
        entered: list[int] = []
        for place in dict.fromkeys(each.place for each in found.fresh):
            fields = [each.fields for each in found.fresh if each.place == place]
            rows = enter_statistics(account, place, fields, batch=batch.sha256)
            entered += [row.pk for row in rows]
        waited = [each.before.pk for each in found.fresh if _waits(each)]  # type: ignore[union-attr]  # it stands
        batch.content = _content(found) | {"rows": entered, "replaced": waited}
        batch.state, batch.taken_at = TAKEN, timezone.now()
        batch.save(update_fields=["content", "state", "taken_at"])
        _tell_batch(account, batch, "statistic_batch.taken")
    return batch


def undo_statistics(actor: Actor, key: int, *, reason: str) -> StatisticBatch:
    """Take a workbook back as a whole while nobody has decided on any of its facts.

    What waited before it waits again. Facts that were entered anew since stay as they are.

    Raises:
        WrongStateError: It was not taken in, or is undone.
        ServiceError: `statistics.batch_decided`, `statistics.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.FIGURES_KEEP)
    words = reason.replace("\x00", "").strip()[:REASON]
    with transaction.atomic():
        batch = row_for(account, Action.FIGURES_KEEP, StatisticBatch, lock=True, pk=key)
        if batch.state != TAKEN:
            raise WrongStateError(batch.state)
        if not words:
            raise ServiceError("statistics.reason_needed")
        mine = Statistic.objects.filter(pk__in=batch.content["rows"])
        hold_places(set(mine.values_list("place", flat=True)))
        rows = list(mine.select_for_update(of=("self",)).order_by("pk"))
        decided = [row for row in rows if row.state != StatisticState.ENTERED]
        if decided:
            raise ServiceError("statistics.batch_decided", count=str(len(decided)))
        waiting = [row for row in rows if row.superseded_at is None]
        freed = {row.key for row in waiting}
        before = Statistic.objects.filter(pk__in=batch.content["replaced"], state=StatisticState.ENTERED)
        restored = [row.pk for row in before if row.key in freed]
        withdraw_entered(account, waiting, restored=restored, reason=words)
        batch.state, batch.undone_by, batch.undone_at = UNDONE, account, timezone.now()
        batch.save(update_fields=["state", "undone_by", "undone_at"])
        _tell_batch(account, batch, "statistic_batch.undone", reason=words)
    return batch


def marked_statistics(actor: Actor, key: int) -> tuple[str, bytes]:
    """Return name and bytes of the sender's own workbook with every bad cell marked.

    Raises:
        NotThereError, NotPermittedError: It is not there.
        ServiceError: It cannot be written into.
    """
    account = require(actor, Action.FIGURES_KEEP)
    batch = row_for(account, Action.FIGURES_KEEP, StatisticBatch, pk=key)
    content = kept_content(batch.stored_name)
    found = _checked(account, batch.city, content, batch.original_name)
    try:
        marked = annotate(content, found.table, say=_say)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    return f"{batch.original_name.rpartition('.')[0]}_校验结果.xlsx", marked


def _city(account: Account, key: int) -> tuple[Place, Mapping[str, int]]:
    """Return a city with the places in it of which the account may tell.

    Raises:
        NotThereError: There is none.
    """
    city = next((each for each in statistic_cities(account, Action.FIGURES_KEEP) if each.pk == key), None)
    if city is None:
        raise NotThereError(f"place:{key}")
    return city, places_to_keep(account, city)


def _unit(account: Account, city: Place) -> Organisation:
    """Return in whose name somebody sends a workbook: the unit in this city."""
    held = [membership.organisation for membership, _ in reaches(account, Action.FIGURES_KEEP)]
    return next((unit for unit in held if city_above(unit.place).pk == city.pk), held[0])


def _standing(account: Account, places: Mapping[int, str] | Sequence[int]) -> list[Statistic]:
    """Return what stands of places, as far as the account may see it."""
    mine = scope(account, Action.FIGURES_LOOK, Statistic)
    rows = mine.filter(place__in=list(places), superseded_at__isnull=True)
    return list(rows.exclude(state=StatisticState.REFUSED))


def _best(rows: Sequence[Statistic]) -> list[Statistic]:
    """Return one value of each fact: the one that waits before the one that is confirmed."""
    ordered = sorted(rows, key=lambda row: row.state == StatisticState.ENTERED)
    return list({row.key: row for row in ordered}.values())


def _checked(account: Account, city: Place, content: bytes, name: str) -> StatisticCheck:
    try:
        table = read_workbook(content, name=shown_name(name))
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    places = places_to_keep(account, city)
    keys = list(places.values())
    return check_statistics(table, places, _standing(account, keys), parts=parts_said(keys))


def _waits(told: ToldFact) -> bool:
    return told.before is not None and told.before.state == StatisticState.ENTERED


def _content(found: StatisticCheck) -> Json:
    sorts = [each.sort for each in found.told]
    return {
        "errors": found.errors,
        "counts": {sort: sorts.count(sort) for sort in sorted(set(sorts))},
        "told": [_difference(each) for each in found.told if each.sort != SAME][:MOST_SHOWN],
        "findings": [
            {
                "code": each.code,
                "severity": each.severity.value,
                "heading": each.heading,
                "values": {**each.blanks, "line": "" if each.row is None else str(each.row)},
            }
            for each in found.table.findings
            if each.severity is not Severity.NOTE
        ][:MOST_SHOWN],
    }


def _difference(each: ToldFact) -> Json:
    return {
        "line": each.line,
        "place": each.place,
        "fact": each.fields.fact,
        "member": each.fields.member,
        "year": each.fields.year,
        "through": each.fields.through,
        "value": str(each.fields.value),
        "written": each.written,
        "sort": each.sort,
        "before": None if each.before is None else str(each.before.value),
        "before_state": "" if each.before is None else each.before.state,
    }


def _say(finding: Any) -> Sentence:
    return sentence_of(finding.code, finding.blanks, language="zh")


def _tell_batch(account: Account, batch: StatisticBatch, action: str, *, reason: str = "") -> None:
    record_event(
        account,
        action,
        subject=f"statistic_batch:{batch.pk}",
        place=batch.city,
        reason=reason,
        after={"state": batch.state, "sha256": batch.sha256, "counts": batch.content["counts"]},
    )
