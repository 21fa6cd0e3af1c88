"""What the public can report, who usually handles it, and when two reports look alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry, one_of

FILE = "policies/public_reports.yaml"
HANDLERS = ("supplier", "district", "department", "office")
PACES = ("urgent", "prompt", "ordinary")
_COUNTS = ("least_seconds", "form_hours", "alike_days")
_NUMBERS = ("alike_share", "near_degrees")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something that can be reported.

    Args:
        id: Its word.
        name: Its name in `zh` and `en`.
        handler: Kind of the organisation that usually handles it.
        pace: By which term it is answered.
    """

    id: str
    name: Mapping[str, str]
    handler: str
    pace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPolicy:
    """The program's rules on reports by the public (公众反映).

    Args:
        matters: What can be reported, by its word, in the order in which the form shows it.
        least_seconds: A form that comes back faster was not filled by a person.
        form_hours: For how long a form is good.
        alike_days: Reports of so many days are held against a new one.
        alike_share: From this share of common pairs of signs on, two texts look alike.
        near_degrees: Two points so near each other look like one place.
    """

    matters: Mapping[str, Matter]
    least_seconds: int
    form_hours: int
    alike_days: int
    alike_share: Decimal
    near_degrees: Decimal


@cache
def public_policy() -> PublicPolicy:
    """Return the rules that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_public_policy(rulebook_folder())


def read_public_policy(folder: Traversable) -> PublicPolicy:
    """Return the rules of the file below a folder.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(folder, FILE)
    entry.only(*_COUNTS, *_NUMBERS, "matters")
    listed = entry.at("matters")
    matters = {name: _matter(name, listed.at(name)) for name in listed.itself(dict)}
    if not matters:
        raise listed.refuse("nothing can be reported", "Name at least one matter.")
    counts = {name: entry.take(name, int) for name in _COUNTS}
    for name, count in counts.items():
        if count < 1:
            raise entry.at(name).refuse(f"{name} is {count}", "Give 1 or more.")
    share = entry.number("alike_share")
    if not 0 < share <= 1:
        raise entry.at("alike_share").refuse(f"alike_share is {share}", "Give a share above 0, at most 1.")
    return PublicPolicy(
        matters=MappingProxyType(matters),
        **counts,
        alike_share=share,
        near_degrees=entry.number("near_degrees"),
    )


def _matter(name: str, entry: Entry) -> Matter:
    entry.only("zh", "en", "handler", "pace")
    return Matter(
        id=name,
        name={"zh": entry.take("zh", str), "en": entry.take("en", str)},
        handler=one_of(entry, "handler", HANDLERS),
        pace=one_of(entry, "pace", PACES),
    )
