"""Words for the codes of the register and of organisations, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

ORGANISATION_KINDS: Words = {
    "office": _("节水办"),
    "department": _("部门"),
    "district": _("区县"),
    "supplier": _("供水企业"),
    "water_user": _("用水单位"),
    "third_party": _("第三方机构"),
}
ORGANISATION_CHANGES: Words = {
    "renamed": _("更名"),
    "merged": _("并入"),
    "split": _("拆分"),
    "closed": _("撤销"),
}
CERTAINTIES: Words = {
    "same": _("名称相同"),
    "former": _("曾用名"),
    "group": _("统称"),
    "likely": _("可能是"),
    "new": _("新单位"),
    "unknown": _("需人工判断"),
}
STEP_KINDS: Words = {"sub_task": _("子任务"), "milestone": _("节点")}
TASK_EVENTS: Words = {
    "task.assigned": _("改派"),
    "task.assignment_undone": _("撤销改派"),
    "task.assigned_as_planned": _("恢复方案中的单位"),
    "task.due_set": _("调整期限"),
    "step.added": _("增加子任务或节点"),
    "step.finished": _("完成子任务或节点"),
    "step.opened_again": _("重新打开子任务或节点"),
    "step.removed": _("移除子任务或节点"),
    "share.set": _("分解到区县"),
    "comment.made": _("留言"),
    "comment.removed": _("撤回留言"),
}
TABLES: dict[str, Words] = {
    "organisation_kind": ORGANISATION_KINDS,
    "organisation_change": ORGANISATION_CHANGES,
    "certainty": CERTAINTIES,
    "step_kind": STEP_KINDS,
    "task_event": TASK_EVENTS,
}
