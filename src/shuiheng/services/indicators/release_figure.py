"""Sign a value off as official (正式数据): kept whole, by nobody who entered its facts, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng import __version__
from shuiheng.adapters.records.models import Account, Figure, KeptStanding, Place, Statistic
from shuiheng.indicators.figure_content import content_digest, recompute
from shuiheng.indicators.standing_content import figures_in, recompute_inputs
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.indicators.working_figure import Wanted, working_figure
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

STATISTIC = "statistic:"
STANDING_FORMAT = "shuiheng.standing/1"
WIDE = Context(prec=60)
DIGITS_KEPT = Decimal(1).scaleb(-10)
LONGEST_CAUSE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proposed:
    """What is signed off."""

    place: Place
    subject: str
    up_to: date
    value: Decimal
    unit: str
    content: dict[str, Any]
    digest: str


def release_indicator(actor: Actor, place: int, wanted: Wanted, *, digest: str, cause: str = "") -> Figure:
    """Sign off the value of an indicator for a place and year as official.

    Args:
        actor: Who releases it; may not have entered any of its facts.
        place: Key of the city or district.
        wanted: Which value.
        digest: Hash of the content that the actor has seen.
        cause: Why it takes the place of an earlier figure; needed where there is one.

    Raises:
        ServiceError: `figures.no_value`, `figures.year_open`, `figures.changed_meanwhile`,
            `figures.own_entry`, `figures.same`, `figures.cause_needed`, `figures.no_base_year`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.FIGURES_RELEASE)
    found = row_for(account, Action.FIGURES_RELEASE, Place, pk=place)
    working = working_figure(found, wanted)
    if wanted.up_to >= timezone.localdate():  # its last day may still bring water
        raise ServiceError("figures.year_open", year=str(wanted.year))
    value = working.figure.value
    if value is None:
        raise ServiceError("figures.no_value")
    proposed = _Proposed(
        place=found,
        subject=wanted.subject,
        up_to=wanted.up_to,
        value=value,
        unit=working.figure.version.unit.id,
        content=working.content,
        digest=working.digest,
    )
    return _release(account, proposed, seen=digest, cause=cause)


def release_standing(actor: Actor, key: int, *, digest: str, cause: str = "") -> Figure:
    """Sign off the value of a target, as it was judged last, as official.

    Args:
        actor: Who releases it; may not have entered any of its facts.
        key: Key of the kept standing.
        digest: Hash of the content that the actor has seen.
        cause: Why it takes the place of an earlier figure; needed where there is one.

    Raises:
        ServiceError: As for indicators.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.FIGURES_RELEASE)
    row = row_for(account, Action.FIGURES_RELEASE, KeptStanding, pk=key)
    content = standing_figure_content(row)
    value = _number(row.content.get("value"))
    if value is None or row.up_to is None or not content["made_of"]:
        raise ServiceError("figures.no_value")
    proposed = _Proposed(
        place=row.place,
        subject=standing_subject(row),
        up_to=row.up_to,
        value=value,
        unit=(row.target.unit or "")[:40],
        content=content,
        digest=content_digest(content),
    )
    return _release(account, proposed, seen=digest, cause=cause)


def standing_subject(row: KeptStanding) -> str:
    """Return the subject under which the official value of a target stands."""
    return f"target:{row.target_id}"


def standing_figure_content(row: KeptStanding) -> dict[str, Any]:
    """Return what is kept of a target's value when it is signed off; what makes the value, and no verdict."""
    kept = row.content
    return {
        "format": STANDING_FORMAT,
        "target": row.target.item,
        "metric": row.target.metric,
        "scope": row.target.scope,
        "unit": row.target.unit or "",
        "served_by": row.served_by,
        "up_to": row.up_to.isoformat() if row.up_to else None,
        "value": kept.get("value"),
        "made_of": kept.get("made_of"),
    }


def recompute_figure(content: Mapping[str, Any]) -> Decimal | None:
    """Return the value that a kept figure gives when it is computed again from nothing but its content.

    Raises:
        JsonFormatError: The content does not have the form of a figure.
    """
    if content.get("format") == STANDING_FORMAT:
        return recompute_inputs(content.get("made_of"))
    return recompute(content)


def kept_facts(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the facts that a kept figure was computed from; none for a count of cases."""
    return [fact for figure in figures_in(content) for fact in figure.get("facts", [])]


def _release(account: Account, proposed: _Proposed, *, seen: str, cause: str) -> Figure:
    if proposed.up_to > timezone.localdate():
        raise ServiceError("figures.year_open", year=str(proposed.up_to.year))
    if seen != proposed.digest:
        raise ServiceError("figures.changed_meanwhile")
    _refuse_own(account, proposed.content)
    words = cause.strip()[:LONGEST_CAUSE]
    with transaction.atomic():
        Place.objects.select_for_update(no_key=True).get(pk=proposed.place.pk)  # one release after the other
        rows = Figure.objects.select_for_update().filter(
            place=proposed.place,
            subject=proposed.subject,
            up_to=proposed.up_to,
            superseded_at__isnull=True,
        )
        before = rows.first()
        if before is not None and before.digest == proposed.digest:
            raise ServiceError("figures.same")
        if before is not None and not words:
            raise ServiceError("figures.cause_needed")
        if before is not None:
            before.superseded_at = timezone.now()
            before.save(update_fields=["superseded_at"])
        row = _keep(account, proposed, words if before else "")
        _tell(account, row, before)
    return row


def _keep(account: Account, proposed: _Proposed, cause: str) -> Figure:
    return Figure.objects.create(
        place=proposed.place,
        city=city_above(proposed.place),
        subject=proposed.subject,
        year=proposed.up_to.year,
        up_to=proposed.up_to,
        value=proposed.value.quantize(DIGITS_KEPT, context=WIDE),
        unit=proposed.unit,
        content=proposed.content,
        digest=proposed.digest,
        code_version=__version__,
        released_by=account,
        released_at=timezone.now(),
        cause=cause,
    )


def _refuse_own(account: Account, content: Mapping[str, Any]) -> None:
    """Refuse a release by who entered a fact of the value: two persons stand behind what is official."""
    origins = (str(fact.get("origin", "")) for fact in kept_facts(content))
    keys = [int(each.removeprefix(STATISTIC)) for each in origins if each.startswith(STATISTIC)]
    if Statistic.objects.filter(pk__in=keys, entered_by=account).exists():
        raise ServiceError("figures.own_entry")


def _tell(account: Account, row: Figure, before: Figure | None) -> None:
    rows = [row.pk] if before is None else [before.pk, row.pk]
    record_event(
        account,
        "figures.released",
        subject=f"figure:{row.pk}",
        place=row.city,
        reason=row.cause,
        before=None if before is None else {"value": before.content.get("value"), "digest": before.digest},
        after={"rows": rows, "value": row.content.get("value"), "digest": row.digest},
    )


def _number(text: object) -> Decimal | None:
    return Decimal(text) if isinstance(text, str) else None
