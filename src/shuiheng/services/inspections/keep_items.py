"""Keep the register of what is looked at (抽查事项清单): each item with its clause and its questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.utils import timezone

from shuiheng.adapters.records.models import InspectionItem, Place
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.inspections.draw_scope import ObjectKind
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST = {"number": 30, "name": 120, "source": 200, "clause": 200, "text": 200, "unit": 20}
MOST_QUESTIONS = 40


class AnswerForm(StrEnum):
    """How a question of a checklist is answered."""

    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of a checklist (检查要点).

    Args:
        text: What is asked.
        clause: Article on which it rests, or nothing where that of the item holds.
        answer: How it is answered.
        unit: Unit of a number.
    """

    text: str
    clause: str = ""
    answer: AnswerForm = AnswerForm.YES_NO
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFields:
    """What is entered of an item.

    Args:
        number: Its number in the list of the city.
        name: What is looked at.
        source: Document on which it rests.
        clause: Article of the document.
        questions: What is asked, in order.
        from_on: First day.
        kinds: Kinds of objects to which it applies; none for all.
    """

    number: str
    name: str
    source: str
    clause: str
    questions: Sequence[Question]
    from_on: date
    kinds: Collection[ObjectKind] = ()


def enter_item(actor: Actor, city: int, fields: ItemFields) -> InspectionItem:
    """Enter an item; to change one, close it and enter it again, so that a past check keeps its questions.

    Raises:
        ServiceError: `inspections.field_missing`; `inspections.too_many_questions`;
            `inspections.number_taken`.
        NotThereError, NotPermittedError: The city is not the actor's.
    """
    account = require(actor, Action.INSPECTIONS_KEEP)
    for name in ("number", "name", "source", "clause"):
        if not getattr(fields, name).strip():
            raise ServiceError("inspections.field_missing", field=name)
    if not fields.questions:
        raise ServiceError("inspections.field_missing", field="questions")
    if len(fields.questions) > MOST_QUESTIONS:
        raise ServiceError("inspections.too_many_questions", most=str(MOST_QUESTIONS))
    try:
        with transaction.atomic():
            place = row_for(account, Action.INSPECTIONS_KEEP, Place, pk=city)
            row = InspectionItem.objects.create(
                place=place,
                kinds=sorted(each.value for each in fields.kinds),
                questions=[_question(n, each) for n, each in enumerate(fields.questions, start=1)],
                from_on=fields.from_on,
                made_by=account,
                made_at=timezone.now(),
                **{
                    name: getattr(fields, name).strip()[: LONGEST[name]]
                    for name in ("number", "name", "source", "clause")
                },
            )
            record_event(
                account,
                "inspection_item.entered",
                subject=f"inspection_item:{row.pk}",
                place=place,
                after={"number": row.number, "name": row.name},
            )
    except IntegrityError as error:
        raise ServiceError("inspections.number_taken", number=fields.number.strip()) from error
    return row


def close_item(actor: Actor, key: int, *, to_on: date) -> InspectionItem:
    """Close an item: from a day on it is in no new draw.

    Raises:
        ServiceError: `inspections.bad_day`, the day lies before the first one, or the item is closed.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.INSPECTIONS_KEEP)
    with transaction.atomic():
        row = row_for(account, Action.INSPECTIONS_KEEP, InspectionItem, lock=True, pk=key)
        if row.to_on is not None or to_on < row.from_on:
            raise ServiceError("inspections.bad_day", day=to_on.isoformat())
        row.to_on = to_on
        row.save(update_fields=["to_on"])
        record_event(
            account,
            "inspection_item.closed",
            subject=f"inspection_item:{row.pk}",
            place=row.place,
            after={"to_on": to_on.isoformat()},
        )
    return row


def _question(number: int, question: Question) -> dict[str, str]:
    return {
        "id": f"q{number}",
        "text": question.text.strip()[: LONGEST["text"]],
        "clause": question.clause.strip()[: LONGEST["clause"]],
        "answer": question.answer.value,
        "unit": question.unit.strip()[: LONGEST["unit"]],
    }
