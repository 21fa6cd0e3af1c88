"""The stamp of a workbook: which form it is, of which edition, for whom and for when.

It stands twice: in a very hidden sheet, and in a line that people see. The line is kept when
a program drops hidden sheets, as every conversion to CSV does.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

STAMP_SHEET = "_shuiheng_stamp"
_LINE = re.compile(r"〔(?P<words>[^〔〕]{1,600})〕")
_NAMES = {
    "template": "表样",
    "version": "版本",
    "unit": "填报单位",
    "period": "报告期",
    "issued_at": "发出时间",
    "batch": "批次",
    "digest": "校验码",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """For whom and for when a workbook was issued.

    Args:
        unit: Organisation that fills it in, as printed.
        period: Period that it reports on, as printed, for example 2026年上半年.
        issued_at: Instant of issue, ISO 8601.
        batch: Id of the issue, or empty.
    """

    unit: str
    period: str
    issued_at: str
    batch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStamp:
    """A stamp as it stands in a file, true or not."""

    template: str = ""
    version: str = ""
    unit: str = ""
    period: str = ""
    issued_at: str = ""
    batch: str = ""
    digest: str = ""


def stamped(stamp: Stamp, *, template: str, version: int, shape: str = "", secret: bytes = b"") -> FoundStamp:
    """Return a stamp with its digest; with a secret nobody else can make one.

    Args:
        stamp: For whom and for when.
        template: Id of the template.
        version: Edition of the template.
        shape: What else the digest covers, such as the columns.
        secret: Key of this installation, or empty.
    """
    plain = FoundStamp(
        template=template,
        version=str(version),
        unit=stamp.unit,
        period=stamp.period,
        issued_at=stamp.issued_at,
        batch=stamp.batch,
    )
    return FoundStamp(**{**asdict(plain), "digest": digest_of(plain, shape=shape, secret=secret)})


def digest_of(stamp: FoundStamp, *, shape: str = "", secret: bytes = b"") -> str:
    """Return the digest that a stamp must carry, whatever digest it carries."""
    words = [value for name, value in asdict(stamp).items() if name != "digest"]
    text = json.dumps([*words, shape], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(secret, text.encode("utf-8"), hashlib.sha256).hexdigest()[:24]


def stamp_line(stamp: FoundStamp) -> str:
    """Return the line that people see."""
    said = [f"{_NAMES[name]}：{value}" for name, value in asdict(stamp).items() if value]
    return f"〔{'｜'.join(word.replace('｜', '|') for word in said)}〕"


def stamp_from_line(text: str) -> FoundStamp | None:
    """Return the stamp that a visible line holds, or None."""
    found = _LINE.search(text)
    if found is None:
        return None
    pairs = [word.partition("：") for word in found["words"].split("｜")]
    said = {name.strip(): value.strip() for name, _, value in pairs}
    known = {name: said[word] for name, word in _NAMES.items() if word in said}
    return FoundStamp(**known) if "template" in known else None


def stamp_rows(stamp: FoundStamp) -> list[tuple[str, str]]:
    """Return the rows of the hidden sheet."""
    return [(name, value) for name, value in asdict(stamp).items()]


def stamp_from_rows(rows: Iterable[Sequence[object]]) -> FoundStamp | None:
    """Return the stamp of the rows of a hidden sheet, or None."""
    names = {field.name for field in fields(FoundStamp)}
    found = {
        row[0]: row[1] for row in rows if len(row) > 1 and isinstance(row[0], str) and isinstance(row[1], str)
    }
    known = {name: value for name, value in found.items() if name in names}
    return FoundStamp(**known) if "template" in known else None


def write_stamp_sheet(book: Any, stamp: FoundStamp) -> None:
    """Add the very hidden sheet to a workbook that xlsxwriter is writing."""
    page = book.add_worksheet(STAMP_SHEET)
    for row, (name, value) in enumerate(stamp_rows(stamp)):
        page.write_string(row, 0, name)
        page.write_string(row, 1, value)
    page.very_hidden()
