"""Print what stands in the records after the load: reports, messages, letters, jobs, the log's verdict."""

from __future__ import annotations

import json
from collections import Counter

import django

django.setup()

from shuiheng.adapters.records.models import (  # noqa: E402  Django has to be set up first
    Event,
    Job,
    Letter,
    Message,
    Progress,
)
from shuiheng.services.seal_events import seal_events  # noqa: E402
from shuiheng.services.verify_log import verify_log  # noqa: E402

reports = [
    {
        "task": each.task_id,
        "state": each.state,
        "revision": each.revision,
        "text": each.done_text,
        "steps": [[step.revision, step.to_state] for step in each.history.all()],
    }
    for each in Progress.objects.prefetch_related("history").order_by("pk")
]
filed = Event.objects.filter(action="progress.filed", is_refused=False).values_list("subject", flat=True)
told = Event.objects.filter(action="reminder.written", is_refused=False)
seal_events()
print(
    json.dumps(
        {
            "reports": reports,
            "filed": Counter(filed),
            "messages": list(Message.objects.values_list("organisation", "channel", "key")),
            "told": sum(each.details.get("messages", 0) for each in told),
            "letters": list(Letter.objects.values_list("job", "organisation", "number")),
            "letters_told": Event.objects.filter(action="letter.written").count(),
            "jobs": [[each.pk, each.state, each.arguments["organisations"]] for each in Job.objects.all()],
            "ended": Counter(Event.objects.filter(action="job.done").values_list("subject", flat=True)),
            "verdict": verify_log().code,
        }
    )
)
