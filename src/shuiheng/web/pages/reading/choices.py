"""From what was posted on the reading page to the choice that a service records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from shuiheng.kernel import Span
from shuiheng.plans import SourceDocument
from shuiheng.plans.decide import DecisionKind, ItemKind
from shuiheng.plans.wording import squeeze
from shuiheng.services.decide_item import ItemChoice, Json
from shuiheng.web.pages.reading.alternatives import alternative_changes
from shuiheng.web.pages.reading.cards import Card, CardBox
from shuiheng.web.pages.reading.forms import FORMS, FormError, changes_from

PARTS = 3
REASON_LENGTH = 500


def choice_from(
    verb: str,
    posted: Mapping[str, str],
    card: Card | None,
    *,
    others: Sequence[str] = (),
    box: CardBox,
) -> ItemChoice:
    """Return the choice that a posted form makes.

    Raises:
        FormError: A field has the wrong form, or nothing was chosen.
    """
    reason = posted.get("reason", "").strip()[:REASON_LENGTH]
    if card is None:
        return _addition(posted, box, reason)
    kind, item_kind = DecisionKind(verb), ItemKind(card.kind)
    changes: Json = {}
    parts: list[Json] = []
    names: list[str] = []
    if kind is DecisionKind.CORRECT:
        changes = _corrections(posted, card, box)
    elif kind is DecisionKind.SPLIT:
        parts = _parts(posted, card)
    elif kind is DecisionKind.MERGE:
        names = [found.item.id for token in others if (found := box.find(token)) is not None]
        if not names:
            raise FormError({"others": _("请至少选择一项")})
    return ItemChoice(
        kind=kind,
        item_kind=item_kind,
        item=card.item.id,
        changes=changes,
        parts=parts,
        others=names,
        reason=reason,
    )


def words_span(document: SourceDocument, posted: Mapping[str, str]) -> Span | None:
    """Return the place of the chosen words: their offsets, or where their text stands first."""
    start, end = posted.get("start", ""), posted.get("end", "")
    if start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(document.text):
        return _trimmed(document, Span(int(start), int(end)))
    wanted, whole = squeeze(posted.get("words", "")).text, squeeze(document.text)
    place = whole.text.find(wanted) if wanted else -1
    return whole.span_of(place, place + len(wanted)) if place >= 0 else None


def _trimmed(document: SourceDocument, span: Span) -> Span | None:
    return squeeze(document.words(span), start=span.start).span


def _corrections(posted: Mapping[str, str], card: Card, box: CardBox) -> Json:
    """Return the changes of the form, or of one alternative reading that was chosen."""
    if posted.get("field", ""):
        return _alternative(posted, card)
    changes = changes_from(card.kind, posted, item=card.item, references=box.references)
    if not changes:
        raise FormError({FORMS[card.kind][0][0]: _("没有改动；如无误请点“确认”")})
    return changes


def _alternative(posted: Mapping[str, str], card: Card) -> Json:
    field, value = posted["field"], posted.get("value", "")
    for alternative in card.alternatives:
        if (alternative.field, alternative.value) == (field, value):
            changes = alternative_changes(card.kind, card.item, alternative)
            if changes is not None:
                return changes
    raise FormError({field: _("没有这种读法")})


def _parts(posted: Mapping[str, str], card: Card) -> list[Json]:
    """Return the parts whose first field is filled."""
    first = FORMS[card.kind][0][0]
    wanted = [f"p{index}-" for index in range(PARTS) if posted.get(f"p{index}-{first}", "").strip()]
    if len(wanted) < 2:
        raise FormError({f"p1-{first}": _("拆分至少需要两项")})
    return [changes_from(card.kind, posted, prefix=prefix, item=card.item) for prefix in wanted]


def _addition(posted: Mapping[str, str], box: CardBox, reason: str) -> ItemChoice:
    document = box.work.document
    kind = posted.get("kind_of_item", "")
    if kind not in FORMS:
        raise FormError({"kind_of_item": _("请选择其中一项")})
    span = words_span(document, posted)
    if span is None:
        raise FormError({"words": _("在文中找不到这些文字，请从左侧原文选取")})
    asked = {"text": squeeze(document.words(span)).text, **dict(posted.items())}
    changes = changes_from(kind, asked, references=box.references)
    changes.pop("text", None)
    changes = {name: value for name, value in changes.items() if value not in (None, [], False)}
    replaced = posted.get("replaces", "")
    return ItemChoice(
        kind=DecisionKind.ADD,
        item_kind=ItemKind(kind),
        changes=changes,
        span=span,
        reason=reason,
        replaces=int(replaced) if replaced.isdecimal() else None,
    )
