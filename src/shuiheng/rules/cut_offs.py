"""Which cut-offs (门槛) that a document states are rules of membership, and why the others are not."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from shuiheng.kernel.comparison import Comparison
from shuiheng.kernel.water_volume import litres_of
from shuiheng.rules.membership import MembershipRule, Who

_SENTENCES, _PIECES = re.compile(r"[；。;]"), re.compile(r"[，、,]")


class WhyNot(StrEnum):
    """Why a cut-off decides about no list of water users."""

    OTHER_QUANTITY = "other_quantity"
    OTHER_PERIOD = "other_period"
    NO_PERIOD = "no_period"
    OTHER_UNIT = "other_unit"
    NO_COMPARISON = "no_comparison"
    NO_DUTY = "no_duty"
    SPARED = "spared"


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """A cut-off as a document states it (门槛): whom, how much of what, and what then."""

    applies_to: str
    quantity: str
    op: str
    value: Decimal
    unit: str
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberWords:
    """The words by which cut-offs are read; all of them stand in the rulebook.

    Args:
        quantities: Words of an amount of the year and its id.
        of_source: The id of the amount that comes from one kind of source, by id and kind.
        water: Words that tell an amount of water.
        periods: Words of periods other than the year.
        not_amounts: Words that make an amount another one, such as a rate or a design figure.
        duties: Words of a duty and its id.
        spares: Words by which a rule spares someone.
        wishes: Words by which a rule only encourages.
        whom: Words for users and what they say of them.
        neutral: Words for users that do not narrow.
        joins: Words that join users side by side.
        every: Words that mean all of those that follow.
        beside: Words for others whom a ledger of users does not hold.
    """

    quantities: Mapping[str, str]
    of_source: Mapping[tuple[str, str], str] = field(default_factory=dict)
    water: Sequence[str] = ()
    periods: Sequence[str] = ()
    not_amounts: Sequence[str] = ()
    duties: Mapping[str, str]
    spares: Sequence[str] = ()
    wishes: Sequence[str] = ()
    whom: Mapping[str, Who] = field(default_factory=dict)
    neutral: Sequence[str] = ()
    joins: Sequence[str] = ()
    every: Sequence[str] = ()
    beside: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aimed:
    """Some of those whom a cut-off is for; `is_every` when they are covered whatever their amount."""

    who: Who
    is_every: bool


def rules_of_cut_off(cut_off: CutOff, words: MemberWords) -> tuple[MembershipRule, ...] | WhyNot:
    """Return the rules of membership that a cut-off (门槛) states, or why it states none.

    There is one for each duty and for each of those whom it is for and who differ in kind.
    """
    quantity = _quantity(cut_off.quantity, words)
    if isinstance(quantity, WhyNot):
        return quantity
    litres = litres_of(cut_off.value, cut_off.unit)
    if litres is None:
        return WhyNot.OTHER_UNIT
    if cut_off.op not in [each.value for each in Comparison]:
        return WhyNot.NO_COMPARISON
    duties = _duties(cut_off.effect, words)
    if isinstance(duties, WhyNot):
        return duties
    return tuple(
        MembershipRule(
            duty=duty,
            quantity=_of_source(quantity, aimed.who, words),
            op=Comparison.AT_LEAST if aimed.is_every else Comparison(cut_off.op),
            limit=Decimal(0) if aimed.is_every else litres,
            who=aimed.who,
            is_wish=is_wish,
        )
        for aimed in whom(cut_off.applies_to, words)
        for duty, is_wish in duties.items()
    )


def whom(text: str, words: MemberWords) -> tuple[Aimed, ...]:
    """Return whom a text speaks of (适用对象); what is not understood is kept as unread.

    Words beside each other narrow (`规模以上工业企业`), words that are joined widen
    (`工业和服务业`); joined ones that differ in more than one way stand apart. Behind a joining
    word `全部` frees those that follow from the limit.
    """
    groups: list[Aimed] = []
    beside: tuple[str, ...] = ()
    for place, part in enumerate(_groups(_plain(text), words.joins)):
        is_every = place > 0 and part.startswith(tuple(words.every))
        who = _group(part, words)
        beside += who.beside
        if who != Who(beside=who.beside) or not who.beside:
            _put(groups, Aimed(who=replace(who, beside=()), is_every=is_every))
    found = groups or [Aimed(who=Who(), is_every=False)]
    return tuple(replace(each, who=replace(each.who, beside=beside)) for each in found)


def rule_mark(rule: MembershipRule) -> str:
    """Return a mark that two rules share only when they ask the same of the same users, or wish it."""
    who = rule.who
    said = (
        rule.duty,
        rule.quantity,
        rule.op.value,
        format(rule.limit.normalize(), "f"),
        ",".join(sorted(who.classes)),
        ",".join(sorted(who.sources)),
        str(who.is_above_scale),
        str(who.is_public),
        ",".join(who.unread),
    )
    return hashlib.sha256("|".join(said).encode()).hexdigest()[:16]


def _quantity(text: str, words: MemberWords) -> str | WhyNot:
    plain = _plain(text)
    if any(word in plain for word in words.not_amounts):
        return WhyNot.OTHER_QUANTITY
    named = [word for word in words.quantities if word in plain]
    if named:
        return words.quantities[max(named, key=len)]
    if not any(word in plain for word in words.water):
        return WhyNot.OTHER_QUANTITY
    return WhyNot.OTHER_PERIOD if any(word in plain for word in words.periods) else WhyNot.NO_PERIOD


def _duties(text: str, words: MemberWords) -> Mapping[str, bool] | WhyNot:
    """Return the duties that a text names, and whether it only encourages each.

    A word that encourages reaches to the end of its sentence, not back to what was demanded before.
    """
    found: dict[str, bool] = {}
    is_spared = False
    for sentence in _SENTENCES.split(_plain(text)):
        is_wish = False
        for piece in _PIECES.split(sentence):
            is_wish = is_wish or any(wish in piece for wish in words.wishes)
            named = list(_named(piece, words.duties))
            if named and any(spare in piece for spare in words.spares):
                is_spared = True
            else:
                found |= {duty: is_wish and found.get(duty, True) for duty in named}
    if found:
        return found
    return WhyNot.SPARED if is_spared else WhyNot.NO_DUTY


def _named(text: str, duties: Mapping[str, str]) -> Iterator[str]:
    """Yield the duties that a text names; a word inside or across a longer one does not count."""
    free = text
    for word in sorted(duties, key=len, reverse=True):
        if word in free:
            free = free.replace(word, "\0")
            yield duties[word]


def _of_source(quantity: str, who: Who, words: MemberWords) -> str:
    """Return the amount from the one kind of source of which a rule speaks, where there is one."""
    kind = next(iter(who.sources)) if len(who.sources) == 1 else ""
    return words.of_source.get((quantity, kind), quantity)


def _put(groups: list[Aimed], new: Aimed) -> None:
    """Widen the group before by a new one, or let it stand apart."""
    last = groups[-1] if groups else None
    widened = _widened(last.who, new.who) if last is not None and last.is_every is new.is_every else None
    if last is not None and widened is not None:
        groups[-1] = replace(last, who=widened)
    else:
        groups.append(new)


def _groups(text: str, joins: Sequence[str]) -> list[str]:
    """Return the parts of a text between the words that join."""
    if not joins:
        return [text]
    ordered = sorted(joins, key=len, reverse=True)
    return [part for part in re.split("|".join(map(re.escape, ordered)), text) if part]


def _group(text: str, words: MemberWords) -> Who:
    """Return whom one part of a text speaks of; each word narrows."""
    found = Who()
    for part in _parts(text, (*words.whom, *words.neutral, *words.beside, *words.every)):
        if part in words.whom:
            said = words.whom[part]
            found = replace(
                found,
                classes=_narrowed(found.classes, said.classes),
                sources=_narrowed(found.sources, said.sources),
                is_above_scale=found.is_above_scale or said.is_above_scale,
                is_public=found.is_public if said.is_public is None else said.is_public,
            )
        elif part in words.beside:
            found = replace(found, beside=(*found.beside, part))
        elif part not in words.neutral and part not in words.every:
            found = replace(found, unread=(*found.unread, part))
    return found


def _narrowed(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    """Return what two sets have in common; an empty one does not narrow, nor do two that share nothing."""
    return left & right or left or right


def _widened(left: Who, right: Who) -> Who | None:
    """Return whom either of two speaks of; None when they differ in more than one way."""
    ways = [
        name
        for name in ("classes", "sources", "is_above_scale", "is_public", "unread")
        if getattr(left, name) != getattr(right, name)
    ]
    if not ways:
        return left
    if len(ways) > 1 or ways == ["unread"]:
        return None
    if ways == ["classes"]:
        return replace(left, classes=_united(left.classes, right.classes))
    if ways == ["sources"]:
        return replace(left, sources=_united(left.sources, right.sources))
    return (
        replace(left, is_above_scale=False) if ways == ["is_above_scale"] else replace(left, is_public=None)
    )


def _united(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    """Return both sets together; an empty one means everybody."""
    return left | right if left and right else frozenset()


def _parts(text: str, known: Sequence[str]) -> Iterator[str]:
    """Yield the known words of a text, the longest first at each place, and what stands between them."""
    ordered = sorted((word for word in set(known) if word), key=len, reverse=True)
    start = at = 0
    while at < len(text):
        word = next((each for each in ordered if text.startswith(each, at)), "")
        if not word:
            at += 1
            continue
        if start < at:
            yield text[start:at]
        yield word
        at += len(word)
        start = at
    if start < len(text):
        yield text[start:]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
