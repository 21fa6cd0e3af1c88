"""Operations on readings: send a batch, ask how it ended, look at the readings of a meter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from shuiheng.adapters.records.models import LedgerBatch
from shuiheng.adapters.records.queries_readings import batch_in_sight
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action
from shuiheng.services.readings.call_errors import CallFormError, CallTooLargeError
from shuiheng.services.readings.look_at_readings import AskedReadings, KeptReading, look_at_readings
from shuiheng.services.readings.receive_call import HTTP_CSV, HTTP_JSON, MOST_BYTES, receive_call
from shuiheng.services.scope import sight
from shuiheng.web.api.calls import MISSING, REFUSED, Key, Moment, Repeat, caller, language_of
from shuiheng.web.api.reading_schemas import BODY, BatchOut, BatchRefOut, ReadingPage
from shuiheng.web.api.schemas import KEY_MAX, ErrorOut

reading_router = Router(tags=["readings"])
FORMS = {"application/json": HTTP_JSON, "text/csv": HTTP_CSV}
TAKEN_ON = 202
USUAL_TIME = timedelta(days=31)
Keeper = Annotated[int | None, Query(ge=1, le=KEY_MAX)]


class ReadingsAsked(Schema):
    """Which readings of a meter are asked for."""

    from_at: Moment | None = Field(None, alias="from")
    to_at: Moment | None = Field(None, alias="to")
    with_versions: bool = False
    cursor: int = Field(0, ge=0, le=KEY_MAX)
    limit: int = Field(1000, ge=1, le=5000)


@reading_router.post(
    "/readings",
    response={TAKEN_ON: BatchRefOut, **REFUSED, 413: ErrorOut, 415: ErrorOut, 429: ErrorOut},
    openapi_extra={"requestBody": BODY},
)
def post_readings(
    request: HttpRequest, response: HttpResponse, keeper: Keeper = None, repeat: Repeat = ""
) -> Any:
    """Send up to 50,000 readings of the meters that an organisation keeps.

    What is sent is kept as it is and checked soon after; its good readings then count, and the
    batch says what is wrong with the others.
    """
    account = caller(request, Action.READINGS_IMPORT)
    if keeper is None:
        raise ServiceError("readings.keeper_needed")
    kind = _kind(request)
    answer = receive_call(account, content=_body(request), kind=kind, keeper=keeper, repeat=repeat)
    url = f"/api/v1/readings/batches/{answer['id']}"
    response.headers["Location"] = url
    return Status(TAKEN_ON, {**answer, "url": url})


@reading_router.get("/readings/batches/{key}", response={200: BatchOut, **MISSING})
def one_batch(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Tell how far a batch is: `received`, `taking`, `taken`; `checked` when nothing of it counts."""
    account = caller(request, Action.READINGS_LOOK)
    batch = batch_in_sight(sight(account, Action.READINGS_LOOK), key)
    if batch is None:
        raise NotThereError(f"ledger_batch:{key}")
    return batch_json(batch, language=language_of(request))


@reading_router.get("/meters/{key}/readings", response={200: ReadingPage, **MISSING})
def readings_of_meter(request: HttpRequest, key: Key, asked: Query[ReadingsAsked]) -> dict[str, Any]:
    """Readings of a meter behind `from` up to and with `to`, 400 days at most; unless told, the last 31.

    Those that hold, or with `with_versions` everything that was ever said of each instant,
    with when it was taken in and by which batch; of the versions of an instant the last one holds.
    """
    account = caller(request, Action.READINGS_LOOK)
    to_at = asked.to_at or timezone.now()
    wanted = AskedReadings(
        from_at=asked.from_at or _usual_begin(to_at),
        to_at=to_at,
        after=asked.cursor,
        limit=asked.limit,
        with_versions=asked.with_versions,
    )
    found = look_at_readings(account, key, wanted)
    return {"items": [_reading(row) for row in found.rows], "next_cursor": found.following}


def _usual_begin(to_at: datetime) -> datetime:
    try:
        return to_at - USUAL_TIME
    except OverflowError:  # the first month of all time
        return to_at


def _kind(request: HttpRequest) -> str:
    packed = request.headers.get("Content-Encoding", "").strip().lower()
    if packed not in ("", "identity"):
        raise CallFormError(packed)
    kind = FORMS.get(request.content_type or "")
    if kind is None:
        raise CallFormError(request.content_type or "-")
    return kind


def _body(request: HttpRequest) -> bytes:
    """Return the body; one that is too large is not read to its end."""
    content = request.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise CallTooLargeError("readings.call_too_large", limit=MOST_BYTES // 2**20)
    return content


def batch_json(batch: LedgerBatch, *, language: str) -> dict[str, Any]:
    """Return a batch in the form of the interface."""
    names = ("kind", "state", "sha256", "made_at", "committed_at")
    return {name: getattr(batch, name) for name in names} | {
        "id": batch.pk,
        "keeper": batch.organisation_id,
        "counts": {name: _count(batch.counts, name) for name in ("good", "bad", "unknown_meter")},
        "findings": [_finding(each, language) for each in batch.findings],
    }


def _count(counts: dict[str, Any], name: str) -> int | None:
    """Return a count; what a checked batch does not count is none, before that nothing is known."""
    return int(counts.get(name, 0)) if "good" in counts else None


def _finding(each: dict[str, Any], language: str) -> dict[str, Any]:
    sentence = sentence_of(each["code"], each["values"], language=language)
    line, subject = str(each["values"].get("line", "")), each["subject"]
    return {
        "code": each["code"],
        "severity": each["severity"],
        "line": int(line) if line.isdecimal() else None,
        "meter": "" if subject == "document" else subject,
        "message": sentence.says,
        "remedy": sentence.remedy,
    }


def _reading(row: KeptReading) -> dict[str, Any]:
    return {
        "read_at": _instant(row.read_at),
        "register_litres": row.register_litres,
        "recorded_at": None if row.recorded_at is None else _instant(row.recorded_at),
        "batch": row.batch,
    }


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
