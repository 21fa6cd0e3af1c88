"""YAML read strictly: no double keys, no truth words as keys, and a line for every value."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import yaml

from shuiheng.adapters.rulebook.errors import RulebookError

T = TypeVar("T")
MOST_NAMED = 20
FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same parser in C, where it was built
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")
WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]*")  # not 017, 0x11 and 1:30, which YAML reads as 15, 17 and 90
ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_DEPTH = 40
TRUTH_WORDS = frozenset({"on", "off", "yes", "no", "y", "n", "true", "false"})

_TAG = "tag:yaml.org,2002:"
_SORTS: Mapping[type[yaml.Node], tuple[str, ...]] = {
    yaml.ScalarNode: ("str", "int", "bool", "null", "timestamp"),
    yaml.MappingNode: ("map",),
    yaml.SequenceNode: ("seq",),
}


class Entry:
    """A value of a file with the place where it stands.

    Every reader raises RulebookError when the value is not of the form asked for.
    """

    def __init__(self, value: object, *, file: str, line: int, lines: dict[int, Any]) -> None:
        self.value = value
        self.file = file
        self.line = line
        self._lines = lines

    def refuse(self, reason: str, remedy: str) -> RulebookError:
        """Return the error that says what is wrong at this place."""
        return RulebookError(self.file, self.line, reason, remedy)

    def itself(self, kind: type[T]) -> T:
        """Return the value when it is of `kind`."""
        is_other = (kind is int and isinstance(self.value, bool)) or (
            kind is date and isinstance(self.value, datetime)
        )
        if is_other or not isinstance(self.value, kind):
            raise self.refuse(
                f"expected {kind.__name__}, found {type(self.value).__name__}", "Mend the value."
            )
        return self.value

    def at(self, name: str) -> Entry:
        """Return the field `name` with its line; an absent one has the line of its holder."""
        values = self.itself(dict)
        line = self._lines.get(id(values), {}).get(name, self.line)
        return Entry(values.get(name), file=self.file, line=line, lines=self._lines)

    def take(self, name: str, kind: type[T]) -> T:
        """Return the field `name`, which must be there."""
        found = self.at(name)
        if found.value is None:
            raise found.refuse(f"`{name}` is missing", f"Add `{name}`.")
        return found.itself(kind)

    def get(self, name: str, kind: type[T]) -> T | None:
        """Return the field `name`, or None when it is null or absent."""
        found = self.at(name)
        return None if found.value is None else found.itself(kind)

    def day(self, name: str) -> date | None:
        """Return the field `name` as a day, or None."""
        return self.get(name, date)

    def number(self, name: str) -> Decimal:
        """Return the field `name` as an exact number; in the file it is quoted."""
        found = self.at(name)
        if not isinstance(found.value, str):
            raise found.refuse(f"`{name}` must be a quoted number", 'Write it in quotes, as "0.10".')
        if NUMBER.fullmatch(found.value) is None:
            raise found.refuse(f"`{name}` is not a number", 'Write it in quotes, as "0.10".')
        return Decimal(found.value)

    def words(self, name: str) -> tuple[str, ...]:
        """Return the list of words `name`; an absent one is empty."""
        return tuple(entry.itself(str) for entry in self.each(name))

    def each(self, name: str) -> Iterator[Entry]:
        """Yield the items of the list `name`; an absent one has none."""
        found = self.at(name)
        if found.value is not None:
            yield from found.items()

    def items(self) -> tuple[Entry, ...]:
        """Return the items of a value that is a list."""
        items = self.itself(list)
        lines = self._lines.get(id(items), {})
        return tuple(
            Entry(item, file=self.file, line=lines.get(index, self.line), lines=self._lines)
            for index, item in enumerate(items)
        )

    def only(self, *names: str) -> None:
        """Raise RulebookError when the value has a field beside `names`."""
        for name in self.itself(dict):
            if name not in names:
                raise self.at(name).refuse(f"unknown field `{name}`", f"Use {', '.join(names)}.")


def one_of(entry: Entry, field: str, allowed: Collection[str]) -> str:
    """Return the word of a field that must be one of `allowed`.

    Raises:
        RulebookError: The field is missing or another word.
    """
    found = entry.take(field, str)
    if found not in allowed:
        known = ", ".join(list(allowed)[:MOST_NAMED])
        raise entry.at(field).refuse(f"unknown {field} `{found}`", f"Use one of: {known}.")
    return found


def id_of(entry: Entry) -> str:
    """Return the id of a part, which others name it by.

    Raises:
        RulebookError: It is missing, or no id.
    """
    name = entry.take("id", str)
    check_id(entry.at("id"), name)
    return name


def check_id(entry: Entry, name: str) -> None:
    """Raise RulebookError unless a name is of the form of an id."""
    if ID.fullmatch(name) is None:
        raise entry.refuse(f"`{name}` is no id", "Use small letters, digits and _; begin with a letter.")


def read_entry(text: str, *, file: str) -> Entry:
    """Return the content of a file of the rulebook.

    Raises:
        RulebookError: The text is not YAML, holds a key twice, or a key is a truth word.
    """
    try:
        node = yaml.compose(text, Loader=FAST_LOADER)
    except yaml.YAMLError as error:
        raise _not_yaml(error, file) from error
    if node is None:
        raise RulebookError(file, 1, "the file is empty", "Write its entries or remove it.")
    lines: dict[int, Any] = {}
    loader = yaml.SafeLoader("")
    value = _value(node, loader, file=file, lines=lines)
    return Entry(value, file=file, line=node.start_mark.line + 1, lines=lines)


def check_unlinked(text: str, *, file: str) -> None:
    """Raise RulebookError when a text has anchors, or is nested so deep that no file of the rulebook is.

    Our own files may repeat a part by an anchor; in the text of a stranger a few of them make millions.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=FAST_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            is_linked = isinstance(event, yaml.NodeEvent) and event.anchor is not None
            if is_linked or depth > MOST_DEPTH:
                reason = "an anchor is not used here" if is_linked else "it is nested too deep"
                line = event.start_mark.line + 1 if event.start_mark is not None else 1
                raise RulebookError(file, line, reason, "Write it out plainly.")
    except yaml.YAMLError as error:
        raise _not_yaml(error, file) from error


def _not_yaml(error: yaml.YAMLError, file: str) -> RulebookError:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    return RulebookError(file, line, "the file is not YAML", "Mend the line or the one above.")


def _value(node: yaml.Node, loader: yaml.SafeLoader, *, file: str, lines: dict[int, Any]) -> object:
    """Return the value of a node; `lines` keeps the line of each field and item by identity."""
    line = node.start_mark.line + 1
    sort = node.tag.removeprefix(_TAG)
    if sort == "float":
        raise RulebookError(file, line, "a number has no quotes", "Quote it, so that it stays exact.")
    if sort not in _SORTS[type(node)]:
        raise RulebookError(file, line, f"a value of sort {node.tag} is not used here", "Quote it.")
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, loader, file=file, lines=lines)
    if isinstance(node, yaml.SequenceNode):
        items = [_value(child, loader, file=file, lines=lines) for child in node.value]
        lines[id(items)] = {index: child.start_mark.line + 1 for index, child in enumerate(node.value)}
        return items
    if sort == "int" and WHOLE_NUMBER.fullmatch(node.value) is None:
        reason = f"`{node.value}` is no plain whole number"
        raise RulebookError(file, line, reason, "Write its digits, or quote it.")
    try:
        return loader.construct_object(node)
    except (ValueError, KeyError, AttributeError, yaml.YAMLError) as error:  # 2026-02-30; !!bool x
        raise RulebookError(
            file, line, f"`{node.value}` is no {sort}", "Mend the value, or quote it."
        ) from error


def _mapping(
    node: yaml.MappingNode, loader: yaml.SafeLoader, *, file: str, lines: dict[int, Any]
) -> dict[str, object]:
    values: dict[str, object] = {}
    places: dict[str, int] = {}
    for key, child in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or key.tag == f"{_TAG}merge":
            raise RulebookError(file, line, "a key is not a plain word", "Use a plain word as key.")
        name = key.value
        if name.lower() in TRUTH_WORDS:
            raise RulebookError(file, line, f"the key `{name}` reads as true or false", "Use another word.")
        if name in values:
            raise RulebookError(
                file,
                line,
                f"the key `{name}` stands twice",
                f"Keep one; the first is in line {places[name]}.",
            )
        values[name] = _value(child, loader, file=file, lines=lines)
        places[name] = line
    lines[id(values)] = places
    return values
