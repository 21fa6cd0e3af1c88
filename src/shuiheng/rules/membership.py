"""Rules of membership (名录规则): whom a duty covers, by an amount of the year and by what a user is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shuiheng.kernel.comparison import Comparison


class Standing(StrEnum):
    """Whether a rule covers a user; what is missing never puts anybody out."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"


class Doubt(StrEnum):
    """What has to be known before a rule can say whether it covers a user."""

    AMOUNT = "amount"
    USE_CLASS = "use_class"
    SOURCE = "source"
    SCALE = "scale"
    PUBLIC = "public"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Whom a rule speaks of (适用对象); an empty part does not narrow.

    Args:
        classes: Classes of use.
        sources: Kinds of source, one of which the user must have.
        is_above_scale: Whether it must be an enterprise above the scale of the statistics.
        is_public: True for public institutions only; False leaves out those known to be one.
        unread: Words that narrow and that a ledger cannot judge, such as a branch of industry.
        beside: Words for others whom a ledger of users does not hold, such as parks.
    """

    classes: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    is_above_scale: bool = False
    is_public: bool | None = None
    unread: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRule:
    """A duty with those whom it covers (名录规则).

    Args:
        duty: What they must do or have.
        quantity: Which amount decides.
        op: How it is held against the limit.
        limit: The limit in the unit of the quantity; litres for water.
        who: Whom the rule speaks of.
        is_wish: Whether it encourages only.
    """

    duty: str
    quantity: str
    op: Comparison
    limit: Decimal
    who: Who
    is_wish: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the ledger says of a user; empty or None where it says nothing."""

    use_class: str = ""
    sources: frozenset[str] = frozenset()
    is_above_scale: bool | None = None
    is_public: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Between what an amount lies, by what is known of it.

    Args:
        least: What is known of it.
        most: What it cannot exceed; None when that is not known.
    """

    least: Decimal
    most: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Where a user stands under a rule, and for an unknown standing what has to be known."""

    standing: Standing
    doubts: tuple[Doubt, ...] = ()


NOTHING_KNOWN = Bounds(least=Decimal(0), most=None)


def is_passed(bounds: Bounds, op: Comparison, limit: Decimal) -> bool | None:
    """Return whether an amount meets a limit wherever it lies in its bounds; None when that depends."""
    least, most = bounds.least, bounds.most
    if op is Comparison.AT_LEAST:
        return True if least >= limit else False if most is not None and most < limit else None
    if op is Comparison.ABOVE:
        return True if least > limit else False if most is not None and most <= limit else None
    if op is Comparison.AT_MOST:
        return False if least > limit else True if most is not None and most <= limit else None
    return False if least >= limit else True if most is not None and most < limit else None


def verdict_of(rule: MembershipRule, traits: Traits, bounds: Bounds) -> Verdict:
    """Return where a user stands under a rule (名录规则).

    A user is in when everything that the rule asks is known to hold, out when one thing is
    known not to hold, and otherwise unknown.
    """
    parts = dict(_parts(rule.who, traits))
    parts[Doubt.AMOUNT] = is_passed(bounds, rule.op, rule.limit)
    if any(held is False for held in parts.values()):
        return Verdict(standing=Standing.OUT)
    doubts = tuple(doubt for doubt in Doubt if doubt in parts and parts[doubt] is None)
    return Verdict(standing=Standing.UNKNOWN if doubts else Standing.IN, doubts=doubts)


def is_spoken_of(who: Who, traits: Traits) -> bool:
    """Return whether a rule may speak of a user, its amount aside."""
    return all(held is not False for _, held in _parts(who, traits))


def _parts(who: Who, traits: Traits) -> Iterable[tuple[Doubt, bool | None]]:
    if who.classes:
        yield Doubt.USE_CLASS, traits.use_class in who.classes if traits.use_class else None
    if who.sources:
        yield Doubt.SOURCE, bool(traits.sources & who.sources) if traits.sources else None
    if who.is_above_scale:
        yield Doubt.SCALE, traits.is_above_scale
    if who.is_public:
        yield Doubt.PUBLIC, traits.is_public
    elif who.is_public is False:
        yield Doubt.PUBLIC, traits.is_public is not True
    if who.unread:
        yield Doubt.WORDS, None
