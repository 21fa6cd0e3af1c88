"""Check what a batch brought once more, when the ledger has come to know meters that it did not know."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import LedgerBatch, Organisation
from shuiheng.services.errors import ServiceError
from shuiheng.services.file_store import kept_content
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.check_batch import knows_more_now
from shuiheng.services.readings.take_readings import CHECKED, TAKEN, Brought, keep_batch
from shuiheng.services.scope import row_for


def take_again(actor: Actor, key: int) -> LedgerBatch:
    """Bring the kept file of a batch again, as a further batch of its kind; the first one stays.

    Readings that count already say the same once more, so that nothing is counted twice.

    Raises:
        ServiceError: `readings.nothing_new`, the ledger knows no meter more, or the batch is still
            under way or was undone.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.READINGS_IMPORT)
    with transaction.atomic():
        batch = row_for(account, Action.READINGS_IMPORT, LedgerBatch, pk=key)
        unit = row_for(account, Action.READINGS_IMPORT, Organisation, lock=True, pk=batch.organisation_id)
        if batch.state not in (CHECKED, TAKEN) or not knows_more_now(batch):
            raise ServiceError("readings.nothing_new")
        again = Brought(
            content=kept_content(batch.stored_name),
            name=batch.original_name,
            kind=batch.kind,
            reason=batch.reason,
            month=batch.month,
        )
        return keep_batch(account, unit, again)
