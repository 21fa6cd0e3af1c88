"""Who may do what: memberships and roles; how far a right reaches says `services.scope`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Membership
from shuiheng.adapters.rulebook import Reach, role_rules
from shuiheng.services.errors import NotPermittedError

Actor = Account | AnonymousUser
_KNOWN = "_known_memberships"


class Action(StrEnum):
    """What a person can do; the roles of rulebook/access/roles.yaml grant these."""

    LOOK = "plans.look"
    EXPORT = "plans.export"
    UPLOAD = "plans.upload"
    DECIDE = "plans.decide"
    PUBLISH = "plans.publish"
    REGISTER_LOOK = "register.look"
    REGISTER_EXPORT = "register.export"
    ASSIGN = "register.assign"
    PROGRESS_LOOK = "progress.look"
    PROGRESS_FILE = "progress.file"
    PROGRESS_CHECK = "progress.check"
    PROGRESS_REVIEW = "progress.review"
    PROGRESS_ACCEPT = "progress.accept"
    PROGRESS_REOPEN = "progress.reopen"
    PERIODS_OPEN = "periods.open"
    PERIODS_FREEZE = "periods.freeze"
    JUDGE = "judgements.write"
    CONTACTS_LOOK = "contacts.look"
    CONTACTS_EDIT = "contacts.edit"
    MESSAGES_LOOK = "messages.look"
    MESSAGES_SEND = "messages.send"
    LINKS_ISSUE = "links.issue"
    REPORTS_LOOK = "reports.look"
    REPORTS_DRAFT = "reports.draft"
    REPORTS_REVIEW = "reports.review"
    REPORTS_ISSUE = "reports.issue"
    LETTERS_WRITE = "letters.write"
    MEETINGS_LOOK = "meetings.look"
    MEETINGS_KEEP = "meetings.keep"
    RECTIFICATION_LOOK = "rectification.look"
    RECTIFICATION_OPEN = "rectification.open"
    RECTIFICATION_PROVE = "rectification.prove"
    RECTIFICATION_CLOSE = "rectification.close"
    ACCOUNTABILITY_LOOK = "accountability.look"
    ACCOUNTABILITY_ENTER = "accountability.enter"
    ORGANISATIONS_LOOK = "organisations.look"
    ORGANISATIONS_EDIT = "organisations.edit"
    COMMENT = "comments.write"
    CALENDAR_LOOK = "calendar.look"
    CALENDAR_EDIT = "calendar.edit"
    LEDGER_LOOK = "ledger.look"
    LEDGER_EXPORT = "ledger.export"
    LEDGER_EDIT = "ledger.edit"
    READINGS_LOOK = "readings.look"
    READINGS_IMPORT = "readings.import"
    READINGS_REVIEW = "readings.review"
    READINGS_FILE = "readings.file"
    RULES_LOOK = "rules.look"
    RULES_PROPOSE = "rules.propose"
    RULES_REVIEW = "rules.review"
    ALLOWANCES_LOOK = "allowances.look"
    ALLOWANCES_KEEP = "allowances.keep"
    ALLOWANCES_REVIEW = "allowances.review"
    ALLOWANCES_PUBLISH = "allowances.publish"
    ALLOWANCES_ASK = "allowances.ask"
    ALLOWANCES_DECIDE = "allowances.decide"
    WARNINGS_LOOK = "warnings.look"
    WARNINGS_ANSWER = "warnings.answer"
    WARNINGS_DECIDE = "warnings.decide"
    CHARGES_LOOK = "charges.look"
    CHARGES_KEEP = "charges.keep"
    CHARGES_REVIEW = "charges.review"
    CHARGES_ISSUE = "charges.issue"
    CHARGES_RELEASE = "charges.release"
    CHARGES_RECEIVE = "charges.receive"
    GATES_LOOK = "gates.look"
    GATES_KEEP = "gates.keep"
    GATES_DECIDE = "gates.decide"
    AWARDS_LOOK = "awards.look"
    AWARDS_ASK = "awards.ask"
    AWARDS_KEEP = "awards.keep"
    AWARDS_RELEASE = "awards.release"
    CREDIT_LOOK = "credit.look"
    CREDIT_ASK = "credit.ask"
    CREDIT_KEEP = "credit.keep"
    CREDIT_RELEASE = "credit.release"
    CHECKS_LOOK = "checks.look"
    CHECKS_KEEP = "checks.keep"
    CHECKS_FILL = "checks.fill"
    CHECKS_DECIDE = "checks.decide"
    CHECKS_PROVE = "checks.prove"
    INSPECTIONS_LOOK = "inspections.look"
    INSPECTIONS_KEEP = "inspections.keep"
    INSPECTIONS_RELEASE = "inspections.release"
    CASES_LOOK = "cases.look"
    CASES_KEEP = "cases.keep"
    CASES_STEP = "cases.step"
    CASES_REVIEW = "cases.review"
    CASES_DECIDE = "cases.decide"
    PUBLIC_REPORTS_LOOK = "public_reports.look"
    PUBLIC_REPORTS_KEEP = "public_reports.keep"
    PUBLIC_REPORTS_ANSWER = "public_reports.answer"
    PUBLIC_REPORTS_PUBLISH = "public_reports.publish"
    FIGURES_LOOK = "figures.look"
    FIGURES_KEEP = "figures.keep"
    FIGURES_REVIEW = "figures.review"
    FIGURES_RELEASE = "figures.release"
    ODDS_LOOK = "odds.look"
    JOBS_LOOK = "jobs.look"
    JOBS_WATCH = "jobs.watch"
    IMPORTS_MAKE = "imports.make"
    PEOPLE_PROPOSE = "people.propose"
    ACCOUNTS_LOOK = "accounts.look"
    ACCOUNTS_KEEP = "accounts.keep"
    RIGHTS_GRANT = "rights.grant"
    SETTINGS_KEEP = "settings.keep"
    EVENTS_LOOK = "events.look"
    EVENTS_LOOK_BUSINESS = "events.look_business"
    EVENTS_LOOK_ADMINISTRATION = "events.look_administration"
    EVENTS_LOOK_AUDIT = "events.look_audit"


def memberships_of(actor: Actor, at: date | None = None) -> Sequence[Membership]:
    """Return the memberships that an account holds on a day, today unless told.

    A closed or unknown account holds none.
    """
    if not isinstance(actor, Account) or not actor.is_active:
        return ()
    known = getattr(actor, _KNOWN, None)
    if known is not None and at is None:
        return tuple(known)
    day = at or timezone.localdate()
    rows = Membership.objects.filter(account=actor, from_on__lte=day)
    rows = rows.filter(Q(to_on__isnull=True) | Q(to_on__gt=day))
    return tuple(rows.select_related("organisation__place__parent").order_by("pk"))


def remember_memberships(actor: Actor) -> None:
    """Read the memberships once for the rest of a request; the account object must not outlive it."""
    if isinstance(actor, Account):
        setattr(actor, _KNOWN, memberships_of(actor))


def reaches(actor: Actor, action: Action, at: date | None = None) -> Sequence[tuple[Membership, Reach]]:
    """Return the memberships that grant `action`, each with how far it reaches."""
    rules = role_rules()
    found = []
    for membership in memberships_of(actor, at):
        rule = rules.get(membership.role)
        reach = rule.reaches.get(action) if rule else None
        if reach is not None:
            found.append((membership, reach))
    return found


def may(actor: Actor, action: Action) -> bool:
    """Return whether `actor` may do `action` on anything at all."""
    return bool(reaches(actor, action))


def require(actor: Actor, action: Action) -> Account:
    """Return the account behind `actor` when it may do `action`.

    Raises:
        NotPermittedError: It may not.
    """
    if not isinstance(actor, Account) or not may(actor, action):
        raise NotPermittedError(action.value)
    return actor
