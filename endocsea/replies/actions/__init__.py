"""Deeds on a state's reply."""

from .answering import save
from .citing import Piece, check_evidence, cite, cite_in_words, supersede, withdraw_evidence
from .comparing import all_replies, question_file
from .confirming import confirm_draft, confirm_last_time
from .discussing import comment, settle
from .drafting import Cited, draft
from .exporting import WRITERS, clearance_file, tear_off_sheet, workbook_file
from .linking import answer_by_link, end_link, hand_in, make_link, open_link, send_link
from .offering import take_offer
from .reminding import Letters, remind
from .sections import reopen_section, sign_section
from .opening import list_domain, look_whether_it_opens, remove_domain
from .signing import open_again, submit
from .speaking import invite_voice, react, speak, withdraw_voice
from .taking import take

__all__ = [
    "WRITERS",
    "Cited",
    "Letters",
    "Piece",
    "all_replies",
    "answer_by_link",
    "check_evidence",
    "cite",
    "cite_in_words",
    "clearance_file",
    "comment",
    "confirm_draft",
    "confirm_last_time",
    "draft",
    "end_link",
    "hand_in",
    "invite_voice",
    "list_domain",
    "look_whether_it_opens",
    "make_link",
    "open_again",
    "open_link",
    "question_file",
    "react",
    "remind",
    "remove_domain",
    "reopen_section",
    "save",
    "send_link",
    "settle",
    "sign_section",
    "speak",
    "submit",
    "supersede",
    "take",
    "take_offer",
    "tear_off_sheet",
    "withdraw_evidence",
    "withdraw_voice",
    "workbook_file",
]
