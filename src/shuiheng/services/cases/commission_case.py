"""Say which third party works on a case (委托第三方)."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import Organisation, OrganisationKind, ProgrammeCase
from shuiheng.services.cases.case_act import case_in_hand
from shuiheng.services.cases.keep_case import tell_case
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for


def commission_case(actor: Actor, key: int, organisation: int | None) -> ProgrammeCase:
    """Let a third party work on a case, or None any longer; it then sees the case and ends steps of its own.

    Raises:
        ServiceError: `cases.no_third_party`, the organisation is of another kind or closed.
        NotThereError, NotPermittedError: The case or the organisation is not the actor's.
    """
    account = require(actor, Action.CASES_KEEP)
    with transaction.atomic():
        row = case_in_hand(account, Action.CASES_KEEP, key, known=None)
        found = None
        if organisation is not None:
            found = row_for(account, Action.ORGANISATIONS_LOOK, Organisation, pk=organisation)
            if found.kind != OrganisationKind.THIRD_PARTY or found.to_on is not None:
                raise ServiceError("cases.no_third_party", name=found.name)
        row.commissioned = found
        row.save(update_fields=["commissioned"])
        tell_case(account, row, "case.commissioned", third_party="" if found is None else str(found.pk))
    return row
