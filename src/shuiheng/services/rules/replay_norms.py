"""Norms in a replay (定额回放): who is held against them, and norms on trial in place of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import Account, LedgerBatch, Place
from shuiheng.adapters.records.queries_norms import NORM_KIND
from shuiheng.adapters.records.sight import Sight
from shuiheng.allowances.model import Unknown
from shuiheng.allowances.norm_choice import ChosenNorm, Wanted, choose_norm
from shuiheng.allowances.use_norm import UseNorm, is_in_force
from shuiheng.charges import Figure, Ladder
from shuiheng.charges.ladder import MONTHS_OF
from shuiheng.services.charges.kinds import last_day
from shuiheng.services.charges.norm_bases import by_months, norm_bases
from shuiheng.services.charges.run_figures import ABSTRACTION, SUPPLY, Payable, norm_payables
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.rules.norm_book import waiting_norms
from shuiheng.services.rules.norm_form import HIGHEST, PLACES
from shuiheng.services.rules.norms_now import norms_now
from shuiheng.services.rules.rulebook_now import area_of_city
from shuiheng.services.scope import row_for

NO_ACTIVITY = Unknown(missing=("activity",))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedNorm:
    """With which norms a past year is replayed (定额回放条件): those of a waiting workbook, or a typed value.

    Args:
        year: The past year.
        batch: Key of a workbook that was checked and is not taken in, or None.
        standard: Standard of the norm whose value is typed.
        number: Its number there.
        value: The typed general value, in the unit of that norm.
    """

    year: int
    batch: int | None = None
    standard: str = ""
    number: str = ""
    value: str = ""


def trial_norms(
    account: Account, action: Action, city: Place, arguments: Mapping[str, Any]
) -> tuple[UseNorm, ...]:
    """Return the norms on trial, as if they had held through the year.

    Raises:
        ServiceError: `rules.norm_value`: the typed value is no positive number;
            `ledger_book.barred`, `ledger_book.nothing`: the workbook cannot be taken in as it is.
        WrongStateError: The workbook was taken in or undone.
        NotThereError: There is no such norm or workbook.
    """
    first = date(arguments["year"], 1, 1)
    if arguments["batch"] is None:
        found: Sequence[UseNorm] = (_typed_norm(city, arguments, first),)
    else:
        batch = row_for(account, action, LedgerBatch, pk=arguments["batch"], kind=NORM_KIND, place=city)
        found = waiting_norms(batch)
    return tuple(replace(each, valid_from=first, valid_to=None, recorded_on=first) for each in found)


def norms_on_trial(norms: Sequence[UseNorm], trial: Sequence[UseNorm]) -> tuple[UseNorm, ...]:
    """Return norms in which those on trial stand for the ones of the same place and purpose.

    The old ones stay as withdrawn, so that words of the ledger that name them lead to the new ones.
    """
    replaced = {_purpose(each): each for each in trial}
    kept = [
        replace(each, withdrawn_on=replaced[_purpose(each)].valid_from)
        if _purpose(each) in replaced
        else each
        for each in norms
    ]
    return (*kept, *trial)


def held_against_norms(
    seen: Sight,
    city: Place,
    months: Sequence[date],
    *,
    ladder: Ladder | None,
    norms: Sequence[UseNorm] | None = None,
) -> Sequence[Payable]:
    """Return the users of a city with what norms allow them in each period of a year.

    Args:
        seen: What may be read.
        city: The city.
        months: First days of the months of the year.
        ladder: The surcharge over norms, which meets users of public supply alone and has its periods;
            None for all users and the whole year.
        norms: The norms; None for those of the city.
    """
    kinds = (SUPPLY, ABSTRACTION) if ladder is None else (SUPPLY,)
    length = len(months) if ladder is None else MONTHS_OF[ladder.period]
    periods = [months[start : start + length] for start in range(0, len(months), length)]
    bases = [(period, norm_bases(seen, city, period, norms=norms)) for period in periods]
    return [
        _with_bases(each, [(period, found.get(each.user, NO_ACTIVITY)) for period, found in bases])
        for each in norm_payables(seen, city, months, kinds=kinds)
    ]


def shown_trial(city: Place, trial: Sequence[UseNorm], year: int) -> list[dict[str, Any]]:
    """Return for each norm on trial what holds without it, and whether it would hold beside upper ones."""
    known = norms_now(city)
    changed = norms_on_trial(known, trial)
    return [_compared(city, each, (known, changed), date(year, 12, 31)) for each in trial]


def _compared(
    city: Place, norm: UseNorm, sides: tuple[Sequence[UseNorm], Sequence[UseNorm]], on: date
) -> dict[str, Any]:
    wanted = Wanted(
        area=area_of_city(city),
        on=on,
        product=norm.product,
        condition=norm.condition,
        industry=norm.industry,
    )
    before, after = (choose_norm(norms, wanted) for norms in sides)
    return {
        "number": norm.id,
        "standard": norm.standard,
        "product": norm.product,
        "condition": norm.condition,
        "new": _words(norm),
        "old": _words(before.norm) if before is not None else "",
        "holds": _is_held(after, norm),
    }


def _is_held(chosen: ChosenNorm | None, norm: UseNorm) -> bool:
    return chosen is not None and chosen.norm == norm


def _words(norm: UseNorm) -> str:
    return f"{norm.general:f} {norm.unit}"


def _purpose(norm: UseNorm) -> tuple[str, str, str, str]:
    return norm.area, norm.industry, norm.product, norm.condition


def _with_bases(payable: Payable, bases: Sequence[tuple[Sequence[date], Figure | Unknown]]) -> Payable:
    """Return a user with what norms allow it in all periods; what one of them lacks, the year lacks."""
    allowed: dict[date, Decimal] = {}
    for months, base in bases:
        if isinstance(base, Unknown):
            return replace(payable, allowed=None, norm=base)
        allowed.update(by_months(base, months))
    return replace(payable, allowed=allowed, norm=bases[0][1])


def _typed_norm(city: Place, arguments: Mapping[str, Any], first: date) -> UseNorm:
    """Return a norm of the city with a typed general value; its other values are not on trial."""
    value = _positive(arguments["value"])
    same = [
        each
        for each in norms_now(city)
        if (each.standard, each.id) == (arguments["standard"], arguments["number"])
        and each.withdrawn_on is None
    ]
    if not same:
        raise NotThereError(f"norm:{arguments['standard']}/{arguments['number']}")
    held = [each for each in same if is_in_force(each, on=last_day(first.replace(month=12)))]
    norm = max(held or same, key=lambda each: each.valid_from)
    return replace(norm, general=value, advanced=None, leader=None, check=None)


def _positive(words: str) -> Decimal:
    """Return a typed number that is above 0 and not finer than norms are kept."""
    text = words.strip()
    whole, _point, decimals = text.partition(".")
    if not (f"{whole}{decimals}".isdecimal() and text.isascii() and whole and len(decimals) <= PLACES):
        raise ServiceError("rules.norm_value")
    if len(whole) > len(str(HIGHEST)) or not 0 < Decimal(text) <= HIGHEST:
        raise ServiceError("rules.norm_value")
    return Decimal(text)
