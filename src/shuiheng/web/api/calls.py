"""What the operations of the interface share: who calls, and the bounds of what is asked."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Path, Query, Status
from pydantic import AfterValidator

from shuiheng.adapters.records.models import Account
from shuiheng.services.errors import NotThereError
from shuiheng.services.permission import Action, may
from shuiheng.web.api.schemas import KEY_MAX, ErrorOut


def _in_utc(moment: datetime) -> datetime:
    """Return a moment in UTC, in which every database can compare it; one without a zone is local.

    Raises:
        ValueError: It lies before or behind all years.
    """
    try:
        aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        return aware.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("the moment lies outside of the years 1 to 9999") from error


Moment = Annotated[datetime, AfterValidator(_in_utc)]
Cursor = Annotated[int, Query(ge=0, le=KEY_MAX)]
Limit = Annotated[int, Query(ge=1, le=200)]
Key = Annotated[int, Path(ge=1, le=KEY_MAX)]
Slug = Annotated[str, Query(max_length=40, pattern=r"^[-a-zA-Z0-9_]*$")]
Repeat = Annotated[str, Header(alias="Idempotency-Key", max_length=120)]
Revision = Annotated[str, Header(alias="If-Match", max_length=40, pattern=r'^("?\d{1,9}"?)?$')]
Known = Annotated[str, Header(alias="If-None-Match", max_length=1000)]
SAME, TAG_LENGTH = 304, 32
MISSING = {401: ErrorOut, 404: ErrorOut, 422: ErrorOut}
REFUSED = MISSING | {400: ErrorOut, 403: ErrorOut, 409: ErrorOut}


def caller(request: HttpRequest, action: Action) -> Account:
    """Return the account that calls.

    Raises:
        NotThereError: It may not do this on anything at all.
    """
    account = request.user
    if not isinstance(account, Account) or not may(account, action):
        raise NotThereError(action.value)
    return account


def tagged(response: HttpResponse, body: dict[str, Any], known: str) -> Any:
    """Return an answer with a tag of its content as ETag; only the tag when the caller has it already.

    Args:
        response: The answer, for its headers.
        body: What it says.
        known: Tags that the caller has, as `If-None-Match` names them: one, several, or `*`.
    """
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, default=str)
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:TAG_LENGTH]}"'
    response.headers["ETag"] = tag
    had = {each.strip().removeprefix("W/") for each in known.split(",")}
    return Status(SAME, None) if tag in had or "*" in had else body


def language_of(request: HttpRequest) -> str:
    """Return the language in which the caller reads findings and errors."""
    return "en" if request.headers.get("Accept-Language", "").startswith("en") else "zh"
