"""A call that is sent again with the same key has the effect of one call."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from shuiheng.adapters.records.models import Account, ApiCall
from shuiheng.services.errors import ServiceError

Answer = Mapping[str, Any]
DONE = 200


def once(account: Account, key: str, asked: object, work: Callable[[], Answer]) -> Answer:
    """Do `work` once for a key of an account, and give every repetition the first answer.

    Work that raises leaves no trace, so that a mended call may use its key again.

    Args:
        account: Who calls.
        key: The key of the call; an empty one does the work each time.
        asked: What is asked for, as plain JSON; a repetition must ask for the same.
        work: Does it; returns the answer as plain JSON.

    Raises:
        ServiceError: `services.key_used`, the key was used for something else.
    """
    if not key:
        return work()
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    with transaction.atomic():
        Account.objects.select_for_update().filter(pk=account.pk).first()
        known = ApiCall.objects.filter(account=account, key=key[:120]).first()
        if known is not None:
            if known.digest != digest:
                raise ServiceError("services.key_used", key=key[:40])
            return dict(known.answer)
        answer = work()
        ApiCall.objects.create(
            account=account, key=key[:120], digest=digest, status=DONE, answer=dict(answer)
        )
    return answer
