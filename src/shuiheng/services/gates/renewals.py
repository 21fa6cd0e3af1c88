"""Open the checklist of a permit's renewal (延续审查): a project of its own, each time."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Permit, Project, UserFact
from shuiheng.services.gates.keep_project import LONG, tell_project
from shuiheng.services.gates.project_facts import RENEWAL
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for


def begin_renewal(actor: Actor, key: int) -> Project:
    """Return the open renewal of a permit; it is opened when there is none.

    Raises:
        NotThereError, NotPermittedError: The permit is not the actor's.
    """
    account = require(actor, Action.GATES_KEEP)
    with transaction.atomic():
        permit = row_for(account, Action.GATES_KEEP, Permit, lock=True, pk=key)
        standing_one = permit.projects.filter(kind=RENEWAL, is_closed=False).first()
        if standing_one is not None:
            return standing_one
        today, user = timezone.localdate(), permit.source.user
        fact = standing(UserFact.objects.filter(subject=user), AsOf(on=today)).first()
        name = fact.name if fact is not None else user.organisation.name
        project = Project.objects.create(
            place=user.city,
            area=user.organisation.place,
            owner=user.organisation,
            owner_name=name,
            permit=permit,
            name=f"{name}取水许可延续（{permit.number}）"[:LONG],
            kind=RENEWAL,
            stage=RENEWAL,
            days={RENEWAL: today.isoformat()},
            made_by=account,
            made_at=timezone.now(),
        )
        tell_project(
            account,
            "project.renewal_opened",
            project,
            after={"name": project.name, "permit": permit.number},
        )
    return project
