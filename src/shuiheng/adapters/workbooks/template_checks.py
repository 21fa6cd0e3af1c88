"""What must hold for a template before it goes out."""

from __future__ import annotations

import re

from shuiheng.adapters.workbooks.errors import TemplateFaultError
from shuiheng.adapters.workbooks.layout import OWN_HEADINGS
from shuiheng.adapters.workbooks.template import ColumnForm, Template

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,40}")


def check_template(template: Template) -> None:
    """Raise an error when the template contradicts itself.

    Raises:
        TemplateFaultError: The message names the column or rule.
    """
    keys = [column.key for column in template.columns]
    headings = [column.zh for column in template.columns]
    if not keys or len(set(keys)) != len(keys) or len(set(headings)) != len(headings):
        raise TemplateFaultError(f"{template.id}: columns are missing or stand twice")
    for column in template.columns:
        if not _KEY.fullmatch(column.key) or column.zh in OWN_HEADINGS:
            raise TemplateFaultError(f"{template.id}.{column.key}: the key or heading is not allowed")
        if (column.form is ColumnForm.CHOICE) != bool(column.choices):
            raise TemplateFaultError(f"{template.id}.{column.key}: choices belong to choice columns")
    named = [*template.keys, *(key for rule in template.rules for key in (rule.left, *rule.right))]
    if unknown := [key for key in named if key not in keys]:
        raise TemplateFaultError(f"{template.id}: no column {unknown[0]}")
    if template.version < 1:
        raise TemplateFaultError(f"{template.id}: editions count from 1")
