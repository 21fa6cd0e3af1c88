"""What the database refuses on proposals and sessions of people."""

from __future__ import annotations

from access.rows import Rows
from shuiheng.adapters.records.models import AccountSession, PersonProposal

from .refusals import breaks


def test_nobody_decides_on_a_proposal_of_their_own(rows: Rows) -> None:
    proposal = rows.row(PersonProposal)
    mine = PersonProposal.objects.filter(pk=proposal.pk)
    breaks("proposer_does_not_decide", lambda: mine.update(decided_by=proposal.proposed_by))


def test_a_session_is_known_once(rows: Rows) -> None:
    breaks("session_key", lambda: rows.make(AccountSession, session_key=rows.row(AccountSession).session_key))
