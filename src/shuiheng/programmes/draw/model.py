"""The nouns of a random inspection: what is drawn from what, by which rules, from which chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawObject:
    """One entry of the register of those who can be inspected (检查对象).

    Args:
        id: Its number in the register; it is published, so it is no name.
        group: Its class, by which items apply.
        credit: Its credit class, by which it is weighted.
        checked_on: When it was last inspected, or None.
    """

    id: str
    group: str
    credit: str
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawItem:
    """One entry of the register of what can be inspected (检查事项).

    Args:
        id: Its number.
        groups: Classes of objects to which it applies; empty for all.
    """

    id: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Recusal:
    """An inspector who must not inspect an object (回避); the reason is kept elsewhere."""

    inspector: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRules:
    """By which rules of the rulebook a draw is made.

    Args:
        team: How many inspectors go to each object at least.
        weights: Weight of each credit class; above 0.
        spared_after: Objects inspected after this day are left out; None leaves none out.
        never_spared: Credit classes that are never left out.
        basis: The values that were used, as `rule, place, first day, source, clause`.
    """

    team: int
    weights: Mapping[str, Decimal]
    spared_after: date | None = None
    never_spared: tuple[str, ...] = ()
    basis: tuple[tuple[str, str, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNumberPlan:
    """A number that others will publish later decides, such as that of a lottery (公开数字).

    Args:
        what: Which number, and how its digits are written one after the other.
        digits: How many digits that gives.
        known_on: Day from which it is known.
    """

    what: str
    digits: int
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedNumbersPlan:
    """Numbers decide that several persons sealed before and open afterwards.

    Args:
        seals: The person and the seal of each, by `seed.seal_of`.
    """

    seals: tuple[tuple[str, str], ...]


SeedPlan = PublicNumberPlan | SealedNumbersPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All that a draw depends on but chance (抽查名录库), fixed before chance is known.

    Args:
        id: Number of the draw.
        as_of: The day whose state it shows.
        size: How many objects are drawn.
        rules: By which rules.
        seed_plan: Where chance will come from.
        objects: Who can be inspected.
        inspectors: Numbers of those who can inspect.
        items: What can be inspected.
        recusals: Who must not go where.
    """

    id: str
    as_of: date
    size: int
    rules: DrawRules
    seed_plan: SeedPlan
    objects: tuple[DrawObject, ...]
    inspectors: tuple[str, ...]
    items: tuple[DrawItem, ...]
    recusals: tuple[Recusal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNumber:
    """The number that others published.

    Args:
        digits: Its digits, as the plan says how they are written.
        source: Where it was read.
        read_on: When it was read.
    """

    digits: str
    source: str
    read_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedNumber:
    """What a person had sealed: a number, and the salt that kept it from being guessed."""

    person: str
    number: str
    salt: str


Seed = PublicNumber | tuple[OpenedNumber, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnObject:
    """One object that was drawn, with who goes there and what is looked at (抽查结果).

    Args:
        id: Its number.
        chance: How probable it was that it would be drawn.
        inspectors: Who goes there.
        items: What is looked at.
    """

    id: str
    chance: Fraction
    inspectors: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A draw with all that anyone needs to make it again (双随机抽查).

    Args:
        register: What it was made from.
        commitment: Hash of the register, published before chance was known.
        seed: What chance gave.
        seed_value: The seed in which both meet.
        left_out: Objects inspected recently, in order of their numbers.
        chances: How probable each other object was, by number.
        drawn: Who was drawn, in the order of chance.
    """

    register: Register
    commitment: str
    seed: Seed
    seed_value: str
    left_out: tuple[str, ...]
    chances: Mapping[str, Fraction]
    drawn: tuple[DrawnObject, ...]
