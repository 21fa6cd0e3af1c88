"""Label lines: a short way to write down by hand what a text states, and what they become.

One line states one item; parts are separated by ` | `:

    T quote | metric | scope | kind op value unit [annual] [base=YEAR] [cum] | deadline
    R quote | applies to | quantity | op value unit | effect
    D quote | what | frequency | due | by | to
    B metric | kind op unit | deadline | place1value1unit place2value2unit …
    G row name | kind op unit [xFACTOR] | deadline        (a row of a district table)

A deadline is a year, a month or a day; the last day is taken. A range is `1..2`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]


def squeezed(text: str) -> str:
    """Return the text without white space, as the labels hold it."""
    return re.sub(r"\s+", "", text)


def split_units(text: str) -> list[str]:
    """Return the units of a list, split outside brackets."""
    return [unit for unit in re.split(r"[、；，](?![^（\[]*[）\]])", squeezed(text)) if unit]


def last_day(text: str) -> str | None:
    """Return the last day of a year or month, or the day itself."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}-{day:02d}"


def number(text: str) -> int | float:
    """Return a number as JSON prints it."""
    value = float(text)
    return int(value) if value == int(value) else value


class Labels:
    """Collects the labelled items of one document, with their ids."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.targets: list[Json] = []
        self.duties: list[Json] = []
        self.thresholds: list[Json] = []

    def add(self, lines: Iterable[str], task: str | None = None) -> list[str]:
        """Read label lines of one task (or of the general part); return the ids of its targets."""
        first = len(self.targets)
        for line in lines:
            mark, parts = line[0], [part.strip() for part in line[1:].split("|")]
            if mark == "T":
                self._target(task, parts)
            elif mark == "B":
                self._breakdown(task, parts)
            elif mark == "R":
                self._threshold(task, parts)
            elif mark == "D":
                self._duty(task, parts)
            else:
                raise ValueError(f"unknown label line: {line}")
        return [target["id"] for target in self.targets[first:]]

    def quote_rows(self, rows: Iterable[list[str]], first: int) -> None:
        """Quote the table row in which the words of each target since `first` stand as a cell."""
        for target in self.targets[first:]:
            row = next(cells for cells in rows if target["quote"] in [squeezed(cell) for cell in cells])
            at = [squeezed(cell) for cell in row].index(target["quote"])
            target["quote"] = squeezed("".join(row[at:]))

    def add_district_row(self, line: str, places: list[str], values: list[str]) -> None:
        """Read a `G` line: one target for the whole and one for each place."""
        name, asked, deadline = (part.strip() for part in line[1:].split("|"))
        factor = re.search(r" x(\d+)", asked)
        words = asked.replace(factor.group(0), "").split() if factor else asked.split()
        for place, value in zip(places, values, strict=True):
            amount = number(value) * (int(factor.group(1)) if factor else 1)
            scope = "" if place in {"全市", "合计"} else place
            asked_one = f"{words[0]} {words[1]} {amount} {' '.join(words[2:])}"
            self._target(None, [name, name, scope, asked_one, deadline])

    def _breakdown(self, task: str | None, parts: list[str]) -> None:
        metric, asked, deadline, items = parts
        kind, op, *unit = asked.split()
        for item in items.split():
            found = re.fullmatch(r"(.+?)([\d.]+)(\D+)", item)
            if found is None:
                raise ValueError(f"no value in {item}")
            amount = f"{kind} {op} {found.group(2)} {' '.join(unit)}"
            self._target(task, [item, metric, found.group(1), amount, deadline])

    def _target(self, task: str | None, parts: list[str]) -> None:
        quote, metric, scope, asked, deadline = [*parts, ""][:5]
        words = asked.split()
        options = {word for word in words if word in {"annual", "cum"} or word.startswith("base=")}
        kind, *rest = [word for word in words if word not in options]
        low, high = None, None
        if kind != "milestone":
            bounds = rest[1].split("..")
            low, high = number(bounds[0]), number(bounds[1]) if len(bounds) > 1 else None
        base = next((int(word[5:]) for word in options if word.startswith("base=")), None)
        annual = "annual" in options
        self.targets.append(
            {
                "id": f"{self.code}-T{len(self.targets) + 1:02d}",
                "task": task,
                "quote": squeezed(quote),
                "metric": squeezed(metric),
                "scope": squeezed(scope) or None,
                "kind": kind,
                "op": rest[0] if rest else "=",
                "value": low,
                "value_max": high,
                "unit": rest[2] if len(rest) > 2 else None,
                "baseline_year": base,
                "deadline": last_day(deadline),
                "annual": annual,
                "cumulative": not annual if kind == "count" else True if "cum" in options else None,
            }
        )

    def _threshold(self, task: str | None, parts: list[str]) -> None:
        quote, applies_to, quantity, asked, effect = parts
        op, value, unit = asked.split()
        self.thresholds.append(
            {
                "id": f"{self.code}-R{len(self.thresholds) + 1:02d}",
                "task": task,
                "quote": squeezed(quote),
                "applies_to": applies_to,
                "quantity": quantity,
                "op": op,
                "value": number(value),
                "unit": unit,
                "effect": effect,
            }
        )

    def _duty(self, task: str | None, parts: list[str]) -> None:
        quote, what, frequency, due, by, to = parts
        self.duties.append(
            {
                "id": f"{self.code}-D{len(self.duties) + 1:02d}",
                "task": task,
                "quote": squeezed(quote),
                "what": what,
                "frequency": frequency,
                "due": due or None,
                "by": split_units(by),
                "to": split_units(to),
            }
        )


def check_quotes(gold: Json, text: str) -> list[str]:
    """Return what is wrong: a quote or task that is not in the text, or a quote outside its task."""
    flat = squeezed(text)
    tasks = {task["id"]: task["text"] for task in gold["tasks"]}
    faults = [f"task {task['id']} is not in the text" for task in gold["tasks"] if task["text"] not in flat]
    for item in [*gold["targets"], *gold["duties"], *gold["thresholds"]]:
        where = tasks[item["task"]] if item["task"] else flat
        if item["quote"] not in where:
            faults.append(f"{item['id']}: {item['quote']} is not in its text")
    return faults
