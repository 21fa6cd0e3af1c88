"""How and when the office writes to units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "policies/messages.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTemplate:
    """Title and text of a kind of message; `{blanks}` are filled by whoever writes it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePolicy:
    """Rules for messages.

    Args:
        quiet_from: Begin of the quiet hours, local time.
        quiet_to: End of the quiet hours, local time; before `quiet_from` when they pass midnight.
        days_between: After how many days a unit may be reminded again by the same channel.
        attempts: After how many failures a message waits for a person.
        first_wait_seconds: Wait after the first failure; doubled after each further one.
        claim_seconds: After how long a message whose handing over was cut short goes out again.
        templates: Kind to language to template.
    """

    quiet_from: time
    quiet_to: time
    days_between: int
    attempts: int
    first_wait_seconds: int
    claim_seconds: int
    templates: Mapping[str, Mapping[str, MessageTemplate]]

    def is_quiet(self, at: time) -> bool:
        """Return whether nothing is sent at this local time."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= at < self.quiet_to
        return at >= self.quiet_from or at < self.quiet_to


@cache
def message_policy() -> MessagePolicy:
    """Return the rules for messages.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(rulebook_folder(), FILE)
    entry.only("quiet_hours", "days_between", "attempts", "first_wait_seconds", "claim_seconds", "templates")
    hours = entry.at("quiet_hours")
    kinds = entry.take("templates", dict)
    return MessagePolicy(
        quiet_from=time.fromisoformat(hours.take("from", str)),
        quiet_to=time.fromisoformat(hours.take("to", str)),
        days_between=entry.take("days_between", int),
        attempts=entry.take("attempts", int),
        first_wait_seconds=entry.take("first_wait_seconds", int),
        claim_seconds=entry.take("claim_seconds", int),
        templates=MappingProxyType({kind: _languages(entry.at("templates").at(kind)) for kind in kinds}),
    )


def _languages(entry: Entry) -> Mapping[str, MessageTemplate]:
    entry.only("zh", "en")
    return MappingProxyType(
        {
            language: MessageTemplate(
                title=entry.at(language).take("title", str), text=entry.at(language).take("text", str)
            )
            for language in ("zh", "en")
        }
    )
