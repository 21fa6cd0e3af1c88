"""The written word of an officer by which a charge that is held back may be issued (书面确认)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Charge, ChargeRun, ChargeState, RunState
from shuiheng.services.charges.make_run import require_idle
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST = 300


def give_word(actor: Actor, key: int, *, word: str) -> Charge:
    """Write down why a charge may be issued though too much of its water was estimated.

    The last word stands until the charge is issued; computing the run anew lets it go, for the figures may
    be others then.

    Raises:
        ServiceError: `charges.reason_needed`; `charges.not_held`; `charges.run_under_way`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_KEEP)
    if not word.strip():
        raise ServiceError("charges.reason_needed")
    with transaction.atomic():
        found = row_for(account, Action.CHARGES_KEEP, Charge, pk=key)
        run = row_for(account, Action.CHARGES_KEEP, ChargeRun, lock=True, pk=found.run_id)
        charge = row_for(account, Action.CHARGES_KEEP, Charge, lock=True, pk=key)
        require_idle(run)
        if not charge.is_held or charge.state != ChargeState.DRAFT or run.state == RunState.WITHDRAWN:
            raise ServiceError("charges.not_held")
        charge.word, charge.word_by, charge.word_at = word.strip()[:LONGEST], account, timezone.now()
        charge.save(update_fields=["word", "word_by", "word_at"])
        record_event(
            account, "charge.vouched", subject=f"charge:{charge.pk}", place=run.place, reason=charge.word
        )
    return charge
