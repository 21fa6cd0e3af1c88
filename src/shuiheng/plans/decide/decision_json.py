"""Decisions as JSON and back: what is stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shuiheng.kernel.json_fields import Fields, JsonFormatError
from shuiheng.plans.decide.model import Anchor, Decision, DecisionKind, ItemKind

Json = dict[str, Any]
FORMAT = "shuiheng.decision/1"


def decision_json(decision: Decision) -> Json:
    """Return a decision as plain JSON values."""
    return {
        "format": FORMAT,
        "kind": decision.kind.value,
        "anchor": anchor_json(decision.anchor),
        "changes": dict(decision.changes),
        "parts": [dict(part) for part in decision.parts],
        "others": [anchor_json(anchor) for anchor in decision.others],
        "reason": decision.reason,
        "decided_by": decision.decided_by,
        "decided_at": decision.decided_at.isoformat(),
        "order": decision.order,
    }


def decision_from_json(source: object) -> Decision:
    """Return the decision of JSON values that `decision_json` made.

    Raises:
        JsonFormatError: A field is missing or of the wrong form; the error names its place.
    """
    fields = Fields(source, "decision")
    return Decision(
        kind=fields.word("kind", DecisionKind),
        anchor=anchor_from_json(fields.at("anchor")),
        changes=fields.take("changes", dict),
        parts=tuple(fields.each("parts", lambda part: part.itself(dict))),
        others=tuple(fields.each("others", anchor_from_json)),
        reason=fields.take("reason", str),
        decided_by=fields.take("decided_by", str),
        decided_at=_instant(fields),
        order=fields.take("order", int),
    )


def anchor_json(anchor: Anchor) -> Json:
    """Return an anchor as plain JSON values."""
    return {
        "kind": anchor.kind.value,
        "quote": anchor.quote,
        "span": [anchor.span.start, anchor.span.end],
        "page": anchor.page,
        "reading": [list(pair) for pair in anchor.reading],
        "context": anchor.context,
    }


def anchor_from_json(fields: Fields) -> Anchor:
    """Return the anchor at `fields`."""
    return Anchor(
        kind=fields.word("kind", ItemKind),
        quote=fields.take("quote", str),
        span=fields.span("span"),
        page=fields.get("page", int),
        reading=tuple(fields.each("reading", _pair)),
        context=fields.take("context", str),
    )


def _pair(fields: Fields) -> tuple[str, str]:
    pair = fields.itself(list)
    if len(pair) != 2 or not all(isinstance(part, str) for part in pair):
        raise JsonFormatError(fields.place, "expected [name, value]")
    return pair[0], pair[1]


def _instant(fields: Fields) -> datetime:
    text = fields.take("decided_at", str)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise JsonFormatError(f"{fields.place}.decided_at", "expected an ISO instant") from error
    if instant.tzinfo is None:
        raise JsonFormatError(f"{fields.place}.decided_at", "expected a time zone")
    return instant
