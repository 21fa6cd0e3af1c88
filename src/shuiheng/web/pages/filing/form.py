"""What the form of a month shows of each meter, and what was typed into it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import get_language

from shuiheng.adapters.records.models import MeterFact, MeterFiling, SettledMonth, WaterUser
from shuiheng.adapters.records.queries_filing import filings_of, meters_to_file, settled_of
from shuiheng.adapters.records.sight import Sight
from shuiheng.metering.checks.record import m3_text
from shuiheng.metering.civil_time import day_of, months_before
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.readings.check_filing import LONGEST_REMARK, FiledMeter
from shuiheng.services.readings.filed_register import last_readings, reports_itself
from shuiheng.services.readings.filing_checks import FiledUse, FilingDoubt
from shuiheng.services.readings.filing_months import FilingMonth
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.web.fields import words_of

MONTHS_OF_A_YEAR, LONGEST_NUMBER = 12, 24
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDoubt:
    """A doubt as the page says it."""

    sentence: Sentence
    is_final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """One meter of the form.

    Args:
        fact: What the ledger says of it.
        is_compared: Whether it reports by itself, so that a filing is only compared.
        filing: What stands for the month, or None.
        last_litres: Its last register before; None when there is none.
        last_on: The day of that register.
        month_before: The settled month before, or None.
        year_before: The same month last year, or None.
        register: What stands in the field.
        remark: What stands in the remark.
        doubts: What is doubtful of it.
        use: What passed since the last register.
    """

    fact: MeterFact
    is_compared: bool
    filing: MeterFiling | None = None
    last_litres: int | None = None
    last_on: date | None = None
    month_before: SettledMonth | None = None
    year_before: SettledMonth | None = None
    register: str = ""
    remark: str = ""
    doubts: Sequence[SaidDoubt] = ()
    use: FiledUse | None = None

    @property
    def key(self) -> int:
        """Key of the meter."""
        return self.fact.subject_id


def form_lines(seen: Sight, user: WaterUser, month: FilingMonth) -> list[FormLine]:
    """Return the meters of a user with what is known beside each field."""
    facts = meters_to_file(seen, user, min(month.last_day, timezone.localdate()))
    keys = [fact.subject_id for fact in facts]
    filed = {row.meter_id: row for row in filings_of(seen, user, month.month)}
    instants = {key: int(row.read_at.timestamp()) for key, row in filed.items()}
    with reading_store().snapshot() as reader:
        last = last_readings(reader, keys, timezone.localdate(), without=instants)
    before, year = months_before(month.month, 1), months_before(month.month, MONTHS_OF_A_YEAR)
    settled = {(row.meter_id, row.month): row for row in settled_of(seen, keys, (before, year))}
    return [
        FormLine(
            fact=fact,
            is_compared=reports_itself(fact),
            filing=filed.get(key),
            last_litres=last[key].register if key in last else None,
            last_on=day_of(last[key].read_at) if key in last else None,
            month_before=settled.get((key, before)),
            year_before=settled.get((key, year)),
            register=m3_text(filed[key].register_litres) if key in filed else "",
            remark=filed[key].remark if key in filed else "",
        )
        for key, fact in zip(keys, facts, strict=True)
    ]


def typed_meters(
    lines: Sequence[FormLine], posted: Mapping[str, str], files: Mapping[str, UploadedFile], day: date
) -> list[FiledMeter]:
    """Return what was typed for the meters of a form; fields left empty are left out."""
    found = []
    for line in lines:
        register = words_of(posted, f"register-{line.key}", limit=LONGEST_NUMBER)
        photo = files.get(f"photo-{line.key}")
        if not register and photo is None:
            continue
        found.append(
            FiledMeter(
                meter=line.key,
                register=register,
                day=day,
                remark=words_of(posted, f"remark-{line.key}", limit=LONGEST_REMARK),
                photo=photo.read() if photo is not None else b"",
                photo_name=(photo.name or "") if photo is not None else "",
            )
        )
    return found


def with_typed(
    lines: Sequence[FormLine], typed: Sequence[FiledMeter], doubts: Mapping[int, Sequence[FilingDoubt]]
) -> list[FormLine]:
    """Return the lines with what was typed and what is doubtful of it, to be shown again."""
    known = {each.meter: each for each in typed}
    return [
        replace(
            line,
            register=known[line.key].register,
            remark=known[line.key].remark,
            doubts=[said_doubt(each) for each in doubts.get(line.key, ())],
        )
        if line.key in known
        else line
        for line in lines
    ]


def said_doubt(doubt: FilingDoubt) -> SaidDoubt:
    """Return a doubt in the language of the page."""
    sentence = sentence_of(doubt.code, doubt.values, language=get_language() or "zh")
    return SaidDoubt(sentence=sentence, is_final=doubt.is_final)


def first_day_of(text: str) -> date | None:
    """Return the first day of a month such as 2026-10, or None when it is none of this century."""
    found = _MONTH.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else None
