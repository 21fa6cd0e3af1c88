"""What each act on a case does first: lock it, refuse a page that is out of date, say as whom one acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from shuiheng.adapters.records.models import Account, ProgrammeCase
from shuiheng.services.cases.case_actors import actors_for
from shuiheng.services.cases.keep_case import locked_case
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """When something happened, and what the page knew on which it was entered.

    Args:
        on: The day; None for today.
        known: How many events the case had on the page; None for not from a page.
    """

    on: date | None = None
    known: int | None = None

    @property
    def day(self) -> date:
        """Return the day on which it happened."""
        return self.on or timezone.localdate()


JUST_NOW = Entered()


def case_in_hand(account: Account, action: Action, key: int, *, known: int | None) -> ProgrammeCase:
    """Return a case that nobody else changes until the transaction ends.

    Args:
        account: Who acts.
        action: By which right.
        key: The case.
        known: How many events the case had on the page from which the act comes; None for not from a page.

    Raises:
        ServiceError: `cases.stale`, something happened to it meanwhile; the same form sent twice is such.
        NotThereError: It is not there, or not the account's.
    """
    row = locked_case(account, action, key)
    if known is not None and known != row.event_count:
        since = row.events.filter(ordinal__gt=known).order_by("ordinal")
        raise ServiceError("cases.stale", happened=", ".join(since.values_list("sort", flat=True)))
    return row


def word_of_actor(
    account: Account, row: ProgrammeCase, who: Sequence[str], *, step: str, given: str = ""
) -> str:
    """Return as whom an account acts in a step, as one of those whom the step names.

    Args:
        account: Who acts.
        row: The case.
        who: Words of those who may.
        step: The step.
        given: As whom the account wants to act; empty for the first word that is its own.

    Raises:
        ServiceError: `cases.not_your_step`, it is none of them.
    """
    held = actors_for(account, row)
    own = [word for word in who if word in held and given in ("", word)]
    if not own:
        raise ServiceError("cases.not_your_step", step=step, who=", ".join(who))
    return own[0]
