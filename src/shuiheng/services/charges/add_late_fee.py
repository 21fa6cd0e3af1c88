"""The late fee of a charge up to a day, by the rule of the city."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Charge,
    ChargeEntry,
    ChargeEntryKind,
    ChargeEntryState,
    ChargeState,
)
from shuiheng.charges import Figure, LateFeeRule, Payment, late_fee, late_fee_rule_of, number_of
from shuiheng.kernel.derivation import Derived
from shuiheng.kernel.derivation_json import derivation_json
from shuiheng.services.charges.run_rules import Lookup, read_rule
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LATE_FEE, LATE_FEE_CAP = "charges/late_fee", "charges/late_fee_cap"


def late_fee_of(charge: Charge, until: date) -> Derived:
    """Return the late fee that has grown on a charge from its due day up to a day, with its steps.

    What was waived or given back bears none; payments count from the day after they were received.

    Raises:
        ServiceError: `charges.not_issued`; `charges.no_rule`, `charges.bad_rule`.
    """
    if charge.state != ChargeState.ISSUED or charge.due_on is None or charge.amount_yuan is None:
        raise ServiceError("charges.not_issued")
    rule = late_fee_rule(Lookup(charge.run.place), until)
    released = charge.entries.filter(state=ChargeEntryState.RELEASED)
    spared = sum((each.amount_yuan for each in released.filter(kind__in=("waiver", "refund"))), Decimal(0))
    payments = [
        Payment(on=each.on, amount=each.amount_yuan, origin=f"charge_entry:{each.pk}")
        for each in released.filter(kind=ChargeEntryKind.PAYMENT)
    ]
    principal = Figure(value=max(Decimal(0), charge.amount_yuan - spared), origin=f"charge:{charge.pk}")
    return late_fee(rule, principal, due_on=charge.due_on, until=until, payments=payments)


def late_fee_rule(lookup: Lookup, on: date) -> LateFeeRule:
    """Return the late fee of a city on a day; where its rule has no cap, with that of the program.

    Raises:
        ServiceError: `charges.no_rule`, `charges.bad_rule`.
    """
    rule = read_rule(late_fee_rule_of, lookup.value(LATE_FEE, on))
    usual = lookup.value_or_none(LATE_FEE_CAP, on)
    return rule if usual is None else replace(rule, usual_cap=read_rule(number_of, usual))


def add_late_fee(actor: Actor, key: int, *, until: date) -> ChargeEntry:
    """Add what has grown of the late fee since it was last added.

    Raises:
        ServiceError: As `late_fee_of`; `charges.run_is_trial`, the rule does not bind;
            `charges.no_late_fee`, nothing has grown; `charges.day_in_future`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_KEEP)
    if until > timezone.localdate():
        raise ServiceError("charges.day_in_future", day=until.isoformat())
    with transaction.atomic():
        charge = row_for(account, Action.CHARGES_KEEP, Charge, lock=True, pk=key)
        grown = late_fee_of(charge, until)
        if grown.is_trial:
            raise ServiceError("charges.run_is_trial")
        added = charge.entries.filter(kind=ChargeEntryKind.LATE_FEE, state=ChargeEntryState.RELEASED)
        more = grown.value - sum((each.amount_yuan for each in added), Decimal(0))
        if more <= 0:
            raise ServiceError("charges.no_late_fee", day=until.isoformat())
        entry = ChargeEntry.objects.create(
            charge=charge,
            kind=ChargeEntryKind.LATE_FEE,
            state=ChargeEntryState.RELEASED,
            amount_yuan=more,
            on=until,
            derivation=derivation_json(grown),
            asked_by=account,
            asked_at=timezone.now(),
        )
        record_event(
            account,
            "charge.late_fee_added",
            subject=f"charge:{charge.pk}",
            place=charge.user.city,
            after={"entry": entry.pk, "amount": str(more), "day": until.isoformat()},
        )
    return entry
