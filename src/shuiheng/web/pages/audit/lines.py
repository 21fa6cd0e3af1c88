"""An event as one line of the page: names for codes, the changed fields side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from shuiheng.adapters.records.models import Event
from shuiheng.adapters.rulebook import role_rules
from shuiheng.adapters.rulebook.event_words import EventWords, event_words
from shuiheng.services.masking import masked_change

LONGEST = 400
NOTHING = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field with what stood there and what stands there now; either may be nothing."""

    field: str
    before: str
    after: str

    @property
    def was_empty(self) -> bool:
        """Whether nothing stood there."""
        return self.before == NOTHING

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there now."""
        return self.after == NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One event as it is shown."""

    event: Event
    what: str
    subject: str
    role: str
    changes: tuple[Change, ...]
    details: tuple[Change, ...]
    seal: int | None


def event_line(event: Event) -> EventLine:
    """Return an event with names for its codes."""
    rule = role_rules().get(event.role)
    sealed = getattr(event, "sealed", None)
    return EventLine(
        event=event,
        what=event_words(_language()).name(event.action),
        subject=_subject(event.subject),
        role=rule.name[_language()] if rule else event.role,
        changes=_changes(*(_masked(event.subject, side) for side in (event.before, event.after))),
        details=_changes({}, {name: value for name, value in (event.details or {}).items() if value != ""}),
        seal=sealed.seal.sequence if sealed else None,
    )


def words_of_page() -> EventWords:
    """Return the words of the log in the language of the page."""
    return event_words(_language())


def changes_text(changes: Iterable[Change]) -> str:
    """Return changes in one cell, a line each."""
    return "\n".join(f"{each.field}: {each.before} → {each.after}" for each in changes)


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _subject(subject: str) -> str:
    """Return a subject with a word for its kind: `task:9` is 任务 9."""
    kind, _, key = subject.partition(":")
    word = event_words(_language()).things.get(kind)
    return f"{word} {key}" if word and key else subject


def _masked(subject: str, side: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return one side of a change with names and numbers of people under their masks."""
    table = subject.partition(":")[0]
    return {name: masked_change(table, name, value) for name, value in (side or {}).items()}


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    fields = event_words(_language()).fields
    names = [*before, *(name for name in after if name not in before)]
    told = (
        Change(field=fields.get(name, name), before=_text(before.get(name)), after=_text(after.get(name)))
        for name in names
    )
    return tuple(each for each in told if not (each.was_empty and each.is_empty))


def _text(value: object) -> str:
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, list):
        text = "、".join(_text(each) for each in value)
    elif isinstance(value, dict):
        text = "；".join(f"{name}: {_text(each)}" for name, each in value.items())
    else:
        rule = role_rules().get(str(value))
        text = rule.name[_language()] if rule else event_words(_language()).values.get(str(value), str(value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
