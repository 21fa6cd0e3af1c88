"""Keep filters of list pages under names, each for its own account."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import SavedFilter
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require

NAME_LENGTH, QUERY_LENGTH, MOST = 60, 500, 30


def save_filter(actor: Actor, *, page: str, name: str, query: str) -> SavedFilter:
    """Keep the query of a page under a name; a name that stands gets the new query.

    Raises:
        ServiceError: The name is missing or too long, or there are too many.
        NotPermittedError: The actor may not see the register.
    """
    account = require(actor, Action.REGISTER_LOOK)
    name = name.strip()
    if not name or len(name) > NAME_LENGTH or len(query) > QUERY_LENGTH:
        raise ServiceError("services.filter_name")
    with transaction.atomic():
        own = account.saved_filters.filter(page=page)
        before = own.filter(name=name).first()
        if before is None and own.count() >= MOST:
            raise ServiceError("services.too_many_filters", limit=str(MOST))
        if before is not None and before.query == query:
            return before
        kept, _ = SavedFilter.objects.update_or_create(
            account=account, page=page, name=name, defaults={"query": query}
        )
        record_event(
            account,
            "filter.saved",
            subject=f"filter:{kept.pk}",
            before={"query": before.query} if before else None,
            after={"page": page, "name": name, "query": query},
        )
    return kept


def drop_filter(actor: Actor, key: int) -> None:
    """Forget a filter of one's own.

    Raises:
        NotThereError: It is not the actor's.
        NotPermittedError: The actor may not see the register.
    """
    account = require(actor, Action.REGISTER_LOOK)
    with transaction.atomic():
        kept = account.saved_filters.filter(pk=key).first()
        if kept is None:
            raise NotThereError(f"filter:{key}")
        record_event(
            account,
            "filter.dropped",
            subject=f"filter:{key}",
            before={"name": kept.name, "query": kept.query},
        )
        kept.delete()
