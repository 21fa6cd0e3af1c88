"""Every address of the site with an object of one city for its blanks, and who may open it."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client

from access.blanks import value
from access.cells import addresses as table_of_addresses
from access.rows import HEAD
from access.world import OFFICE, City
from shuiheng.adapters.records import models as tables
from shuiheng.adapters.records.models import Account, Role
from shuiheng.adapters.rulebook import Reach, role_rules, route_rules
from shuiheng.adapters.rulebook.routes import ACCOUNT, ANYBODY
from shuiheng.services.found_city import join

UNIT = "d"


@dataclass(frozen=True)
class Address:
    """One address: the name of its route, its path, the right it needs, and who holds that right."""

    name: str
    path: str
    needs: str
    methods: frozenset[str]
    role: Role


def addresses(city: City) -> list[Address]:
    """Return an address for every route that needs somebody who is signed in."""
    found = []
    for name, known in table_of_addresses().items():
        rule = route_rules().get(name)  # tests/access says which rows are missing
        if rule is None or rule.needs == ANYBODY:
            continue
        role = _holder(rule.needs)
        unit = UNIT if rule.needs != ACCOUNT and not _is_wide(role, rule.needs) else OFFICE
        path = known.shape
        for blank in known.blanks:
            path = path.replace(f"<{blank}>", value(rule.blanks[blank], city, unit))
        found.append(Address(name, path, rule.needs, rule.methods, role))
    return found


def _is_wide(role: Role, needs: str) -> bool:
    return role_rules()[role].reaches[needs] in (Reach.CITY, Reach.SYSTEM)


def _holder(needs: str) -> Role:
    """Return a role that holds a right, one over the whole city before one over a unit."""
    holders = [role for role in Role if needs == ACCOUNT or needs in role_rules()[role].reaches]
    return min(holders, key=lambda role: needs != ACCOUNT and not _is_wide(role, needs))


class Visitors:
    """A browser for each role, held in the office of a city or in one of its units."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._known: dict[tuple[Role, str], Client] = {}

    def of(self, role: Role, unit: str = OFFICE) -> Client:
        """Return the browser of somebody with this role."""
        if (role, unit) not in self._known:
            account = Account.objects.create(username=f"{HEAD}{role}{unit}")
            join(account, self.city.row(tables.Organisation, unit), role)  # type: ignore[arg-type]  # one
            client = Client()
            client.force_login(account)
            self._known[role, unit] = client
        return self._known[role, unit]

    def at(self, address: Address) -> Client:
        """Return a browser that may open an address."""
        is_wide = address.needs == ACCOUNT or _is_wide(address.role, address.needs)
        return self.of(address.role, OFFICE if is_wide else UNIT)
