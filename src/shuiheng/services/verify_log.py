"""Verify the whole log each night with the program that auditors use, and write down what it said."""

from __future__ import annotations

import logging
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Event
from shuiheng.audit import verify
from shuiheng.services.background import every_minute
from shuiheng.services.events import record_event
from shuiheng.services.export_events import log_lines

VERIFIED = "log.verified"
NIGHT_HOURS = range(1, 6)
LONGEST_WAIT = timedelta(days=1, hours=12)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogVerdict:
    """What the verifier said of the whole log.

    Args:
        code: Code of the first fault, empty when the log holds.
        says: The verifier's own line.
        rows: Rows that were verified.
        seals: Seals that were verified.
    """

    code: str
    says: str
    rows: int = 0
    seals: int = 0


def verify_log() -> LogVerdict:
    """Export the whole log to a file, verify it, and write the verdict down as an event."""
    settings.STATE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.STATE) as stream:
        lines = log_lines(Event.objects.all(), city=None, at=timezone.now())
        stream.writelines(line.encode() for line in lines)
        stream.seek(0)
        try:
            seen = verify.check_log(stream, {})
            verdict = LogVerdict(code="", says=str(seen), rows=seen.rows, seals=seen.seals)
        except verify.LogError as error:
            verdict = LogVerdict(code=error.code, says=str(error))
            logger.error("the event log does not hold: %s", error)
    with transaction.atomic():
        record_event(
            None,
            VERIFIED,
            subject="log",
            code=verdict.code,
            says=verdict.says if verdict.code else "",
            rows=verdict.rows,
            seals=verdict.seals,
        )
    return verdict


def verify_nightly(at: datetime | None = None) -> LogVerdict | None:
    """Verify the log once a night, or as soon as it was not verified for a day and a half.

    Args:
        at: The instant for which to judge; now unless told.
    """
    now = timezone.localtime(at)
    last = last_verdict()
    if last is not None:
        is_tonight = timezone.localdate(last.at) == now.date()
        if is_tonight or (now.hour not in NIGHT_HOURS and now - last.at < LONGEST_WAIT):
            return None
    return verify_log()


def last_verdict() -> Event | None:
    """Return the event that tells the last verdict, or None when the log was never verified."""
    return Event.objects.filter(action=VERIFIED, actor__isnull=True).order_by("-pk").first()


every_minute(verify_nightly)
