"""The form of a value: fields by the shape of its rule, filled from a value, read back as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from shuiheng.adapters.rulebook.parameter_values import LIST, RECORD, TEXT
from shuiheng.adapters.rulebook.rule_words import RATIO
from shuiheng.rules.parameter import Parameter, Shape, Value
from shuiheng.web.fields import FieldError, words_of
from shuiheng.web.pages.rules.shown import words_now
from shuiheng.web.words_ledger import PRICE_CLASSES, USE_CLASSES

HEAD, SPARE, MOST_ROWS, LENGTH = "v", 3, 30, 120
PERCENT = Decimal(100)
SEPARATORS = ("、", "，", ",", "；", ";")
BY_CLASS = ("yuan_m3", "times")
SEVERAL, NAMED, DEEP = "several", "named", "deep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input of the form.

    Args:
        name: Name of the input.
        title: Its words.
        text: What stands in it.
        unit: Words of the unit behind it.
        choices: Codes and words to choose from; none for free text.
        is_number: Whether a number is expected.
    """

    name: str
    title: str
    text: str
    unit: str = ""
    choices: Sequence[tuple[str, str]] = ()
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A group of inputs: a record, or the rows of a table.

    Args:
        title: Its words; empty for the fields of the value itself.
        columns: Heads of a table; empty for a group of single inputs.
        rows: Rows of inputs; one row for a group.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Field]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which fields stand where in the values of a rule.

    Args:
        holders: Field names by the record or list in which they stand; the value itself is empty.
        several: Fields that hold several words.
        named: Fields that hold numbers by name.
        nested: Whether records lie deeper than a form shows.
    """

    holders: Mapping[str, Sequence[str]]
    several: frozenset[str]
    named: frozenset[str]
    nested: bool


def layout_of(rule: Parameter) -> Layout:
    """Return where the fields of a rule stand, told from its values; an unseen one by the one before it."""
    places = [place for value in rule.values for place in _places(value.value, "", rule)]
    seen: dict[str, dict[str, None]] = {"": {}}
    for holder, name, _how in places:
        seen.setdefault(holder, {})[name] = None
    last = ""
    for name, kind in rule.fields.items():
        holders = [holder for holder, names in seen.items() if name in names]
        if not holders:
            holders = ["" if kind in (LIST, RECORD) else last]
            seen.setdefault(holders[0], {})[name] = None
        last = holders[0]
    order = list(rule.fields)
    return Layout(
        holders={holder: sorted(names, key=order.index) for holder, names in seen.items()},
        several=frozenset(name for _holder, name, how in places if how == SEVERAL),
        named=frozenset(name for _holder, name, how in places if how == NAMED),
        nested=any(how == DEEP for _holder, _name, how in places),
    )


def form_parts(rule: Parameter, value: Value | None, posted: Mapping[str, str] | None = None) -> list[Part]:
    """Return the inputs for a value of a rule, filled from a value, or from what was sent."""
    texts = dict(posted) if posted is not None else dict(_texts(rule, value)) if value is not None else {}
    if rule.shape in (Shape.NUMBER, Shape.TEXT):
        kind = rule.unit if rule.shape is Shape.NUMBER else TEXT
        return [Part(title="", columns=(), rows=[[_field(rule, HEAD, "", kind, texts)]])]
    if rule.shape is Shape.NUMBERS:
        return [_numbers_part(rule, HEAD, "", texts, rule.unit)]
    layout = layout_of(rule)
    if rule.shape is Shape.BANDS:
        names = [name for names in layout.holders.values() for name in names]
        return [_table(rule, HEAD, "", names, texts)]
    parts: list[Part] = []
    for holder in ("", *(name for name in rule.fields if rule.fields[name] in (LIST, RECORD))):
        parts.extend(_parts_of(rule, layout, holder, texts))
    return parts


def posted_value(rule: Parameter, posted: Mapping[str, str]) -> Any:
    """Return the value that a form sends, as JSON of the shape of the rule.

    Raises:
        FieldError: A number cannot be read.
    """
    if rule.shape is Shape.NUMBER:
        return _number(rule, posted, HEAD, rule.unit, HEAD)
    if rule.shape is Shape.TEXT:
        return words_of(posted, HEAD, limit=LENGTH)
    if rule.shape is Shape.NUMBERS:
        return _numbers(rule, posted, HEAD, rule.unit)
    layout = layout_of(rule)
    if rule.shape is Shape.BANDS:
        names = [name for names in layout.holders.values() for name in names]
        return _records(rule, layout, HEAD, names, posted)
    return _record(rule, layout, HEAD, "", posted)


def _places(value: Value, holder: str, rule: Parameter) -> Iterator[tuple[str, str, str]]:
    """Yield in which record or list each field stands, and how: as several words, numbers, or too deep."""
    items: Iterable[Value] = value if isinstance(value, tuple) else (value,)
    for item in items:
        for name, part in item.items() if isinstance(item, Mapping) else ():
            if rule.fields.get(name, "") in (LIST, RECORD):
                yield holder, name, DEEP if holder else ""
                if not holder:
                    yield from _places(part, name, rule)
            elif isinstance(part, tuple):
                yield holder, name, SEVERAL
            else:
                yield holder, name, NAMED if isinstance(part, Mapping) else ""


def _parts_of(rule: Parameter, layout: Layout, holder: str, texts: Mapping[str, str]) -> Iterator[Part]:
    names = layout.holders.get(holder, ())
    title = words_now().field(holder) if holder else ""
    path = f"{HEAD}.{holder}" if holder else HEAD
    if holder and rule.fields[holder] == LIST:
        yield _table(rule, path, title, [each for each in names if each not in layout.named], texts)
        return
    single = [name for name in names if rule.fields[name] not in (LIST, RECORD) and name not in layout.named]
    if single:
        fields = [_field(rule, f"{path}.{name}", name, rule.fields[name], texts) for name in single]
        yield Part(title=title, columns=(), rows=[fields])
    for name in names:
        if name in layout.named:
            yield _numbers_part(rule, f"{path}.{name}", words_now().field(name), texts, rule.fields[name])


def _table(rule: Parameter, path: str, title: str, names: Sequence[str], texts: Mapping[str, str]) -> Part:
    shown = [name for name in names if rule.fields[name] not in (LIST, RECORD)]
    count = min(MOST_ROWS, _rows_sent(path, texts) + SPARE)
    rows = [
        [_field(rule, f"{path}.{place}.{name}", name, rule.fields[name], texts) for name in shown]
        for place in range(1, count + 1)
    ]
    return Part(title=title, columns=[words_now().field(name) for name in shown], rows=rows)


def _numbers_part(rule: Parameter, path: str, title: str, texts: Mapping[str, str], unit: str) -> Part:
    words = words_now()
    known = dict.fromkeys(_names_seen(rule))
    if unit in BY_CLASS:
        known |= dict.fromkeys((*USE_CLASSES, *PRICE_CLASSES))
    classes = {**PRICE_CLASSES, **USE_CLASSES}
    choices = [
        ("", "—"),
        *((name, words.choices.get(name) or str(classes.get(name, name))) for name in known),
    ]
    count = min(MOST_ROWS, _rows_sent(path, texts) + SPARE)
    rows = [
        [
            Field(
                name=f"{path}.{place}.name",
                title=words.field("of"),
                text=texts.get(f"{path}.{place}.name", ""),
                choices=choices,
            ),
            _field(rule, f"{path}.{place}.number", "", unit, texts),
        ]
        for place in range(1, count + 1)
    ]
    return Part(title=title, columns=["", ""], rows=rows)


def _field(rule: Parameter, path: str, name: str, kind: str, texts: Mapping[str, str]) -> Field:
    words = words_now()
    choices = [(code, words.choices.get(code, code)) for code in rule.choices.get(name, ())]
    unit = "" if kind == TEXT else "%" if kind == RATIO else words.units.get(kind, "")
    return Field(
        name=path,
        title=words.field(name) if name else "",
        text=texts.get(path, ""),
        unit=unit,
        choices=[("", "—"), *choices] if choices else (),
        is_number=kind != TEXT,
    )


def _rows_sent(path: str, texts: Mapping[str, str]) -> int:
    found = 0
    for name, text in texts.items():
        head, _sep, rest = name.partition(f"{path}.")
        place = rest.partition(".")[0]
        if not head and text and place.isascii() and place.isdecimal() and len(place) <= len(str(MOST_ROWS)):
            found = max(found, int(place))
    return found


def _names_seen(rule: Parameter) -> Iterator[str]:
    for value in rule.values:
        if isinstance(value.value, Mapping):
            for name, part in value.value.items():
                if isinstance(part, Mapping):
                    yield from part
                elif isinstance(part, Decimal):
                    yield name


def _texts(rule: Parameter, value: Value) -> Iterator[tuple[str, str]]:
    """Yield what stands in the inputs for a value."""
    if isinstance(value, Decimal | str):
        yield HEAD, _text(value, rule.unit)
    elif rule.shape is Shape.NUMBERS and isinstance(value, Mapping):
        yield from _number_texts(HEAD, value, rule.unit)
    else:
        yield from _inner_texts(rule, HEAD, value)


def _inner_texts(rule: Parameter, path: str, value: Value) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            kind = rule.fields.get(name, TEXT)
            if isinstance(part, Decimal | str):
                yield f"{path}.{name}", _text(part, kind)
            elif kind in (LIST, RECORD):
                yield from _inner_texts(rule, f"{path}.{name}", part)
            elif isinstance(part, Mapping):
                yield from _number_texts(f"{path}.{name}", part, kind)
            else:
                yield f"{path}.{name}", "、".join(map(str, part))
    elif isinstance(value, tuple):
        for place, item in enumerate(value, 1):
            yield from _inner_texts(rule, f"{path}.{place}", item)


def _number_texts(path: str, value: Mapping[str, Value], unit: str) -> Iterator[tuple[str, str]]:
    for place, (name, number) in enumerate(value.items(), 1):
        yield f"{path}.{place}.name", name
        if isinstance(number, Decimal):
            yield f"{path}.{place}.number", _text(number, unit)


def _text(value: Decimal | str, kind: str) -> str:
    if isinstance(value, str):
        return value
    shown = value * PERCENT if kind == RATIO else value
    text = f"{shown:f}"
    return text.rstrip("0").rstrip(".") if "." in text and kind == RATIO else text


def _record(
    rule: Parameter, layout: Layout, path: str, holder: str, posted: Mapping[str, str]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in layout.holders.get(holder, ()):
        kind, here = rule.fields[name], f"{path}.{name}"
        part: Any
        if kind == LIST:
            part = _records(rule, layout, here, layout.holders.get(name, ()), posted)
        elif kind == RECORD:
            part = _record(rule, layout, here, name, posted) if not holder else None
        elif name in layout.named:
            part = _numbers(rule, posted, here, kind)
        else:
            part = _single(rule, layout, name, here, posted)
        if part not in (None, "", [], {}):
            found[name] = part
    return found


def _records(
    rule: Parameter, layout: Layout, path: str, names: Sequence[str], posted: Mapping[str, str]
) -> list[dict[str, Any]]:
    rows = []
    for place in range(1, MOST_ROWS + 1):
        row = {
            name: _single(rule, layout, name, f"{path}.{place}.{name}", posted)
            for name in names
            if rule.fields[name] not in (LIST, RECORD)
        }
        if any(part is not None for part in row.values()):
            rows.append(row)
    return rows


def _single(rule: Parameter, layout: Layout, name: str, path: str, posted: Mapping[str, str]) -> Any:
    kind = rule.fields[name]
    if kind != TEXT:
        return _number(rule, posted, path, kind, name)
    text = words_of(posted, path, limit=LENGTH)
    if not text:
        return None
    return _several(text) if name in layout.several else text


def _several(text: str) -> list[str]:
    for separator in SEPARATORS:
        text = text.replace(separator, "\n")
    return [word.strip() for word in text.split("\n") if word.strip()]


def _numbers(rule: Parameter, posted: Mapping[str, str], path: str, unit: str) -> dict[str, str]:
    found = {}
    for place in range(1, MOST_ROWS + 1):
        name = words_of(posted, f"{path}.{place}.name", limit=LENGTH)
        number = _number(rule, posted, f"{path}.{place}.number", unit, name or "number")
        if name and number is not None:
            found[name] = number
    return found


def _number(rule: Parameter, posted: Mapping[str, str], path: str, kind: str, name: str) -> str | None:
    text = words_of(posted, path, limit=LENGTH).replace(",", "").replace("，", "").removesuffix("%").strip()
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise FieldError(words_now().field(name), text) from error
    if not number.is_finite():
        raise FieldError(words_now().field(name), text)
    return f"{number / PERCENT if kind == RATIO else number:f}"
