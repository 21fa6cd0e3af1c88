"""Set a reading of a meter aside, correct it or add one, with a reason and a way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import LedgerBatch, Meter, Organisation, ReadingEdit
from shuiheng.metering.checks.record import m3_text
from shuiheng.metering.civil_time import local_words
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.edit_batches import EDIT, ReadingChange, edit_content
from shuiheng.services.readings.preview_edit import EditPreview, previewed
from shuiheng.services.readings.take_readings import Brought, begin_undo, keep_batch
from shuiheng.services.scope import row_for


def edit_readings(
    actor: Actor, key: int, changes: Sequence[ReadingChange], *, mark: str, reason: str
) -> LedgerBatch:
    """Write what is to hold of some readings of a meter; what held before stays in the store.

    The same edit over the same versions again gives the batch that stands, so that a retry doubles nothing.

    Args:
        actor: Who edits.
        key: Key of the meter.
        changes: What is to hold.
        mark: `EditPreview.mark` of what the actor looked at.
        reason: Why.

    Raises:
        ServiceError: `ledger.reason_needed`, `readings.edit_stale` when something else holds by now,
            and what `preview_edit` refuses.
        NotThereError, NotPermittedError: The meter is not the actor's.
    """
    account = require(actor, Action.READINGS_REVIEW)
    if not reason.strip():
        raise ServiceError("ledger.reason_needed")
    with transaction.atomic():
        meter = row_for(account, Action.READINGS_REVIEW, Meter, pk=key)
        unit = Organisation.objects.select_for_update(of=("self",)).get(pk=meter.keeper_id)
        asked = previewed(meter, changes)
        if asked.mark != mark:
            raise ServiceError("readings.edit_stale")
        edit = Brought(
            content=edit_content(meter, asked.changes, dict(asked.held)),
            name=_("修改读数 %(meter)s") % {"meter": meter.number},
            kind=EDIT,
            reason=reason.strip(),
        )
        batch = keep_batch(account, unit, edit)
        if not batch.edits.exists():
            _write(batch, asked)
            record_event(
                account,
                "reading.edited",
                subject=f"meter:{meter.pk}",
                place=meter.city,
                reason=reason.strip(),
                before={"registers": _said((at, each.litres) for at, each in asked.held.items())},
                after={"registers": _said((each.read_at, each.litres) for each in asked.changes)},
                batch=batch.pk,
            )
    return batch


def undo_edit(actor: Actor, key: int, *, reason: str) -> LedgerBatch:
    """Undo an edit: what it had overwritten holds again, unless something later holds by now.

    Args:
        actor: Who undoes it.
        key: Key of one of its rows.
        reason: Why.

    Raises:
        WrongStateError: It is not taken in yet, or was undone.
        ServiceError: `ledger.reason_needed`.
        NotThereError, NotPermittedError: The meter is not the actor's.
    """
    account = require(actor, Action.READINGS_REVIEW)
    with transaction.atomic():
        edit = row_for(account, Action.READINGS_REVIEW, ReadingEdit, pk=key)
        batch = LedgerBatch.objects.select_for_update(of=("self",)).get(pk=edit.batch_id)
        begin_undo(account, batch, reason=reason)
    return batch


def _said(readings: Iterable[tuple[int, int | None]]) -> list[str]:
    """Return readings in words, a missing one as a dash."""
    return [f"{local_words(at)} {'—' if litres is None else m3_text(litres)}" for at, litres in readings]


def _write(batch: LedgerBatch, asked: EditPreview) -> None:
    ReadingEdit.objects.bulk_create(
        ReadingEdit(
            meter=asked.meter,
            batch=batch,
            read_at=datetime.fromtimestamp(change.read_at, UTC),
            was_litres=asked.held[change.read_at].litres,
            litres=change.litres,
        )
        for change in asked.changes
    )
