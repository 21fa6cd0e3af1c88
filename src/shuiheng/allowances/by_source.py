"""Which part of a user's norm volume falls to each of its sources (定额水量按水源分摊)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shuiheng.allowances.errors import BadRuleError
from shuiheng.allowances.figures import decimal_of, shown
from shuiheng.allowances.model import SourceShare, Unknown, Worked
from shuiheng.allowances.rule_fields import check_names, name_of, record_of, text_field
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Step, Term
from shuiheng.rules.parameter import DatedValue


class SourceBasis(StrEnum):
    """By what the norm volume is shared: last year's use, what permits allow, or evenly."""

    USE = "use"
    PERMIT = "permit"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True, kw_only=True)
class BySourceRule:
    """By what a place shares the norm volume of a user over its sources (分摊规则)."""

    basis: SourceBasis
    citation: Citation


def by_source_rule_of(value: DatedValue) -> BySourceRule:
    """Return what a value of the rule `allowances/norm_by_source` says (分摊规则).

    The record: `by`, one of `use`, `permit` and `equal`.

    Raises:
        BadRuleError: It is another word.
    """
    record, rule = record_of(value), name_of(value)
    check_names(record, known=("by",), rule=rule)
    word = text_field(record, "by", rule=rule)
    if word not in {each.value for each in SourceBasis}:
        raise BadRuleError(rule, f"`by` must be one of {', '.join(SourceBasis)}")
    return BySourceRule(basis=SourceBasis(word), citation=value.citation)


def source_shares(
    *, uses: Sequence[Decimal | None], permits: Sequence[Decimal | None], rule: BySourceRule
) -> tuple[SourceShare, ...]:
    """Return the part of each source of a user, in their order (水源分摊比例).

    One that is not known leaves all parts unknown: nobody can say what the others are a part of.

    Args:
        uses: Last year's use of each source, m³; None where it is not known.
        permits: What the permits of each source allow, m³; None where they state none.
        rule: By what is shared.
    """
    held = {SourceBasis.USE: uses, SourceBasis.PERMIT: permits, SourceBasis.EQUAL: [Decimal(1)] * len(uses)}
    weights = held[rule.basis]
    known = [each for each in weights if each is not None]
    whole = sum(known, Decimal(0)) if len(known) == len(weights) else None
    return tuple(
        SourceShare(
            part=None if not whole else each, whole=whole or None, basis=rule.basis, citation=rule.citation
        )
        for each in weights
    )


def norm_of_source(worked: Worked, share: SourceShare) -> Worked | Unknown:
    """Return the part of a norm volume that falls to a source, exact; the parts add up to the whole.

    Args:
        worked: The norm volume of the user.
        share: The part of the source.
    """
    if share.part is None or not share.whole:
        return Unknown(missing=("source_share",))
    exact = worked.exact * Fraction(share.part) / Fraction(share.whole)
    unit = "count" if share.basis == SourceBasis.EQUAL else "m3"
    step = Step(
        name="norm_of_source",
        terms=(
            Term(name=worked.steps[-1].name, value=decimal_of(worked.exact), unit="m3"),
            Term(name="source_part", value=share.part, unit=unit),
            Term(name="source_whole", value=share.whole, unit=unit),
        ),
        formula=f"{shown(worked.exact)} × {shown(share.part)} ÷ {shown(share.whole)}",
        value=decimal_of(exact),
        unit="m3",
        citation=share.citation,
        label=f"by_{share.basis}",
    )
    return Worked(exact=exact, steps=(*worked.steps, step))
