"""Drafts of off-site checks."""

from __future__ import annotations

from sync_server.drafts.draft import Draft
from sync_server.drafts.kept_drafts import KeptDrafts
from sync_server.offsite.typed_check import TypedCheck

CheckDraft = Draft[TypedCheck]
check_drafts = KeptDrafts("offsite", TypedCheck)
