"""The form of a scheme: its fields, and one row for each fact that a condition may ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import AwardScheme, MoneySource, SchemeKind
from shuiheng.services.awards.conditions import NUMBERS, Comparison, Condition, Fact
from shuiheng.services.awards.keep_scheme import LONGEST, SchemeFields
from shuiheng.services.awards.terms import FIRST_YEAR, LAST_YEAR, AmountMode, Repeats, Terms, read_terms
from shuiheng.services.errors import ServiceError
from shuiheng.web import words
from shuiheng.web.fields import words_of
from shuiheng.web.pages.ledger.asks import Ask, Form, answers
from shuiheng.web.words_awards import CHOICES_OF_FACT, FACTS, IN_PERCENT, KINDS, MODES, MONEY, REPEATS
from shuiheng.web.words_ledger import YES_NO

MOST_YUAN, HUNDRED = Decimal(10) ** 12, Decimal(100)
LONGEST_NUMBER = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """One fact as the form shows it: what was chosen, or how it is compared with which number."""

    fact: str
    choices: Sequence[tuple[str, str, bool]]
    comparison: str
    value: str


def scheme_asks() -> list[Ask]:
    """Return what is asked of a scheme."""
    years = {"form": Form.WHOLE, "least": Decimal(FIRST_YEAR), "most": Decimal(LAST_YEAR), "is_needed": True}
    yuan = {"form": Form.NUMBER, "most": MOST_YUAN, "places": 2}
    return [
        Ask(name="title", label=_("项目名称"), is_needed=True, is_long=True, limit=LONGEST["title"]),
        Ask(name="kind", label=_("类型"), form=Form.CHOICE, table=KINDS, is_needed=True),
        Ask(name="year", label=_("年度"), **years),
        Ask(name="budget", label=_("预算（元）"), hint=_("税收优惠不填。"), **yuan),
        Ask(name="money", label=_("资金来源"), form=Form.CHOICE, table=MONEY),
        Ask(name="mode", label=_("金额算法"), form=Form.CHOICE, table=MODES, is_needed=True),
        Ask(name="yuan", label=_("定额（元）"), hint=_("算法为定额时填写。"), **yuan),
        Ask(
            name="percent",
            label=_("投入补助比例（%）"),
            form=Form.NUMBER,
            most=HUNDRED,
            places=2,
            hint=_("算法为按投入比例时填写。"),
        ),
        Ask(name="most", label=_("单项最高（元）"), hint=_("没有限额的不填。"), **yuan),
        Ask(name="use_year", label=_("用水年度"), hint=_("条件和农业补贴按这一年的用水核对。"), **years),
        Ask(name="repeats", label=_("重复奖补"), form=Form.CHOICE, table=REPEATS, is_needed=True),
        Ask(name="source", label=_("依据文件"), is_needed=True, is_long=True, limit=LONGEST["source"]),
        Ask(name="clause", label=_("条款"), is_needed=True, limit=LONGEST["clause"]),
    ]


def scheme_initial(scheme: AwardScheme | None) -> dict[str, str]:
    """Return what stands in the form at first."""
    year = timezone.localdate().year
    if scheme is None:
        return {"year": str(year), "use_year": str(year - 1), "repeats": "once", "mode": "fixed"}
    terms = read_terms(scheme.terms)
    return {
        "title": scheme.title,
        "kind": scheme.kind,
        "year": str(scheme.year),
        "budget": _text(scheme.budget_yuan),
        "money": scheme.money,
        "mode": terms.mode.value,
        "yuan": _text(terms.yuan),
        "percent": _text(None if terms.share is None else terms.share * HUNDRED),
        "most": _text(terms.most),
        "use_year": str(terms.use_year),
        "repeats": terms.repeats.value,
        "source": scheme.source,
        "clause": scheme.clause,
    }


def condition_lines(scheme: AwardScheme | None, posted: QueryDict | None) -> list[ConditionLine]:
    """Return the facts that a condition may ask, with what was typed or what the scheme holds."""
    kept = {each.fact: each for each in read_terms(scheme.terms).conditions} if scheme else {}
    return [_line(fact, kept.get(fact), posted) for fact in Fact]


def scheme_fields(given: Mapping[str, Any], posted: QueryDict) -> SchemeFields:
    """Return what was typed as the fields of a scheme.

    Raises:
        ServiceError: `awards.bad_figure`, a value of a condition is no number.
    """
    share = given["percent"]
    terms = Terms(
        mode=AmountMode(given["mode"]),
        yuan=given["yuan"],
        share=None if share is None else share / HUNDRED,
        most=given["most"],
        use_year=given["use_year"],
        repeats=Repeats(given["repeats"]),
        conditions=tuple(each for fact in Fact if (each := _condition(fact, posted)) is not None),
    )
    return SchemeFields(
        kind=SchemeKind(given["kind"]),
        year=given["year"],
        title=given["title"],
        budget=given["budget"],
        terms=terms,
        source=given["source"],
        clause=given["clause"],
        money=MoneySource(given["money"]) if given["money"] else None,
    )


def _line(fact: Fact, kept: Condition | None, posted: QueryDict | None) -> ConditionLine:
    choices = CHOICES_OF_FACT.get(fact.value, {})
    comparison, value, chosen = "at_least", "", set[str]()
    if posted is not None:
        comparison, value = posted.get(f"op_{fact.value}", ""), posted.get(f"c_{fact.value}", "")
        chosen = set(posted.getlist(f"c_{fact.value}"))
    elif kept is not None:
        comparison = kept.comparison.value
        if isinstance(kept.value, Decimal):
            value = _text(kept.value * HUNDRED if fact.value in IN_PERCENT else kept.value)
        else:
            chosen = set(kept.value)
    return ConditionLine(
        fact=fact.value,
        choices=[(code, str(word), code in chosen) for code, word in choices.items()],
        comparison=comparison,
        value=value,
    )


def _condition(fact: Fact, posted: QueryDict) -> Condition | None:
    """Return the condition on a fact, or None where nothing was chosen or typed."""
    name = f"c_{fact.value}"
    if fact not in NUMBERS:
        chosen = frozenset(posted.getlist(name)) & frozenset(CHOICES_OF_FACT[fact.value])
        if not chosen or (CHOICES_OF_FACT[fact.value] is YES_NO and len(chosen) > 1):
            return None
        return Condition(fact=fact, comparison=Comparison.AMONG, value=chosen)
    text = words_of(posted, name, limit=LONGEST_NUMBER)
    if not text:
        return None
    ask = Ask(name=name, label="", form=Form.NUMBER, most=MOST_YUAN, places=4)
    try:
        value = answers([ask], posted)[name]
    except ServiceError as error:
        raise ServiceError("awards.bad_figure", field=words.word(FACTS, fact.value), text=text) from error
    is_at_most = posted.get(f"op_{fact.value}") == Comparison.AT_MOST.value
    return Condition(
        fact=fact,
        comparison=Comparison.AT_MOST if is_at_most else Comparison.AT_LEAST,
        value=value / HUNDRED if fact.value in IN_PERCENT else value,
    )


def _text(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"
