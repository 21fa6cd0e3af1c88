"""Words for roles, states of accounts and proposals."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.records.models import Account
from shuiheng.adapters.rulebook import role_rules
from shuiheng.web import words

register = template.Library()
PROPOSAL_STATES: words.Words = {
    "proposed": _("待建账号"),
    "made": _("待授权"),
    "granted": _("已办结"),
    "refused": _("已退回"),
}
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("QIHU", "360"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")
LONGEST_DEVICE = 60
WAYS: words.Words = {"oidc": _("统一身份认证"), "cas": _("统一身份认证（票据）")}


@register.filter
def role_name(role: str) -> str:
    """Return the name of a role in the language of the page."""
    rule = role_rules().get(str(role))
    language = "en" if (get_language() or "zh").startswith("en") else "zh"
    return rule.name[language] if rule else str(role)


@register.filter
def proposal_state(state: str) -> str:
    """Return the word for the state of a proposal."""
    return words.word(PROPOSAL_STATES, str(state))


@register.filter
def way(name: str) -> str:
    """Return what a way of signing in is called."""
    return words.word(WAYS, str(name))


@register.filter
def account_state(account: Account) -> str:
    """Return the code of the state of an account: `closed`, `frozen` or `active`."""
    if account.closed_at is not None:
        return "closed"
    return "active" if account.is_active else "frozen"


@register.filter
def device_name(agent: str) -> str:
    """Return browser and system as people call them; an unknown browser is shown as it names itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    return " · ".join(filter(None, (browser, system))) or agent[:LONGEST_DEVICE] or "—"
