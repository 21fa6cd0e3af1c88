"""The operation on counts: what counts for a target on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from shuiheng.adapters.records.queries_counts import counted_target
from shuiheng.services.cases.count_json import count_json
from shuiheng.services.cases.count_target import count_target, desk_of
from shuiheng.services.cases.link_targets import linked_targets
from shuiheng.services.errors import NotThereError
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.api.calls import MISSING, Key, caller

count_router = Router(tags=["register"])


class TargetCountOut(Schema):
    """What counts for a target; numbers are decimals as text, and null where they are not known."""

    target: int
    item: str
    metric: str
    scope: str
    kind: str
    wanted: str | None = None
    unit: str
    deadline: date | None = None
    counted_by: dict[str, Any]
    is_confirmed: bool
    on: date
    value: str | None = None
    at_least: str | None = None
    short: str | None = None
    problem: str | None = None
    missing: list[str]
    stages: dict[str, int] | None = None
    districts: dict[str, str | None] | None = None


@count_router.get("/targets/{key}/count", response={200: TargetCountOut, **MISSING})
def count_of_target(request: HttpRequest, key: Key, on: date | None = None) -> dict[str, Any]:
    """What counts for a target of the register on a day, today unless told; districts stand by their keys."""
    account = caller(request, Action.REGISTER_LOOK)
    target = counted_target(sight(account, Action.REGISTER_LOOK), key)
    if target is None:
        raise NotThereError(f"target:{key}")
    today = timezone.localdate()
    desk = desk_of(target.plan.place, today if on is None else min(on, today))
    return count_json(count_target(desk, linked_targets([target])[0]))
