"""Words and figures of charges: kinds, states, amounts, derivations with the pages of their rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from shuiheng.adapters.rulebook.derivation_words import derivation_words
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived
from shuiheng.reports.derivation_table import DerivationRow, derivation_rows
from shuiheng.services.charges.try_charge import TYPED
from shuiheng.services.charges.write_notices import source_titles
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.web import words
from shuiheng.web.templatetags.allowance_words import cubic
from shuiheng.web.words_charges import ORIGINS, TABLES

register = template.Library()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCitation:
    """A citation as a page shows it.

    Args:
        title: Title of the source, or what it is called.
        clause: Article or place.
        is_binding: Whether a charge may rest on it.
        rule: Id of the rule.
        address: Page of the rule, empty where there is none.
    """

    title: str
    clause: str
    is_binding: bool
    rule: str
    address: str


@register.filter
def charge_word(code: Any, table: str) -> str:
    """Return the word for a code of charges, for example `{{ run.state|charge_word:"run_state" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def yuan(amount: Decimal | None) -> str:
    """Return an amount with two places and marks of thousands; of None nothing, never 0."""
    return "" if amount is None else f"{amount:,.2f}"


register.filter("cubic", cubic)


@register.filter
def origin(key: str) -> str:
    """Return where a figure was read, in words: `source:12:2026-03` is the settled water of a month."""
    kind, _, rest = key.partition(":")
    number, _, month = rest.partition(":")
    return f"{words.word(ORIGINS, kind)} {month or number}".strip()


@register.simple_tag
def steps_of(derived: Derived) -> Sequence[DerivationRow]:
    """Return a derivation as rows in the language of the page."""
    return derivation_rows(derived, derivation_words(_language()))


@register.simple_tag
def cited(citation: Citation | Mapping[str, Any] | None) -> ShownCitation | None:
    """Return a citation with the title of its source and the page of its rule."""
    if citation is None:
        return None
    told = citation if isinstance(citation, Mapping) else _told(citation)
    return ShownCitation(
        title=source_titles().get(told["source"], told["source"]),
        clause=told["clause"],
        is_binding=bool(told["is_binding"]),
        rule=told["rule"],
        address="" if told["source"] == TYPED else rule_address(told["rule"]),
    )


def rule_address(rule: str) -> str:
    """Return the page of a rule, or nothing where the site has none."""
    topic, _, name = rule.partition("/")
    try:
        return reverse("rule", args=[topic, name])
    except NoReverseMatch:
        return ""


@register.simple_tag
def charge_finding(kept: Mapping[str, Any]) -> Sentence:
    """Return the sentence of a finding that is kept with a charge or run."""
    values = dict(kept.get("values") or {})
    if "figure" in values:
        values["figure"] = derivation_words(_language()).name(values["figure"], "")
    if "price_class" in values:
        values["price_class"] = words.word(TABLES["price_class"], values["price_class"])
    return sentence_of(kept["code"], values, language=_language())


def _told(citation: Citation) -> Mapping[str, Any]:
    names = ("rule", "source", "clause", "is_binding")
    return {name: getattr(citation, name) for name in names}


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"
