"""Load plans from folders into cities of their own, compile and publish them: what the demo shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    Place,
    PlaceKind,
    PlanDocument,
    PlanVersion,
    Role,
    VersionState,
)
from shuiheng.services.allowances.demo_allowances import settle_demo_allowances
from shuiheng.services.awards.demo_awards import settle_demo_awards
from shuiheng.services.background import enqueue
from shuiheng.services.cases.demo_cases import settle_demo_cases
from shuiheng.services.cases.demo_counts import settle_demo_counts
from shuiheng.services.cases.demo_plan_cases import settle_plan_cases
from shuiheng.services.cases.demo_subjects import settle_demo_subjects
from shuiheng.services.charges.demo_charges import settle_demo_charges
from shuiheng.services.create_first_users import ensure_user
from shuiheng.services.credit.demo_credit import settle_demo_credit
from shuiheng.services.demo_progress import settle_demo_progress
from shuiheng.services.demo_units import demo_unit_users, settle_demo_units
from shuiheng.services.found_city import found_city, join
from shuiheng.services.gates.demo_gates import settle_demo_gates
from shuiheng.services.indicators.demo_caps import settle_demo_caps
from shuiheng.services.indicators.demo_figures import settle_demo_figures
from shuiheng.services.indicators.demo_standings import settle_demo_standings
from shuiheng.services.indicators.demo_statistics import settle_demo_statistics
from shuiheng.services.inspections.demo_checks import settle_demo_checks
from shuiheng.services.inspections.demo_inspections import settle_demo_inspections
from shuiheng.services.kinds.demo_kinds import settle_demo_kinds
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.public_reports.demo_reports import settle_demo_reports
from shuiheng.services.publication.demo_edition import settle_demo_edition
from shuiheng.services.publish_version import publish_version
from shuiheng.services.readings.demo_filing import settle_demo_filing
from shuiheng.services.rules.demo_rules import settle_demo_rules
from shuiheng.services.upload_plan import upload_plan
from shuiheng.services.warnings.demo_warnings import settle_demo_warnings

ENDINGS = (".docx", ".txt", ".pdf")
DEMO_CITY, DEMO_NAME = "demo-city", "示例市"
Say = Callable[[str], None]
OFFICE_USERS = (
    ("officer", "节水办", Role.OFFICE_CLERK),
    ("reviewer", "节水办复核", Role.OFFICE_REVIEWER),
    ("leader", "节水办负责人", Role.OFFICE_LEADER),
    ("auditor", "审计人员", Role.AUDITOR),
    ("reader", "查阅员", Role.READER),
    ("sysadmin", "系统管理员", Role.SYSTEM_ADMINISTRATOR),
    ("secadmin", "安全管理员", Role.SECURITY_ADMINISTRATOR),
    ("logadmin", "审计管理员", Role.AUDIT_ADMINISTRATOR),
)
INSPECTING_USERS = (
    ("inspector", "检查人员甲", Role.INSPECTOR),
    ("inspector2", "检查人员乙", Role.INSPECTOR),
)


def demo_users() -> dict[str, str]:
    """Make the demo city with people of its office, of a department and of a district.

    Returns:
        Each name with its new password.
    """
    office = found_city(DEMO_NAME, slug=DEMO_CITY, is_synthetic=True)
    passwords = {
        username: ensure_user(username, display_name=name, roles=((office, role),))[1]
        for username, name, role in (*OFFICE_USERS, *INSPECTING_USERS)
    }
    return passwords | demo_unit_users(office.place)


def demo_filers() -> dict[str, str]:
    """Make the person who files for a made-up enterprise, and the plan of the year with its allowances.

    Returns:
        The name with its new password.
    """
    city = found_city(DEMO_NAME, slug=DEMO_CITY, is_synthetic=True).place
    passwords = settle_demo_filing(city)
    settle_demo_allowances(city)
    settle_demo_warnings(city)
    settle_demo_charges(city)
    settle_demo_awards(city)
    settle_demo_credit(city)
    settle_demo_reports(city)
    settle_demo_gates(city)
    settle_demo_cases(city)
    settle_demo_subjects(city)
    settle_demo_inspections(city)
    settle_demo_checks(city)
    settle_demo_standings(city)
    settle_demo_figures(city)
    settle_demo_edition(city)
    return passwords


def load_demo(actor: Account, *, made_up: Path, real: Path | None, say: Say) -> int:
    """Load the plan of the made-up city and, where they are at hand, the real plans.

    Each real plan gets a city of its own, in whose office the actor works too. Every plan is
    published with its doubts listed. Loading twice adds nothing.

    Args:
        actor: In whose name it is done, a clerk of the demo city's office.
        made_up: Folder with the plan of the made-up city and its draft.
        real: Folder with real plans, or None.
        say: Called with one line for each plan.

    Returns:
        How many versions are published now.
    """
    drafts = sorted(made_up.glob("*_draft.docx"))
    finals = _one_form_of_each(path for path in made_up.glob("*.*") if not path.stem.endswith("_draft"))
    city = found_city(DEMO_NAME, slug=DEMO_CITY, is_synthetic=True).place
    plan: str | None = None
    count = 0
    for path in [*drafts, *finals]:
        version = _load(actor, path, city, plan=plan, say=say)
        plan = version.plan.slug
        count += _publish(actor, version) if path in finals else 0
    settle_demo_units(actor, city)
    settle_demo_ledger(actor, city)
    settle_demo_rules(city)
    settle_demo_kinds(city)
    settle_demo_statistics(actor, city)
    settle_demo_caps(actor, city)
    document = PlanDocument.objects.filter(slug=plan or "").first()
    if document is not None and Account.objects.filter(username="partner").exists():
        settle_demo_progress(actor, document)
        settle_demo_counts(actor, document)
    for path in _one_form_of_each(real.glob("*.txt")) if real else ():
        office = _office_of(actor, path)
        version = _load(actor, path, office.place, plan=None, say=say)
        _name(office.place, version.plan.jurisdiction)
        settle_demo_statistics(actor, office.place)
        count += _publish(actor, version)
        settle_plan_cases(actor, version.plan)
        settle_demo_standings(office.place)
    return count


def _office_of(actor: Account, path: Path) -> Organisation:
    """Return the office of the city of a real plan; the people of the demo's office work there too."""
    office = found_city(path.stem, slug=f"plan-{path.stem.replace('_', '-')}")
    join(actor, office, Role.OFFICE_CLERK)
    for username, _, role in OFFICE_USERS:
        other = Account.objects.filter(username=username).first()
        if other is not None and role in (
            Role.OFFICE_REVIEWER,
            Role.OFFICE_LEADER,
            Role.READER,
            Role.AUDITOR,
        ):
            join(other, office, role)
    return office


def _name(place: Place, jurisdiction: str) -> None:
    """Give a place the name and kind that its plan states."""
    if jurisdiction and place.name != jurisdiction:
        place.name = jurisdiction[:60]
        place.kind = PlaceKind.DISTRICT if jurisdiction.endswith(("区", "县")) else PlaceKind.CITY
        place.save(update_fields=["name", "kind"])


def _one_form_of_each(paths: Iterable[Path]) -> list[Path]:
    """Return one file for each plan, the form with the most structure first."""
    best: dict[str, Path] = {}
    for path in paths:
        if path.suffix in ENDINGS and (
            path.stem not in best or ENDINGS.index(path.suffix) < ENDINGS.index(best[path.stem].suffix)
        ):
            best[path.stem] = path
    return [best[stem] for stem in sorted(best)]


def _load(actor: Account, path: Path, city: Place, *, plan: str | None, say: Say) -> PlanVersion:
    version = upload_plan(
        actor,
        path.read_bytes(),
        name=path.name,
        plan=plan,
        place=None if plan else city,
        is_synthetic=city.slug == DEMO_CITY,
    )
    for job in version.jobs.filter(state="waiting"):
        enqueue(job.pk)
    version.refresh_from_db()
    version.plan.refresh_from_db()
    say(f"{path.name}: {version.state} {version.error_code}".strip())
    return version


def _publish(actor: Account, version: PlanVersion) -> int:
    if version.state == VersionState.READY:
        publish_version(actor, version.pk, with_doubts=True)
        return 1
    return int(version.state == VersionState.PUBLISHED)
