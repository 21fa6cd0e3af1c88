"""Draw lists of members (名录) from the ledger, adopt them, and withdraw them with a reason."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    MemberList,
    MemberRow,
    MemberStanding,
    Place,
    SettledMonth,
)
from shuiheng.adapters.rulebook.membership import membership_book
from shuiheng.rules.member_changes import Change, member_changes
from shuiheng.rules.membership import (
    Bounds,
    MembershipRule,
    Standing,
    Verdict,
    is_spoken_of,
    verdict_of,
)
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.ledger.member_amounts import Amount, Basis
from shuiheng.services.ledger.member_rules import ListedRule, rules_in_force, terms_of
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for, sight

REASON_LENGTH, TITLE_LENGTH, BATCH = 300, 200, 2000
FIRST_YEAR, LAST_YEAR = 2000, 2100
_TOLD = {"listed": Standing.IN, "outside": Standing.OUT, "undecided": Standing.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A user of whom a rule speaks: its amount and where it stands."""

    amount: Amount
    verdict: Verdict
    hangs_on_estimate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a list would say: its terms, and the columns of its rows by user."""

    listed: ListedRule
    terms: dict[str, Any]
    rows: Mapping[int, dict[str, Any]]


def draw_lists(actor: Actor, city: int, *, year: int, rule: str = "") -> Sequence[MemberList]:
    """Draw the list of a rule, or of every rule in force, for a year from what is known now.

    A draft is drawn anew in place; one that says the same already stays as it is, and so does
    an adopted list, beside which a draft appears only when it would say something else.

    Args:
        actor: Who does it.
        city: Key of the city.
        year: The year of the lists.
        rule: Id of one rule; all when empty.

    Raises:
        ServiceError: `ledger.list_year`.
        NotThereError, NotPermittedError: The city is not the actor's as a whole, or no such rule holds.
    """
    account = require(actor, Action.LEDGER_EDIT)
    place = row_for(account, Action.LEDGER_EDIT, Place, pk=city)
    if city_above(place).pk != place.pk:
        raise NotThereError(f"place:{city}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ServiceError("ledger.list_year", year=str(year))
    rules, _ = rules_in_force(sight(account, Action.LEDGER_EDIT), place, year)
    wanted = [each for each in rules if not rule or each.id == rule]
    if not wanted and rule:
        raise NotThereError(f"rule:{rule}")
    today = timezone.localdate()
    now = Basis(place, year, _day(year, today))
    before = Basis(place, year - 1, _day(year - 1, today))
    return [_kept(account, _drawn(each, now, before), now) for each in wanted]


def adopt_list(actor: Actor, key: int) -> MemberList:
    """Adopt a draft: from then on it stands as the list of its rule and year.

    Raises:
        ServiceError: `ledger.list_settled`: it is no draft; `ledger.list_adopted`: another stands.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        listed = row_for(account, Action.LEDGER_EDIT, MemberList, lock=True, pk=key)
        if listed.adopted_at is not None or listed.withdrawn_at is not None:
            raise ServiceError("ledger.list_settled")
        if _adopted(listed.place, listed.rule, listed.year) is not None:
            raise ServiceError("ledger.list_adopted", year=str(listed.year), title=listed.title)
        listed.adopted_by, listed.adopted_at = account, timezone.now()
        listed.save(update_fields=["adopted_by", "adopted_at"])
        _write_down(account, "member_list.adopted", listed)
    return listed


def withdraw_list(actor: Actor, key: int, *, reason: str) -> MemberList:
    """Withdraw a list, adopted or draft; it stays to be looked at with the reason.

    Raises:
        ServiceError: `ledger.list_settled`: it was withdrawn already; `ledger.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        listed = row_for(account, Action.LEDGER_EDIT, MemberList, lock=True, pk=key)
        if listed.withdrawn_at is not None:
            raise ServiceError("ledger.list_settled")
        if not reason.strip():
            raise ServiceError("ledger.reason_needed")
        listed.withdrawn_by, listed.withdrawn_at = account, timezone.now()
        listed.reason = reason.strip()[:REASON_LENGTH]
        listed.save(update_fields=["withdrawn_by", "withdrawn_at", "reason"])
        _write_down(account, "member_list.withdrawn", listed, reason=listed.reason)
    return listed


def judged_users(rule: MembershipRule, basis: Basis) -> tuple[Mapping[int, Judged], int]:
    """Return each user of whom a rule speaks with where it stands, and how many it does not speak of."""
    amounts, traits = basis.amounts(rule.quantity), basis.traits()
    found = {}
    for user, trait in traits.items():
        amount = amounts[user]
        if not amount.is_concerned or not is_spoken_of(rule.who, trait):
            continue
        verdict = verdict_of(rule, trait, amount.bounds)
        measured = Bounds(least=amount.bounds.least - amount.estimated, most=amount.bounds.most)
        hangs = verdict.standing is Standing.IN and verdict_of(rule, trait, measured) != verdict
        found[user] = Judged(amount=amount, verdict=verdict, hangs_on_estimate=hangs)
    return found, len(traits) - len(found)


def _drawn(listed: ListedRule, now: Basis, before: Basis) -> Drawn:
    judged, aside = judged_users(listed.rule, now)
    standings = {user: each.verdict.standing for user, each in judged.items()}
    earlier, against = _earlier(listed, before)
    changes = member_changes(earlier, standings)
    left = {user for user, change in changes.items() if change is Change.LEFT and user not in judged}
    origin = membership_book().quantities[listed.rule.quantity].origin
    rows = {
        user: _row_values(each, changes.get(user), earlier.get(user), origin) for user, each in judged.items()
    }
    rows |= {user: _gone() for user in left}
    terms = _terms(listed, now, against=against, aside=aside)
    terms["counts"] = {each.value: 0 for each in Standing} | Counter(row["standing"] for row in rows.values())
    terms["changes"] = {each.value: 0 for each in Change} | Counter(each.value for each in changes.values())
    terms["mark"] = _mark(terms, rows)
    return Drawn(listed=listed, terms=terms, rows=rows)


def _kept(account: Account, drawn: Drawn, basis: Basis) -> MemberList:
    """Return the list that says this: the one that stands, or a draft written anew.

    What was read before stands outside of the transaction, so that others may write meanwhile.
    """
    with transaction.atomic():
        Place.objects.select_for_update().get(pk=basis.city.pk)
        return _written(account, drawn, basis)


def _written(account: Account, drawn: Drawn, basis: Basis) -> MemberList:
    listed, terms = drawn.listed, drawn.terms
    adopted = _adopted(basis.city, listed.id, basis.year)
    same_rule = MemberList.objects.filter(place=basis.city, rule=listed.id, year=basis.year)
    draft = same_rule.filter(adopted_at__isnull=True, withdrawn_at__isnull=True).first()
    for known in (adopted, draft):
        if known is not None and known.terms.get("mark") == terms["mark"]:
            return known
    fields = {
        "title": _title(listed)[:TITLE_LENGTH],
        "clause": listed.clause,
        "terms": terms,
        "drawn_by": account,
        "drawn_at": timezone.now(),
        "generation": _generation(basis),
    }
    if draft is None:
        draft = MemberList.objects.create(place=basis.city, rule=listed.id, year=basis.year, **fields)
    else:
        draft.rows.all().delete()
        for name, value in fields.items():
            setattr(draft, name, value)
        draft.save()
    MemberRow.objects.bulk_create(
        (MemberRow(list=draft, user_id=user, **values) for user, values in drawn.rows.items()),
        batch_size=BATCH,
    )
    _write_down(account, "member_list.drawn", draft)
    return draft


def _earlier(listed: ListedRule, before: Basis) -> tuple[Mapping[int, Standing], dict[str, Any]]:
    """Return where each user stood the year before: on the adopted list, else by the rule on that year."""
    adopted = _adopted(before.city, listed.id, before.year)
    if adopted is not None:
        rows = adopted.rows.values_list("user", "standing")
        return {user: Standing(standing) for user, standing in rows}, {"list": adopted.pk}
    judged, _ = judged_users(listed.rule, before)
    found = {user: each.verdict.standing for user, each in judged.items()}
    unknown = sum(1 for standing in found.values() if standing is Standing.UNKNOWN)
    return found, {"year": before.year, "unknown": unknown}


def _adopted(city: Place, rule: str, year: int) -> MemberList | None:
    rows = MemberList.objects.filter(place=city, rule=rule, year=year)
    return rows.filter(adopted_at__isnull=False, withdrawn_at__isnull=True).first()


def _row_values(
    judged: Judged, change: Change | None, before: Standing | None, origin: str
) -> dict[str, Any]:
    amount = judged.amount
    values: dict[str, Any] = {
        "change": change.value if change else "",
        "before": before.value if before else "",
        "doubts": [doubt.value for doubt in judged.verdict.doubts],
        "hangs": judged.hangs_on_estimate,
        "most": None if amount.bounds.most is None else int(amount.bounds.most),
    }
    if amount.shares is not None:
        values["shares"] = list(amount.shares)
        values["estimated"] = amount.estimated
    return {
        "standing": judged.verdict.standing.value,
        "litres": None if amount.litres is None else int(amount.litres),
        "basis": origin,
        "values": values,
    }


def _gone() -> dict[str, Any]:
    """Return the row of a user that the rule does not speak of any more."""
    values = {"change": Change.LEFT.value, "before": Standing.IN.value, "doubts": [], "hangs": False}
    return {"standing": MemberStanding.OUT, "litres": None, "basis": "", "values": values | {"most": None}}


def _terms(listed: ListedRule, basis: Basis, *, against: dict[str, Any], aside: int) -> dict[str, Any]:
    quantity = membership_book().quantities[listed.rule.quantity]
    use_year = basis.use_year if quantity.origin == "use" else None
    return terms_of(listed) | {"use_year": use_year, "against": against, "aside": aside}


def _mark(terms: Mapping[str, Any], rows: Mapping[int, dict[str, Any]]) -> str:
    said = json.dumps([terms, sorted(rows.items())], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def _title(listed: ListedRule) -> str:
    return membership_book().duties[listed.rule.duty].list_names["zh"]


def _generation(basis: Basis) -> int:
    months = SettledMonth.objects.filter(
        meter__city=basis.city,
        month__gte=date(basis.use_year, 1, 1),
        month__lt=date(basis.use_year + 1, 1, 1),
    )
    newest: int | None = months.aggregate(newest=Max("generation"))["newest"]
    return newest or 0


def _day(year: int, today: date) -> date:
    """Return the day of a year as of which its lists are drawn: today, or the end that is nearer."""
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))


def _write_down(account: Account, action: str, listed: MemberList, *, reason: str = "") -> None:
    counts = listed.terms["counts"]
    record_event(
        account,
        action,
        subject=f"member_list:{listed.pk}",
        place=listed.place,
        reason=reason,
        after={"title": listed.title, "rule": listed.rule, "year": listed.year}
        | {name: counts[each.value] for name, each in _TOLD.items()},
    )
