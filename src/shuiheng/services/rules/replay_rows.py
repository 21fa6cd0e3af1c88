"""Rows of a replay: what each user comes to on both sides, joined and added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shuiheng.adapters.records.models import WaterUser
from shuiheng.adapters.records.sight import Sight
from shuiheng.allowances.model import Unknown
from shuiheng.charges.kernels import UNKNOWN
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.run_figures import LITRES_OF_A_M3, Payable
from shuiheng.services.rules.replay_amounts import Side, year_amounts

VOLUME, PLAN, CLASS, PRICE, NORM = "volume", "plan", "price_class", "price", "norm"
Key = tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """What one side of a replay comes to for one payable (单方结果).

    Args:
        payable: Whose water it is.
        litres: Its water of the year; None when not all of it is known.
        allowed: Litres that its plan or its norms allow in the year; None when not known.
        amount: Fen, or litres where volumes are compared; 0 when not known.
        why: What is missing; empty when nothing is.
    """

    payable: Payable
    litres: int | None
    allowed: int | None
    amount: int
    why: str


def reckoned(
    kind: RunKind, side: Side, payables: Sequence[Payable], months: Sequence[date]
) -> list[Reckoned]:
    """Return what some payables come to in a year by the rules of one side."""
    volumes = np.array([[_litres(each, month) for month in months] for each in payables], dtype=np.int64)
    plans = np.array([[_plan(each, month) for month in months] for each in payables], dtype=np.int64)
    amounts, known = year_amounts(kind, side, payables, volumes, plans) if payables else ((), ())
    found = []
    for place, each in enumerate(payables):
        why = _why(kind, each, volumes[place], plans[place]) or ("" if known[place] else PRICE)
        found.append(
            Reckoned(
                payable=each,
                litres=_sum(volumes[place]),
                allowed=_sum(plans[place]),
                amount=0 if why else int(amounts[place]),
                why=why,
            )
        )
    return found


def allowed_volumes(payables: Iterable[Payable], months: Sequence[date]) -> list[Reckoned]:
    """Return what norms allow some users in a year, as the amount that is compared."""
    found = []
    for each in payables:
        total = each.allowed_total
        litres = None if total is None else int(total * LITRES_OF_A_M3)
        why = _missing_norm(each) if litres is None else ""
        used = each.total(months)
        found.append(
            Reckoned(
                payable=each,
                litres=None if used is None else int(used * LITRES_OF_A_M3),
                allowed=litres,
                amount=litres or 0,
                why=why,
            )
        )
    return found


def joined_rows(
    old: Sequence[Reckoned], new: Sequence[Reckoned], *, by_user: bool = False
) -> list[dict[str, Any]]:
    """Return a row for each payable of both sides; what is known on one side only is not known.

    Args:
        old: One side.
        new: The other side.
        by_user: Whether all that a user pays is one row, as where one side holds use against plans of its
            sources and the other against norms.
    """
    key_of = _user_key if by_user else _own_key
    sides = [_grouped(side, key_of) for side in (old, new)]
    return [_row(*(side.get(key, ()) for side in sides)) for key in dict.fromkeys([*sides[0], *sides[1]])]


def totals_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return what rows come to, and how many users pay more, less, the same, or are not known."""
    known = [row for row in rows if row["why"] == ""]
    change = [row["new"] - row["old"] for row in known]
    return {
        "count": len(rows),
        "unknown": len(rows) - len(known),
        "old": sum(row["old"] for row in known),
        "new": sum(row["new"] for row in known),
        "more": sum(1 for each in change if each > 0),
        "less": sum(1 for each in change if each < 0),
        "same": sum(1 for each in change if each == 0),
    }


def parts_of(rows: Sequence[Mapping[str, Any]], name: str) -> list[dict[str, Any]]:
    """Return the totals of rows by what they say under a name."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row[name], []).append(row)
    return [{"name": key, **totals_of(found)} for key, found in sorted(groups.items())]


def name_rows(seen: Sight, rows: Sequence[dict[str, Any]]) -> None:
    """Add to each row what its user is called and in which district it lies."""
    names = {
        key: (name, district)
        for key, name, district in seen(WaterUser).values_list(
            "pk", "organisation__name", "organisation__place__name"
        )
    }
    for row in rows:
        row["name"], row["district"] = names.get(row["user"], ("", ""))


def _litres(payable: Payable, month: date) -> int:
    volume = payable.volume(month)
    return UNKNOWN if volume is None else int(volume.value * LITRES_OF_A_M3)


def _plan(payable: Payable, month: date) -> int:
    plan = payable.plan(month)
    return UNKNOWN if plan is None else int(plan.value * LITRES_OF_A_M3)


def _sum(litres: NDArray[np.int64]) -> int | None:
    return None if (litres == UNKNOWN).any() else int(litres.sum())


def _why(kind: RunKind, payable: Payable, volumes: NDArray[np.int64], plans: NDArray[np.int64]) -> str:
    """Return which figure is missing; empty when none is."""
    if (volumes == UNKNOWN).any():
        return VOLUME
    if kind is RunKind.OVER_PLAN and (plans == UNKNOWN).any():
        return PLAN if payable.norm is None else _missing_norm(payable)
    return "" if payable.price_class is not None else CLASS


def _missing_norm(payable: Payable) -> str:
    """Return what is missing of what norms allow, without the activity for which it is."""
    return payable.norm.missing[0].partition(":")[0] if isinstance(payable.norm, Unknown) else NORM


def _user_key(payable: Payable) -> Key:
    return (payable.user,)


def _own_key(payable: Payable) -> Key:
    return payable.user, payable.source, payable.allowance


def _grouped(side: Sequence[Reckoned], key_of: Callable[[Payable], Key]) -> Mapping[Key, Sequence[Reckoned]]:
    groups: dict[Key, list[Reckoned]] = {}
    for each in side:
        groups.setdefault(key_of(each.payable), []).append(each)
    return groups


def _row(old: Sequence[Reckoned], new: Sequence[Reckoned]) -> dict[str, Any]:
    first = (old or new)[0].payable
    other = (new or old)[0].payable
    why = next((each.why for each in (*old, *new) if each.why), "")
    if not why and not (old and new):
        why = PLAN if other.norm is not None else NORM
    classes = {each.payable.price_class or "" for each in (*old, *new)}
    return {
        "user": first.user,
        "number": first.number,
        "class": classes.pop() if len(classes) == 1 else "",
        "litres": _added(each.litres for each in old or new),
        "plan": _added(each.allowed for each in old),
        "plan_new": _added(each.allowed for each in new),
        "old": 0 if why else sum(each.amount for each in old),
        "new": 0 if why else sum(each.amount for each in new),
        "why": why,
    }


def _added(volumes: Iterable[int | None]) -> int | None:
    """Return the sum of volumes; None when there is none, or one is not known."""
    found = list(volumes)
    known = [each for each in found if each is not None]
    return sum(known) if found and len(known) == len(found) else None
