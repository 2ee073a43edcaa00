"""Writes about drafts, gathered: starting, saving, parties, remarks, answers, steps."""

from agreements.drafting.commands.parties import set_parties
from agreements.drafting.commands.remarks import add_remark, answer_finding, reopen_remark, resolve_remark
from agreements.drafting.commands.saving import edit, save_text
from agreements.drafting.commands.starting import check_may_start, start_draft
from agreements.drafting.commands.stepping import (
    back_to_draft,
    drop,
    open_consultation,
    put_up_for_signature,
    take_back,
    take_step,
)

__all__ = [
    "add_remark",
    "answer_finding",
    "back_to_draft",
    "check_may_start",
    "drop",
    "edit",
    "open_consultation",
    "put_up_for_signature",
    "reopen_remark",
    "resolve_remark",
    "save_text",
    "set_parties",
    "start_draft",
    "take_back",
    "take_step",
]
