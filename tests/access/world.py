"""Two cities with units, people of every role, and a row in every table for each unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Model

from access.rows import HEAD, Rows, mark
from office import TEXT
from shuiheng.adapters.documents import read_document
from shuiheng.adapters.records import models as tables
from shuiheng.adapters.records.models import Account, OrganisationKind, PlaceKind, Role
from shuiheng.plans.decide import DecisionKind, ItemKind
from shuiheng.plans.document_json import document_json
from shuiheng.services.compile_version import compile_version
from shuiheng.services.decide_item import ItemChoice, decide_item
from shuiheng.services.file_store import keep_file
from shuiheng.services.found_city import found_city, join
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.services.publish_version import publish_version

SHARED = (
    tables.Place,
    tables.PlanDocument,
    tables.PlanVersion,
    tables.PlanDecision,
    tables.PublishedTask,
    tables.ReportingPeriod,
    tables.AnnualPlan,
    tables.Meeting,
    tables.ReportRecord,
)
UNITS = {
    "d": OrganisationKind.DEPARTMENT,
    "r": OrganisationKind.DISTRICT,
    "s": OrganisationKind.SUPPLIER,
    "e": OrganisationKind.WATER_USER,
    "t": OrganisationKind.THIRD_PARTY,
    "o": OrganisationKind.DEPARTMENT,
}
OFFICE, OTHER_UNIT = "c", "o"
UNIT_OF_ROLE = {
    Role.DISTRICT_CLERK: "r",
    Role.DISTRICT_REVIEWER: "r",
    Role.PARTNER_CLERK: "d",
    Role.PARTNER_REVIEWER: "d",
    Role.SUPPLIER: "s",
    Role.ENTERPRISE_FILER: "e",
    Role.ENTERPRISE_LEAD: "e",
    Role.THIRD_PARTY: "t",
    Role.MACHINE: "d",
}


@dataclass
class City:
    """One city: its letter, its name, and the rows of each of its units."""

    letter: str
    name: str
    units: dict[str, Rows] = field(default_factory=dict)

    def row(self, table: type[Model], unit: str = OFFICE) -> Model:
        """Return the row of a table of a unit."""
        return self.units[unit].row(table)


@dataclass
class World:
    """The city of those who ask, another city, and one account of each role in the first."""

    own: City
    other: City
    accounts: dict[Role, Account]


def make_world() -> World:
    """Return two cities; the people of the first are those who ask."""
    own = make_city("a", "青禾市")
    accounts = {}
    for role in Role:
        account = Account.objects.create(username=f"{HEAD}a{role}", display_name=f"{HEAD}a{role}")
        organisation = own.row(tables.Organisation, UNIT_OF_ROLE.get(role, OFFICE))
        join(account, organisation, role)  # type: ignore[arg-type]  # an Organisation
        accounts[role] = account
    return World(own=own, other=make_city("b", "临江市"), accounts=accounts)


def make_city(letter: str, name: str, *, units: Iterable[str] = tuple(UNITS), text: str = TEXT) -> City:
    """Return a city with a published plan and rows of its office and units in every table."""
    office = found_city(name, slug=f"{HEAD}{letter}")
    founder = Account.objects.create(username=f"{HEAD}{letter}founder", display_name=f"{HEAD}{letter}founder")
    membership = join(founder, office, Role.OFFICE_CLERK)
    version = _published(founder, office, letter, text.replace("青禾市", name))
    city = City(letter=letter, name=name)
    given: dict[type[Model], Model] = {
        tables.Place: office.place,
        tables.Organisation: office,
        tables.Account: founder,
        tables.Membership: membership,
        tables.PlanDocument: version.plan,
        tables.PlanVersion: version,
        tables.PlanDecision: version.decisions.get(),
        tables.PublishedTask: version.publishedtask_rows.order_by("pk")[0],
    }
    city.units[OFFICE] = Rows(letter, OFFICE, given)
    city.units[OFFICE].make_all()
    shared = {table: city.units[OFFICE].row(table) for table in SHARED}
    for unit in units:
        kind, rows = UNITS[unit], Rows(letter, unit, shared)
        rows.rows[tables.Organisation] = rows.make(tables.Organisation, kind=kind, term="", parent=None)
        if kind is OrganisationKind.DISTRICT:
            district = rows.make(tables.Place, kind=PlaceKind.DISTRICT, parent=office.place, successor=None)
            tables.Organisation.objects.filter(pk=rows.row(tables.Organisation).pk).update(place=district)
        rows.make_all()
        city.units[unit] = rows
    for rows in city.units.values():
        _file_progress(rows)
    return city


@cache
def _read(text: str) -> dict[str, object]:
    return document_json(read_document(text.encode("utf-8"), name="plan.txt"))


def _published(
    founder: Account, office: tables.Organisation, letter: str, plan_text: str
) -> tables.PlanVersion:
    word = mark(letter, OFFICE, tables.PlanVersion)
    text = plan_text.replace("灌区改造", f"灌区{word}改造")
    kept = keep_file(text.encode("utf-8"))
    plan = tables.PlanDocument.objects.create(
        slug=f"{HEAD}{letter}plan", title=word, created_by=founder, place=office.place
    )
    version = tables.PlanVersion.objects.create(
        plan=plan,
        sequence=1,
        stored_name=kept.name,
        sha256=kept.sha256,
        original_name=f"{word}.txt",
        byte_count=kept.byte_count,
        uploaded_by=founder,
        source_json=_read(text),
    )
    compile_version(tables.Job.objects.create(version=version, place=office.place, asked_by=founder).pk)
    item = plan_at_work(tables.PlanVersion.objects.get(pk=version.pk)).compiled.targets[0].id
    decide_item(
        founder, version.pk, ItemChoice(kind=DecisionKind.CONFIRM, item_kind=ItemKind.TARGET, item=item)
    )
    return publish_version(founder, version.pk, with_doubts=True)


def _file_progress(rows: Rows) -> None:
    """File the report of a unit; its words are closed from then on."""
    progress = rows.row(tables.Progress)
    progress.state, progress.filed_by = "filed", rows.row(tables.Account)
    progress.save(update_fields=["state", "filed_by"])
