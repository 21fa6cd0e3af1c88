"""Send in a list of processes and equipment to be given up (淘汰目录), and end one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import EliminationList, Place
from shuiheng.adapters.workbooks import WorkbookRefusedError, read_workbook
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import shown_name
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

TITLE_LENGTH, CELL_LENGTH, MOST_ROWS, HEAD_ROWS = 200, 200, 5000, 10
HEADINGS = {"name": "名称", "kind": "类别", "source": "依据"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFields:
    """What a list is called, and from when to when it holds."""

    title: str
    valid_from: date
    valid_to: date | None = None


def send_list(actor: Actor, city: int, what: ListFields, *, content: bytes, name: str) -> EliminationList:
    """Take in a list from a workbook or a CSV with the columns 名称, 类别 and 依据.

    Lists of several sources hold beside each other; one that is replaced is ended.

    Raises:
        ServiceError: The file cannot be read; `gates.list_empty`, `gates.list_long`; `gates.field`: title or
            days are missing or cannot be.
        NotThereError, NotPermittedError: The city is not the actor's.
    """
    account = require(actor, Action.GATES_KEEP)
    place = row_for(account, Action.GATES_KEEP, Place, pk=city)
    if city_above(place).pk != place.pk:
        raise NotThereError(f"place:{city}")
    if not what.title.strip():
        raise ServiceError("gates.field", field="title")
    if what.valid_to is not None and what.valid_to <= what.valid_from:
        raise ServiceError("gates.field", field="valid_to")
    rows = _rows(content, name)
    with transaction.atomic():
        made = EliminationList.objects.create(
            place=place,
            title=what.title.strip()[:TITLE_LENGTH],
            valid_from=what.valid_from,
            valid_to=what.valid_to,
            rows=rows,
            sha256=hashlib.sha256(content).hexdigest(),
            original_name=shown_name(name),
            sent_by=account,
            sent_at=timezone.now(),
        )
        record_event(
            account,
            "elimination_list.sent",
            subject=f"elimination_list:{made.pk}",
            place=place,
            after={"title": made.title, "rows": len(rows), "valid_from": made.valid_from.isoformat()},
        )
    return made


def end_list(actor: Actor, key: int, *, on: date) -> EliminationList:
    """End a list from a day on; it stays to be looked at.

    Raises:
        ServiceError: `gates.field`: the day is not after its first; `gates.list_ended`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.GATES_KEEP)
    with transaction.atomic():
        row = row_for(account, Action.GATES_KEEP, EliminationList, lock=True, pk=key)
        if row.ended_at is not None:
            raise ServiceError("gates.list_ended")
        if on <= row.valid_from:
            raise ServiceError("gates.field", field="valid_to")
        row.valid_to, row.ended_by, row.ended_at = on, account, timezone.now()
        row.save(update_fields=["valid_to", "ended_by", "ended_at"])
        record_event(
            account,
            "elimination_list.ended",
            subject=f"elimination_list:{row.pk}",
            place=row.place,
            after={"title": row.title, "valid_to": on.isoformat()},
        )
    return row


def _rows(content: bytes, name: str) -> list[dict[str, str]]:
    """Return the entries of a file: what stands below the headings of its first sheet that has them."""
    try:
        table = read_workbook(content, name=name)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    for sheet in table.sheets:
        for place, row in enumerate(sheet.rows[:HEAD_ROWS]):
            heads = [_text(cell) for cell in row]
            if HEADINGS["name"] in heads:
                found = [_entry(heads, each) for each in sheet.rows[place + 1 :]]
                return _good([each for each in found if each["name"]])
    raise ServiceError("gates.list_empty")


def _good(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    if not rows:
        raise ServiceError("gates.list_empty")
    if len(rows) > MOST_ROWS:
        raise ServiceError("gates.list_long", most=str(MOST_ROWS))
    return rows


def _entry(heads: Sequence[str], row: Sequence[object]) -> dict[str, str]:
    cells = dict(zip(heads, row, strict=False))
    return {key: _text(cells.get(heading))[:CELL_LENGTH] for key, heading in HEADINGS.items()}


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
