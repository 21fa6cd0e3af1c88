"""How an abstraction permit stands on a day: its end, its renewal, what the rules say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from shuiheng.kernel.citation import Citation
from shuiheng.kernel.finding import Finding, Severity
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked, DatedValue

LEAP_DAY = 29


class PermitStatus(StrEnum):
    """How a permit stands on a day."""

    RUNNING = "running"
    NEAR = "near"
    ASKED = "asked"
    LATE = "late"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitTerms:
    """What the rules of a place say of permits on a day; None where they say nothing."""

    renewal_days_before: DatedValue | None = None
    longest_term_years: DatedValue | None = None
    unbuilt_years_void: DatedValue | None = None
    idle_years_cancelled: DatedValue | None = None
    annual_report_due: DatedValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """An unbroken run of months without abstraction up to now (停止取水).

    Args:
        since: First day of the run, or None when the last month had use.
        has_gaps: Whether months without a known volume lie in the run.
    """

    since: date | None
    has_gaps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitLife:
    """What is known of a permit, or of an approved application, on a day.

    Args:
        subject: Its key, as findings name it.
        begins_on: First day of the term, or None.
        expires_on: Last day of the term, or None when not known.
        renewal_asked_on: When renewal was asked for in this term, or None.
        approved_on: When the application was approved, where works are still to be built.
        begun_on: When building began, or None.
        idle: Months without abstraction, or None when nothing is metered.
        is_idle_kept: Whether the authority agreed that it is kept though idle.
        reported: Years of which the yearly report was received.
    """

    subject: str
    begins_on: date | None = None
    expires_on: date | None = None
    renewal_asked_on: date | None = None
    approved_on: date | None = None
    begun_on: date | None = None
    idle: Idle | None = None
    is_idle_kept: bool = False
    reported: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFinding:
    """What a rule says of a permit, with the rule."""

    finding: Finding
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitStanding:
    """How a permit stands on a day; nothing of it is a decision (许可证状态).

    Args:
        status: How it stands.
        days_left: Days until its last day, below zero after it; None when the end is not known.
        renewal_due_on: Last day on which renewal can be asked for, or None.
        report_due_on: Last day of the next yearly report, or None without a rule.
        findings: What the rules say of it.
    """

    status: PermitStatus
    days_left: int | None
    renewal_due_on: date | None
    report_due_on: date | None
    findings: tuple[TermFinding, ...] = ()


def permit_terms(book: Rulebook, asked: Asked) -> PermitTerms:
    """Return what the rules of a place say of permits on a day.

    Raises:
        UnknownRuleError: The rulebook lacks a rule on permits.
    """

    def held(name: str) -> DatedValue | None:
        try:
            return book.value(f"permits/{name}", asked)
        except NotInForceError:
            return None

    return PermitTerms(
        renewal_days_before=held("renewal_days_before"),
        longest_term_years=held("longest_term_years"),
        unbuilt_years_void=held("unbuilt_years_void"),
        idle_years_cancelled=held("idle_years_cancelled"),
        annual_report_due=held("annual_report_due"),
    )


def permit_standing(life: PermitLife, terms: PermitTerms, *, on: date, lead_days: int) -> PermitStanding:
    """Return how a permit stands on a day (许可证状态).

    Its last day belongs to the term. Renewal is asked for at the latest so many days before it.

    Args:
        life: What is known of it.
        terms: The rules of its place.
        on: The day.
        lead_days: How many days before its end it counts as near; the office's own setting.
    """
    due = renewal_due_on(life.expires_on, terms)
    return PermitStanding(
        status=_status(life, due, on, lead_days),
        days_left=None if life.expires_on is None else (life.expires_on - on).days,
        renewal_due_on=due,
        report_due_on=_day_of_year(terms.annual_report_due, on.year),
        findings=(
            *_of_renewal(life, terms, due, on, lead_days),
            *_of_term(life, terms),
            *_of_building(life, terms, on),
            *_of_idleness(life, terms, on),
            *_of_reports(life, terms, on),
        ),
    )


def renewal_due_on(expires_on: date | None, terms: PermitTerms) -> date | None:
    """Return the last day on which renewal can be asked for (延续申请截止日); None when it is not known."""
    lead = renewal_lead(terms)
    return None if expires_on is None or lead is None else expires_on - lead


def renewal_lead(terms: PermitTerms) -> timedelta | None:
    """Return how long before its last day renewal of a permit is to be asked for; None without a rule."""
    rule = terms.renewal_days_before
    return None if rule is None else timedelta(days=int(_number(rule)))


def void_after(approved_on: date | None, terms: PermitTerms) -> date | None:
    """Return the last day on which building must have begun (批准文件失效日); None when it is not known."""
    if approved_on is None or terms.unbuilt_years_void is None:
        return None
    return years_after(approved_on, int(_number(terms.unbuilt_years_void)))


def idle_run(months: Sequence[tuple[date, Decimal | None]]) -> Idle | None:
    """Return the run of months without abstraction at the end of a series (连续停止取水).

    Args:
        months: First days of months in their order, with the volume, or None where it is not known.

    Returns:
        The run, without gaps before its first month of zero; None when no month is known.
    """
    if all(volume is None for _, volume in months):
        return None
    since, has_gaps, gap = None, False, False
    for month, volume in reversed(months):
        if volume is None:
            gap = True
        elif volume > 0:
            break
        else:
            since, has_gaps = month, has_gaps or gap
    return Idle(since=since, has_gaps=has_gaps)


def years_after(day: date, years: int) -> date:
    """Return the day of the same date so many years later; the end of February for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=LEAP_DAY - 1)


def _status(life: PermitLife, due: date | None, on: date, lead_days: int) -> PermitStatus:
    if life.expires_on is None:
        return PermitStatus.UNKNOWN
    if on > life.expires_on:
        return PermitStatus.EXPIRED
    if life.renewal_asked_on is not None:
        return PermitStatus.ASKED
    if due is not None and on > due:
        return PermitStatus.LATE
    return PermitStatus.NEAR if (life.expires_on - on).days <= lead_days else PermitStatus.RUNNING


def _of_renewal(
    life: PermitLife, terms: PermitTerms, due: date | None, on: date, lead_days: int
) -> Iterator[TermFinding]:
    rule = terms.renewal_days_before
    if rule is None or due is None or life.expires_on is None:
        return
    status = _status(life, due, on, lead_days)
    words = {"expires": life.expires_on.isoformat(), "due": due.isoformat(), "days": str((due - on).days)}
    if status is PermitStatus.NEAR:
        yield _finding("permits.renewal_near", life, rule, Severity.NOTE, words)
    elif status is PermitStatus.LATE:
        yield _finding("permits.renewal_late", life, rule, Severity.WARN, words)
    elif status is PermitStatus.EXPIRED:
        yield _finding("permits.expired", life, rule, Severity.WARN, words)
    if life.renewal_asked_on is not None and life.renewal_asked_on > due:
        asked = {**words, "asked": life.renewal_asked_on.isoformat()}
        yield _finding("permits.asked_late", life, rule, Severity.WARN, asked)


def _of_term(life: PermitLife, terms: PermitTerms) -> Iterator[TermFinding]:
    rule = terms.longest_term_years
    if rule is None or life.begins_on is None or life.expires_on is None:
        return
    years = int(_number(rule))
    if life.expires_on > years_after(life.begins_on, years):
        words = {"begins": life.begins_on.isoformat(), "expires": life.expires_on.isoformat()}
        yield _finding("permits.term_long", life, rule, Severity.WARN, {**words, "years": str(years)})


def _of_building(life: PermitLife, terms: PermitTerms, on: date) -> Iterator[TermFinding]:
    rule, last = terms.unbuilt_years_void, void_after(life.approved_on, terms)
    if rule is None or last is None or life.approved_on is None:
        return
    if (life.begun_on or on) > last:
        words = {"approved": life.approved_on.isoformat(), "last": last.isoformat()}
        yield _finding("permits.unbuilt", life, rule, Severity.WARN, words)


def _of_idleness(life: PermitLife, terms: PermitTerms, on: date) -> Iterator[TermFinding]:
    rule, idle = terms.idle_years_cancelled, life.idle
    if rule is None or idle is None or idle.since is None or life.is_idle_kept:
        return
    if on >= years_after(idle.since, int(_number(rule))):
        code = "permits.idle_doubtful" if idle.has_gaps else "permits.idle"
        yield _finding(code, life, rule, Severity.WARN, {"since": idle.since.isoformat()})


def _of_reports(life: PermitLife, terms: PermitTerms, on: date) -> Iterator[TermFinding]:
    """Tell of the last year whose report should be here and is not recorded."""
    rule, year = terms.annual_report_due, on.year - 1
    due = _day_of_year(rule, year)
    if rule is None or due is None or year in life.reported:
        return
    is_in_term = life.begins_on is not None and life.begins_on <= due
    if is_in_term and (life.expires_on is None or life.expires_on >= due):
        words = {"year": str(year), "due": due.isoformat()}
        yield _finding("permits.report_missing", life, rule, Severity.WARN, words)


def _day_of_year(rule: DatedValue | None, year: int) -> date | None:
    return None if rule is None else date.fromisoformat(f"{year}-{rule.value}")


def _number(rule: DatedValue) -> Decimal:
    if not isinstance(rule.value, Decimal):
        raise TypeError(f"{rule.rule} is no number")
    return rule.value


def _finding(
    code: str, life: PermitLife, rule: DatedValue, severity: Severity, words: dict[str, str]
) -> TermFinding:
    finding = Finding(code=code, severity=severity, subject=life.subject, values=tuple(words.items()))
    return TermFinding(finding=finding, citation=rule.citation)
