"""What a role may see, told from roles.yaml and the words in the rows alone, without `scope`."""

from __future__ import annotations

from access.rows import MARK
from access.world import OFFICE, UNIT_OF_ROLE
from shuiheng.adapters.records.models import Role
from shuiheng.adapters.rulebook import Reach, role_rules

# What a right is about, for tables whose rows belong to one unit; everybody of the city may see the others.
NOUNS = {
    "progress": ("progress",),
    "progressvalue": ("progress",),
    "progressstep": ("progress",),
    "evidence": ("progress",),
    "message": ("messages",),
    "rectification": ("rectification",),
    "accountabilityentry": ("accountability",),
    "importbatch": ("imports", "progress"),
    "importchange": ("imports", "progress"),
    "letter": ("letters", "allowances"),  # the notice of an allowance is a letter
    "signedlink": ("links",),
    "job": ("jobs",),
    "savedfilter": (),
    "reportrecord": ("reports",),
    "meeting": ("meetings",),
    "meetingdecision": ("meetings",),
    **dict.fromkeys(
        (
            "wateruser",
            "site",
            "watersource",
            "permit",
            "meter",
            "meterevent",
            "usermerge",
            "ledgerdocument",
            "userfact",
            "sitefact",
            "sourcefact",
            "permitfact",
            "meterfact",
            "activityfact",
            "contactfact",
        ),
        ("ledger",),
    ),
    "ledgerbatch": ("readings",),
    "settledmonth": ("readings",),
    "useruse": ("readings",),
    "cityuse": ("readings",),
    "meterfiling": ("readings",),
    "readingedit": ("readings",),
    **dict.fromkeys(
        ("allowanceproposal", "plannedallowance", "allowanceentry", "allowancemonth"), ("allowances",)
    ),
    "regionalcap": ("allowances",),
    "allowanceround": ("allowances",),
    **dict.fromkeys(("usewarning", "allowancewatch"), ("warnings",)),
    **dict.fromkeys(("project", "gatedocument", "gatefact", "gaterecord", "permitrecord"), ("gates",)),
    "chargerun": ("charges",),
    "charge": ("charges",),
    "chargeentry": ("charges",),
    "payerclass": ("charges",),
    "award": ("awards",),
    **dict.fromkeys(
        (
            "casebatch",
            "programmecase",
            "caseevent",
            "caseevidence",
            "caseanswer",
            "casecomment",
            "caseobjection",
            "casesubject",
        ),
        ("cases",),
    ),
    **dict.fromkeys(("statistic", "statisticbatch", "figure", "publicedition"), ("figures",)),
    **dict.fromkeys(("creditrecord", "creditrequest"), ("credit",)),
    **dict.fromkeys(
        ("publicreport", "publicreportcontact", "publicreportphoto", "publicreportstep"),
        ("public_reports",),
    ),
    **dict.fromkeys(("inspectorentry", "inspectionitem", "inspectiondraw", "drawrecusal"), ("inspections",)),
    **dict.fromkeys(
        ("check", "checkmember", "checkanswer", "checkfile", "checkorder", "orderproof"), ("checks",)
    ),
    "entryreceipt": (),
}
KEPT_BY_ADMINISTRATORS = frozenset(
    {
        "account",
        "accountsession",
        "event",
        "externalidentity",
        "job",
        "membership",
        "organisation",
        "organisationname",
        "personproposal",
        "place",
        "signintrace",
    }
)


def unit_of(role: Role) -> str:
    """Return the letter of the unit in which a role is held."""
    return UNIT_OF_ROLE.get(role, OFFICE)


def reaches_city(role: Role, table: str) -> bool:
    """Return whether some right of the role on what the table holds reaches over the whole city."""
    rights = role_rules()[role].reaches.items()
    return any(action.split(".")[0] in NOUNS[table] and reach is Reach.CITY for action, reach in rights)


def may_see(role: Role, city: str, unit: str, table: str) -> bool:
    """Return whether words of this city, unit and table may stand before the eyes of a role."""
    if role_rules()[role].group == "administration":
        return table in KEPT_BY_ADMINISTRATORS
    if city != "a":
        return False
    return table not in NOUNS or unit == unit_of(role) or reaches_city(role, table)


def strange_words(role: Role, text: str, *, other_city: str) -> set[str]:
    """Return the words of an answer that the role must not see."""
    found = {match[0] for match in MARK.finditer(text) if not may_see(role, match[1], match[2], match[3])}
    is_administrator = role_rules()[role].group == "administration"
    return found | ({other_city} if other_city in text and not is_administrator else set())
