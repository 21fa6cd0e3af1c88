"""Holding shipped values against their sources: who said so, for which value, and taking it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Place, RuleCheck
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.value_json import value_hash
from shuiheng.rules.parameter import DatedValue, Mark
from shuiheng.services.errors import NotThereError, ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

NOTE = 300


def check_value(actor: Actor, city: int, *, rule: str, digest: str, note: str = "") -> RuleCheck:
    """Write down that the actor has held a shipped value against its source (核对).

    The check holds for this city and for exactly this value, source and clause. Asked again it stays.

    Args:
        actor: Who has read the source.
        city: Key of the city.
        rule: Id of the rule.
        digest: Hash of the value that was looked at.
        note: What was seen, such as the edition that was read.

    Raises:
        ServiceError: `rules.not_found`: the value was not read in its source when it was entered.
        NotThereError, NotPermittedError: The value or the city is not there, or not the actor's.
    """
    account = require(actor, Action.RULES_REVIEW)
    value = shipped_value(rule, digest)
    if value.mark is not Mark.FOUND:
        raise ServiceError("rules.not_found")
    with transaction.atomic():
        place = row_for(account, Action.RULES_REVIEW, Place, lock=True, pk=city)
        if city_above(place).pk != place.pk:
            raise NotThereError(f"place:{city}")
        standing = RuleCheck.objects.filter(
            place=place, rule=rule, area=value.area, value_hash=digest, undone_at__isnull=True
        ).first()
        if standing is not None:
            return standing
        row = RuleCheck.objects.create(
            place=place,
            rule=rule,
            area=value.area,
            valid_from=value.valid_from,
            value_hash=digest,
            note=note.strip()[:NOTE],
            checked_by=account,
            checked_at=timezone.now(),
        )
        _tell(account, "rule_check.made", row)
    return row


def undo_check(actor: Actor, key: int) -> RuleCheck:
    """Take a check back; the value is unchecked again.

    Raises:
        WrongStateError: It was taken back already.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.RULES_REVIEW)
    with transaction.atomic():
        row = row_for(account, Action.RULES_REVIEW, RuleCheck, lock=True, pk=key)
        if row.undone_at is not None:
            raise WrongStateError("undone")
        row.undone_by, row.undone_at = account, timezone.now()
        row.save(update_fields=["undone_by", "undone_at"])
        _tell(account, "rule_check.undone", row)
    return row


def shipped_value(rule: str, digest: str) -> DatedValue:
    """Return the shipped value of a rule that has this hash.

    Raises:
        NotThereError: There is none.
    """
    rules = shipped_rulebook()
    values = rules[rule].values if rule in rules else ()
    for value in values:
        if value_hash(value) == digest:
            return value
    raise NotThereError(f"rule:{rule}")


def _tell(account: Account, action: str, row: RuleCheck) -> None:
    record_event(
        account,
        action,
        subject=f"rule_check:{row.pk}",
        place=row.place,
        reason=row.note,
        after={"rule": row.rule, "area": row.area, "valid_from": row.valid_from.isoformat()},
    )
