"""The rulebook's files as values: what the compiler knows, what findings say, which days are free.

In: the YAML files in `shuiheng/rulebook/`, read from the installed package. Out: frozen
values of the core. A file that breaks a rule of the rulebook does not load; the error
names the file, the line and the remedy.
"""

from shuiheng.adapters.rulebook.access import Reach, RoleRule, role_rules
from shuiheng.adapters.rulebook.column_rules import ColumnClass, ColumnRule, Mask, column_rules
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.finding_texts import FindingText, finding_texts
from shuiheng.adapters.rulebook.import_policy import ImportPolicy, import_policy
from shuiheng.adapters.rulebook.knowledge import load_knowledge
from shuiheng.adapters.rulebook.message_policy import MessagePolicy, message_policy
from shuiheng.adapters.rulebook.routes import RouteRule, route_rules
from shuiheng.adapters.rulebook.upper_plans import load_upper_plan, upper_plan_ids
from shuiheng.adapters.rulebook.workdays import load_workdays

__all__ = [
    "ColumnClass",
    "ColumnRule",
    "FindingText",
    "ImportPolicy",
    "Mask",
    "MessagePolicy",
    "Reach",
    "RoleRule",
    "RouteRule",
    "RulebookError",
    "column_rules",
    "finding_texts",
    "import_policy",
    "load_knowledge",
    "load_upper_plan",
    "load_workdays",
    "message_policy",
    "role_rules",
    "route_rules",
    "upper_plan_ids",
]
