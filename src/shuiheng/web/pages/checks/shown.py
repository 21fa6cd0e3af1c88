"""The questions of a check with what was answered, as its page and its form show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shuiheng.adapters.records.models import Check, CheckAnswer, CheckFile
from shuiheng.web import words
from shuiheng.web.words_checks import YES_NO


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """A question with its answer and its photos; `place` is its place among all questions of the check."""

    place: int
    key: str
    text: str
    clause: str
    form: str
    unit: str
    answer: str
    said: str
    note: str
    files: Sequence[CheckFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """An item of a check with its questions."""

    name: str
    source: str
    clause: str
    questions: Sequence[ShownQuestion]


def shown_items(
    row: Check,
    answers: Sequence[CheckAnswer],
    files: Sequence[CheckFile],
    typed: Mapping[str, str] | None = None,
) -> Sequence[ShownItem]:
    """Return the items of a check.

    Args:
        row: The check.
        answers: What was answered.
        files: Its files.
        typed: What was typed into a form that was refused, by the names of its fields.
    """
    held = {each.question: each for each in answers}
    place, found = 0, []
    for item in row.items:
        questions = []
        for each in item.get("questions", ()):
            key = f"{item['id']}/{each['id']}"
            answer = held.get(key)
            value, note = (answer.answer, answer.note) if answer is not None else ("", "")
            if typed is not None:
                value, note = typed.get(f"a-{key}", ""), typed.get(f"n-{key}", "")
            questions.append(
                ShownQuestion(
                    place=place,
                    key=key,
                    text=str(each["text"]),
                    clause=str(each.get("clause") or ""),
                    form=str(each["answer"]),
                    unit=str(each.get("unit") or ""),
                    answer=value,
                    said=words.word(YES_NO, value) if each["answer"] == "yes_no" and value else value,
                    note=note,
                    files=[file for file in files if file.question == key],
                )
            )
            place += 1
        found.append(
            ShownItem(
                name=str(item["name"]),
                source=str(item["source"]),
                clause=str(item["clause"]),
                questions=questions,
            )
        )
    return found
