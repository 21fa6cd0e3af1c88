"""Applications for an award: by the user itself, or entered by the office for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Award, AwardMatter, AwardScheme, SchemeState, WaterUser
from shuiheng.adapters.records.sight import Sight
from shuiheng.charges.steps import Figure
from shuiheng.charges.subsidy import Metered
from shuiheng.kernel.derivation import Derived
from shuiheng.kernel.derivation_json import derivation_json
from shuiheng.services.allowances.keep_user_document import (
    AWARD_KIND,
    AWARD_TITLE,
    UploadedFile,
    keep_user_document,
)
from shuiheng.services.awards.award_amount import Given, award_amount, read_given
from shuiheng.services.awards.known_facts import use_of_year
from shuiheng.services.awards.same_subject import subject_key, twin_of
from shuiheng.services.awards.terms import AmountMode, Terms, read_terms
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for, sight

LONGEST = {"subject": 120, "basis": 300}
MOST_FILES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAward:
    """What is asked for (奖补申请).

    Args:
        subject: What it is for: a measure, a site, a title that was won.
        basis: On what the claim rests.
        given: The figures that the scheme needs.
        matter: What sort of thing it is.
        first: First day of the time in which it was or will be done; None with `last` where none is said.
        last: Last day of it.
        files: Documents that show it.
    """

    subject: str
    basis: str
    given: Given
    matter: AwardMatter = AwardMatter.OTHER
    first: date | None = None
    last: date | None = None
    files: Sequence[UploadedFile] = field(default=())


def ask_award(actor: Actor, user: int, scheme: int, asked: AskedAward) -> Award:
    """Ask for an award in the name of one's own unit.

    Raises:
        ServiceError: `awards.scheme_not_open`, `awards.user_gone`, `awards.field_missing`,
            `awards.bad_time`, `awards.too_many_files`, or a file is not taken.
        NotThereError, NotPermittedError: The user is not the actor's, or the scheme not of its city.
    """
    return _ask(actor, Action.AWARDS_ASK, (user, scheme), asked)


def enter_award(actor: Actor, user: int, scheme: int, asked: AskedAward) -> Award:
    """Enter an application that reached the office on paper; raises as `ask_award` does."""
    return _ask(actor, Action.AWARDS_KEEP, (user, scheme), asked)


def derived_award(seen: Sight, award: Award) -> Derived:
    """Return what an award comes to by what is known now.

    Raises:
        ServiceError: As `award_amount` does.
    """
    given, terms = read_given(award.given), read_terms(award.scheme.terms)
    if terms.mode is not AmountMode.IRRIGATION or given.metered is not Metered.METER:
        return award_amount(award.scheme, given, volume=None)
    year = use_of_year(seen, award.user, terms.use_year)
    origin = f"settled_year:{year.year}"
    volume = None if year.m3 is None else Figure(value=year.m3, origin=origin)
    metered = Metered.ESTIMATE if year.estimated else Metered.METER
    return award_amount(award.scheme, replace(given, metered=metered), volume=volume)


def keep_amount(award: Award, derived: Derived | None) -> None:
    """Set the amount with its steps; only what follows from rules of the rulebook can be a trial."""
    award.amount_yuan = None if derived is None else derived.value
    award.derivation = {} if derived is None else derivation_json(derived)
    award.is_trial = derived is not None and bool(derived.citations) and derived.is_trial


def _ask(actor: Actor, action: Action, keys: tuple[int, int], asked: AskedAward) -> Award:
    account = require(actor, action)
    with transaction.atomic():
        user = row_for(account, action, WaterUser, lock=True, pk=keys[0])
        scheme = _open_scheme(user, keys[1])
        _refuse_gaps(asked, read_terms(scheme.terms))
        award = Award(
            scheme=scheme,
            user=user,
            subject=asked.subject.strip()[: LONGEST["subject"]],
            subject_key=subject_key(asked.subject),
            matter=asked.matter,
            first=asked.first,
            last=asked.last,
            basis=asked.basis.strip()[: LONGEST["basis"]],
            given=asked.given.as_json(),
            asked_by=account,
            asked_at=timezone.now(),
        )
        try:
            keep_amount(award, derived_award(sight(account, action), award))
        except ServiceError:
            keep_amount(award, None)
        award.twin = twin_of(award)
        award.save()
        kept = [
            keep_user_document(account, user, each, kind=AWARD_KIND, title=AWARD_TITLE)
            for each in asked.files
        ]
        award.documents.set(kept)
        tell_award(account, award, "award.asked")
    return award


def tell_award(account: Account, award: Award, action: str, *, reason: str = "") -> None:
    """Write down what became of an award."""
    record_event(
        account,
        action,
        subject=f"award:{award.pk}",
        place=award.user.city,
        reason=reason,
        after={
            "scheme": award.scheme_id,
            "user": award.user_id,
            "subject": award.subject,
            "matter": award.matter,
            "amount": None if award.amount_yuan is None else str(award.amount_yuan),
            "state": award.state,
            "twin": award.twin_id,
        },
    )


def _open_scheme(user: WaterUser, key: int) -> AwardScheme:
    scheme = user.city.award_schemes.exclude(state=SchemeState.DRAFT).filter(pk=key).first()
    if scheme is None:
        raise NotThereError(f"award_scheme:{key}")
    if scheme.state != SchemeState.OPEN:
        raise ServiceError("awards.scheme_not_open")
    if user.merged_into_id is not None:
        raise ServiceError("awards.user_gone")
    return scheme


def _refuse_gaps(asked: AskedAward, terms: Terms) -> None:
    given = asked.given
    needed: dict[str, object] = {"subject": subject_key(asked.subject), "basis": asked.basis.strip()}
    if terms.mode is AmountMode.ASKED:
        needed["asked_yuan"] = given.asked_yuan
    if terms.mode is AmountMode.SHARE:
        needed["cost_yuan"] = given.cost_yuan
    if terms.mode is AmountMode.IRRIGATION:
        needed |= {"crop": given.crop, "area_mu": given.area_mu, "norm_m3_mu": given.norm_m3_mu}
        if given.metered is Metered.POWER:
            needed |= {"energy_kwh": given.energy_kwh, "m3_kwh": given.m3_kwh}
    for name, there in needed.items():
        if not there:
            raise ServiceError("awards.field_missing", field=name)
    is_half_said = (asked.first is None) != (asked.last is None)
    if is_half_said or (asked.first is not None and asked.last is not None and asked.last < asked.first):
        raise ServiceError("awards.bad_time")
    if len(asked.files) > MOST_FILES:
        raise ServiceError("awards.too_many_files", most=str(MOST_FILES))
