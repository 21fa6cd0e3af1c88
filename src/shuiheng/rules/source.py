"""Laws, standards and notices that documents cite, with their days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SourceKind(StrEnum):
    """What sort of document a source is."""

    LAW = "law"
    REGULATION = "regulation"
    STANDARD = "standard"
    NOTICE = "notice"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that a rule or a plan can cite (引用文件).

    Args:
        id: Stable id, the file name in `rulebook/sources/`.
        kind: Sort of document.
        title: Chinese title without 《》.
        number: Number as printed (`GB/T 12452-2022`), or None.
        issuer: Who issued it, or None when not recorded.
        issued_on: Day of issue, or None when not recorded.
        effective_on: First day in force, or None when not recorded.
        amended_on: Days on which it was amended since, in their order; the last text was read.
        ended_on: First day no longer in force, or None while in force or not recorded.
        superseded_by: Id of the source that replaced it, or None.
        aliases: Other titles and numbers under which it is cited.
        text_hash: `sha256:` and the hash of the text that was read, or None when none was.
        note: What a reader has to know of the entry, such as the edition of the text that was read.
        is_checked: Whether a person has held the entry against the source.
    """

    id: str
    kind: SourceKind
    title: str
    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    amended_on: tuple[date, ...] = ()
    ended_on: date | None = None
    superseded_by: str | None = None
    aliases: tuple[str, ...] = ()
    text_hash: str | None = None
    note: str = ""
    is_checked: bool = False

    @property
    def text_holds_from(self) -> date | None:
        """Return the first day on which the text as last amended holds, or None when not recorded."""
        return max(filter(None, (self.effective_on, *self.amended_on)), default=None)
