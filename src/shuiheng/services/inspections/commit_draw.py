"""Commit to the register of a draw and publish the commitment, as another person than who made it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import DrawState, InspectionDraw
from shuiheng.programmes.draw.register import commitment_of, register_json
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.keep_draw import locked_draw
from shuiheng.services.inspections.make_register import make_register
from shuiheng.services.inspections.tell_draw import tell_draw
from shuiheng.services.permission import Action, Actor, require


def commit_draw(actor: Actor, key: int) -> InspectionDraw:
    """Close the register of a draft as it stands today and publish its commitment (公布承诺值).

    From now on nothing of it changes; chance must not be known yet.

    Raises:
        ServiceError: `inspections.wrong_state`; `inspections.own_draw`, the same person planned it;
            `inspections.unfit_register`, something keeps it from being drawn from; `inspections.no_rule`;
            `inspections.not_sealed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.INSPECTIONS_RELEASE)
    with transaction.atomic():
        row = locked_draw(account, Action.INSPECTIONS_RELEASE, key, DrawState.DRAFT)
        if row.made_by_id == account.pk or row.recusals.filter(made_by=account).exists():
            raise ServiceError("inspections.own_draw")
        now = timezone.now()
        made = make_register(row, timezone.localdate(now))
        if made.findings:
            raise ServiceError("inspections.unfit_register", count=str(len(made.findings)))
        row.state, row.committed_by, row.committed_at = DrawState.COMMITTED, account, now
        row.as_of, row.size = made.register.as_of, made.register.size
        row.register, row.commitment = register_json(made.register), commitment_of(made.register)
        row.save()
        tell_draw(account, row, "committed", commitment=row.commitment)
    return row
