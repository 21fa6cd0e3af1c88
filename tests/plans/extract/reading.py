"""Short ways to read an invented sentence in a test."""

from __future__ import annotations

from datetime import date

from shuiheng.plans.extract import ReadingContext, Statements, statements
from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.statements import parsed_passage
from shuiheng.plans.model import Target
from shuiheng.plans.passage import PassageRole
from shuiheng.plans.wording import squeeze


def read(
    text: str,
    *,
    role: PassageRole = PassageRole.TASK,
    year: int | None = 2021,
    jurisdiction: str | None = None,
    due: date | None = None,
) -> Statements:
    """Return what an invented passage states."""
    context = ReadingContext(role=role, known_year=year, jurisdiction=jurisdiction, due=due)
    return statements(squeeze(text), context=context)


def parse(text: str, *, year: int | None = 2021) -> Parsed:
    """Return an invented passage cut up."""
    return parsed_passage(squeeze(text), ReadingContext(role=PassageRole.TASK, known_year=year))


def face(target: Target) -> str:
    """Return the gist of a target in one line: kind op value unit metric @scope <base year >day flags."""
    parts = [target.kind.value[:5]]
    if target.value is not None:
        number = format(target.value.normalize(), "f")
        if target.value_max is not None:
            number += "~" + format(target.value_max.normalize(), "f")
        parts.append(f"{target.op.value}{number}{target.unit or ''}")
    parts.append(target.metric)
    if target.scope:
        parts.append("@" + target.scope)
    if target.baseline_year:
        parts.append(f"<{target.baseline_year}")
    if target.deadline:
        parts.append(f">{target.deadline.isoformat().removesuffix('-12-31')}")
    if target.annual:
        parts.append("yearly")
    return " ".join(parts)


def faces(text: str, **more: object) -> list[str]:
    """Return the gist of every target and milestone of an invented passage."""
    return [face(target) for target in read(text, **more).targets]  # type: ignore[arg-type]  # a test's keywords


def figures(text: str, **more: object) -> list[str]:
    """Return the gist of every target with a value of an invented passage."""
    found = read(text, **more).targets  # type: ignore[arg-type]  # a test's keywords
    return [face(target) for target in found if target.value is not None]
