"""File the registers of a month (用水月报), and take a filing back: the work of a water user on a phone."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.documents.picture_marks import without_marks
from shuiheng.adapters.engines.columnar import Reader
from shuiheng.adapters.records.models import (
    Account,
    LedgerBatch,
    LedgerDocument,
    Meter,
    MeterFiling,
    Organisation,
)
from shuiheng.adapters.rulebook.filing_policy import filing_policy
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.metering.civil_time import day_of
from shuiheng.services.errors import FileTooLargeError, NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, shown_name
from shuiheng.services.keep_evidence import media_type_of
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.batch_kinds import BatchKind, BatchRow, SetAside, know_kind
from shuiheng.services.readings.check_filing import LONGEST_REMARK, FiledMeter, Judged, judge, wanted_month
from shuiheng.services.readings.filing_checks import FilingDoubt, photo_doubt
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.readings.take_readings import Brought, keep_batch
from shuiheng.services.readings.told_by_others import GONE, told_by_others
from shuiheng.services.scope import row_for

FILING, WITHDRAWN = "filing", "filing_withdrawn"
PHOTO_KIND, PHOTO_TYPES = "register_photo", ("image/jpeg", "image/png")
MEGABYTE = 2**20
Doubts = Mapping[int, Sequence[FilingDoubt]]


class FilingDoubtsError(ServiceError):
    """Registers are doubtful and not confirmed, or must be corrected; nothing was saved.

    Args:
        doubts: What is doubtful, by key of the meter.
    """

    def __init__(self, doubts: Doubts) -> None:
        super().__init__("filing.doubts", count=str(len(doubts)))
        self.doubts = doubts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Photo:
    content: bytes
    sha256: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One meter of a filing on its way: what was typed, how it was judged, what stands, its photo."""

    typed: FiledMeter
    judged: Judged
    standing: MeterFiling | None
    photo: _Photo | None

    @property
    def is_known(self) -> bool:
        """Whether the same stands already."""
        held = self.standing
        if held is None or held.register_litres != self.judged.litres or self.typed.remark != held.remark:
            return False
        if held.batch is not None and held.batch.state in GONE:
            return False
        is_same_day = day_of(int(held.read_at.timestamp())) == self.typed.day
        held_photo = held.photo.sha256 if held.photo is not None else None
        return is_same_day and (self.photo is None or self.photo.sha256 == held_photo)


def file_month(actor: Actor, month: date, filed: Sequence[FiledMeter]) -> list[MeterFiling]:
    """File registers of a month; what stands already is left as it is, another register takes its place.

    Registers of meters that are read by hand become readings of the meters' keepers. Those of meters that
    report by themselves are held against their own readings and are none.

    Args:
        actor: Who files; needs the right to file for the water user.
        month: First day of the month.
        filed: What was typed, one for each meter.

    Returns:
        The filings that stand now, in the order of the meters' numbers.

    Raises:
        FilingDoubtsError: A register must be corrected, or is doubtful and has no remark.
        ServiceError: `filing.closed`, `filing.nothing`, `filing.photo_kind`, or a photo is refused.
        NotThereError, NotPermittedError: A meter is not the actor's to file.
    """
    account = require(actor, Action.READINGS_FILE)
    wanted_month(month)
    typed = {each.meter: each for each in filed}
    if not typed:
        raise ServiceError("filing.nothing")
    meters = [row_for(account, Action.READINGS_FILE, Meter, pk=key) for key in sorted(typed)]
    photos = {key: _photo(each) for key, each in typed.items()}
    with transaction.atomic(), reading_store().snapshot() as reader:
        keepers = _keepers(meters)
        meters = [row_for(account, Action.READINGS_FILE, Meter, lock=True, pk=key) for key in sorted(typed)]
        lines = _lines(reader, month, meters, typed, photos)
        fresh = [line for line in lines if not line.is_known]
        _refuse_doubts(fresh, month)
        done = {line.typed.meter: line.standing for line in lines if line.standing is not None}
        done |= _write(_Filing(account, month, timezone.now(), keepers, reader), fresh)
    return sorted(done.values(), key=lambda each: (each.meter.number, each.pk))


def withdraw_filing(actor: Actor, key: int, *, reason: str) -> MeterFiling:
    """Take a filing of an open month back; its reading does not hold any more, its row stays.

    Raises:
        ServiceError: `filing.closed`, `ledger.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's, or does not stand.
    """
    account = require(actor, Action.READINGS_FILE)
    with transaction.atomic(), reading_store().snapshot() as reader:
        filing = row_for(
            account, Action.READINGS_FILE, MeterFiling, lock=True, pk=key, superseded_at__isnull=True
        )
        wanted_month(filing.month)
        words = reason.replace("\x00", "").strip()[:LONGEST_REMARK]
        if not words:
            raise ServiceError("ledger.reason_needed")
        now = timezone.now()
        if filing.batch is not None:
            keepers = _keepers([filing.meter])
            back = Brought(
                content=_content(filing.month, now, [_given_back(reader, filing)]),
                name=_title(filing.meter, filing.month),
                kind=WITHDRAWN,
                reason=words,
            )
            keep_batch(account, keepers[filing.meter.keeper_id], back)
        filing.superseded_at = now
        filing.save(update_fields=["superseded_at"])
        record_event(
            account,
            "meter.filing_withdrawn",
            subject=f"meter:{filing.meter_id}",
            place=filing.meter.city,
            reason=words,
            before=_said(filing),
        )
    return filing


@dataclass(frozen=True, slots=True)
class _Filing:
    """One call of `file_month`: by whom, for which month, when, the keepers, what the store holds."""

    account: Account
    month: date
    now: datetime
    keepers: Mapping[int, Organisation]
    reader: Reader


def _keepers(meters: Iterable[Meter]) -> dict[int, Organisation]:
    """Return who keeps these meters.

    Their rows are not locked, or all users of a water company would wait for each other on the due day;
    the locks of the meters keep two filings of one meter apart, and no two filings have the same bytes.
    """
    keys = {meter.keeper_id for meter in meters}
    return Organisation.objects.select_related("place").in_bulk(keys)


def _photo(typed: FiledMeter) -> _Photo | None:
    """Return a photo as it will be kept, without place and device; refuse what is no photo."""
    if not typed.photo:
        return None
    limit = filing_policy().largest_photo_mb
    if len(typed.photo) > limit * MEGABYTE:
        raise FileTooLargeError(limit_mb=limit)
    if media_type_of(typed.photo, typed.photo_name) not in PHOTO_TYPES:
        raise ServiceError("filing.photo_kind", name=shown_name(typed.photo_name))
    content = without_marks(typed.photo)
    name = shown_name(typed.photo_name)
    return _Photo(content=content, sha256=hashlib.sha256(content).hexdigest(), name=name)


def _lines(
    reader: Reader,
    month: date,
    meters: Sequence[Meter],
    typed: Mapping[int, FiledMeter],
    photos: Mapping[int, _Photo | None],
) -> list[_Line]:
    rows = MeterFiling.objects.select_for_update(of=("self",)).select_related("photo", "meter", "batch")
    standing = {
        row.meter_id: row for row in rows.filter(meter__in=meters, month=month, superseded_at__isnull=True)
    }
    pairs = [(meter, typed[meter.pk]) for meter in meters]
    return [
        _Line(
            typed=typed[one.meter.pk],
            judged=one,
            standing=standing.get(one.meter.pk),
            photo=photos[one.meter.pk],
        )
        for one in judge(reader, wanted_month(month), pairs, now=timezone.now())
    ]


def _refuse_doubts(lines: Iterable[_Line], month: date) -> None:
    """Refuse registers that must be corrected, and doubtful ones about which nobody says anything."""
    found: dict[int, Sequence[FilingDoubt]] = {}
    for line in lines:
        doubts = _all_doubts(line, month)
        if line.judged.is_final or (doubts and not line.typed.remark.strip()):
            found[line.typed.meter] = doubts
    if found:
        raise FilingDoubtsError(found)


def _all_doubts(line: _Line, month: date) -> list[FilingDoubt]:
    again = photo_doubt(line.judged.meter, month, line.photo.sha256) if line.photo is not None else []
    return [*line.judged.doubts, *again]


def _write(filing: _Filing, lines: Sequence[_Line]) -> dict[int, MeterFiling]:
    """Write the rows of new filings with the batches that bring their readings."""
    batches = _batches(filing, lines)
    done = {}
    for line in lines:
        meter, held = line.judged.meter, line.standing
        photo = held.photo if held is not None and line.photo is None else _kept(filing, line)
        if held is not None:
            held.superseded_at = filing.now
            held.save(update_fields=["superseded_at"])
        row = MeterFiling.objects.create(
            meter=meter,
            month=filing.month,
            batch=None if line.judged.is_compared else batches[meter.keeper_id],
            read_at=datetime.fromtimestamp(line.judged.read_at, UTC),
            register_litres=line.judged.litres or 0,
            compared_litres=line.judged.compared_litres,
            photo=photo,
            doubts=[each.as_json for each in _all_doubts(line, filing.month)],
            remark=line.typed.remark,
            filed_by=filing.account,
            filed_at=filing.now,
        )
        record_event(
            filing.account,
            "meter.filed",
            subject=f"meter:{meter.pk}",
            place=meter.city,
            reason=row.remark,
            before=_said(held) if held is not None else None,
            after=_said(row),
        )
        done[meter.pk] = row
    return done


def _batches(filing: _Filing, lines: Iterable[_Line]) -> dict[int, LedgerBatch]:
    """Keep one batch of readings for each keeper; a reading on another day gives the former one back."""
    rows: dict[int, list[dict[str, object]]] = defaultdict(list)
    names: dict[int, str] = {}
    for line in lines:
        if line.judged.is_compared:
            continue
        meter, held = line.judged.meter, line.standing
        names[meter.keeper_id] = _title(meter, filing.month)
        if held is not None and held.batch is not None and held.read_at.timestamp() != line.judged.read_at:
            rows[meter.keeper_id].append(_given_back(filing.reader, held))
        rows[meter.keeper_id].append(_row(meter, line.judged.read_at, line.judged.litres))
    return {
        keeper: keep_batch(
            filing.account,
            filing.keepers[keeper],
            Brought(
                content=_content(filing.month, filing.now, rows[keeper]), name=names[keeper], kind=FILING
            ),
        )
        for keeper in rows
    }


def _kept(filing: _Filing, line: _Line) -> LedgerDocument | None:
    """Keep the photo of a register with the documents of its user."""
    photo, meter = line.photo, line.judged.meter
    if photo is None:
        return None
    if meter.user is None:
        raise NotThereError(f"meter:{meter.pk}")
    kept = keep_file(photo.content)
    row = LedgerDocument.objects.create(
        user=meter.user,
        meter=meter,
        kind=PHOTO_KIND,
        title=f"{meter.number} {filing.month:%Y-%m}",
        on=line.typed.day,
        stored_name=kept.name,
        sha256=kept.sha256,
        original_name=photo.name,
        byte_count=kept.byte_count,
        added_by=filing.account,
    )
    record_event(
        filing.account,
        "water_user.document_added",
        subject=f"water_user:{meter.user.pk}",
        place=meter.city,
        after={"documents": [row.pk], "title": row.title, "sha256": row.sha256},
    )
    return row


def _given_back(reader: Reader, filing: MeterFiling) -> dict[str, object]:
    """Return the row after which an instant has what other batches told of it, or no reading."""
    at = int(filing.read_at.timestamp())
    litres = told_by_others(reader, filing.meter_id, at, own=Q(kind__in=(FILING, WITHDRAWN)))
    return _row(filing.meter, at, litres)


def _row(meter: Meter, read_at: int, litres: int | None) -> dict[str, object]:
    return {"meter": meter.number, "read_at": read_at, "register_litres": litres}


def _content(month: date, at: datetime, rows: Sequence[Mapping[str, object]]) -> bytes:
    """Return what a batch keeps; the instant tells a second filing of the same registers from the first."""
    kept = {"month": f"{month:%Y-%m}", "filed_at": at.isoformat(), "rows": list(rows)}
    return json.dumps(kept, ensure_ascii=False, indent=1).encode()


def _title(meter: Meter, month: date) -> str:
    name = meter.user.organisation.name if meter.user is not None else meter.number
    return f"{month:%Y-%m} {name}"


def _said(filing: MeterFiling) -> dict[str, object]:
    return {
        "month": f"{filing.month:%Y-%m}",
        "register_litres": filing.register_litres,
        "at": filing.read_at.isoformat(),
    }


def _rows(_batch: LedgerBatch, content: bytes) -> Iterable[BatchRow]:
    for row in json.loads(content)["rows"]:
        number, read_at, litres = row["meter"], row["read_at"], row["register_litres"]
        if litres is None:
            yield SetAside(meter_number=number, read_at=read_at)
        else:
            yield ReceivedReading(meter_number=number, read_at=read_at, register_litres=litres)


know_kind(BatchKind(id=FILING, read=_rows, is_direct=True))
know_kind(BatchKind(id=WITHDRAWN, read=_rows, is_direct=True, is_undone_elsewhere=True))  # by filing again
