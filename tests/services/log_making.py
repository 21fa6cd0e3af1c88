"""Events of the made-up city, and the hand of somebody who owns the database."""

from __future__ import annotations

import io

from django.db import connection
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Event
from shuiheng.audit import verify
from shuiheng.services.events import record_event
from shuiheng.services.export_events import log_lines


def write_events(actor: Account | None, count: int, *, action: str = "task.assigned") -> list[Event]:
    """Write so many events."""
    return [
        record_event(
            actor, action, subject=f"task:{n}", reason="按会议纪要", before={"n": n}, after={"n": n + 1}
        )
        for n in range(count)
    ]


def become_owner() -> None:
    """Take away what keeps the application from changing history, as the owner of the database can."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table in ("event", "seal", "sealedevent"):
            for verb in ("update", "delete"):
                on = f" ON records_{table}" if is_postgresql else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS records_{table}_no_{verb}{on}")


def whole_log() -> bytes:
    """Return the export of the whole log."""
    return "".join(log_lines(Event.objects.all(), city=None, at=timezone.now())).encode()


def verdict(anchors: dict[int, str] | None = None) -> verify.Seen | verify.LogError:
    """Return what the verifier says of the log in the database."""
    try:
        return verify.check_log(io.BytesIO(whole_log()), anchors or {})
    except verify.LogError as error:
        return error
