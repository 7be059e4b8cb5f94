"""Deeds on a state's reply."""

from .answering import save
from .citing import Piece, check_evidence, cite, cite_in_words, supersede, withdraw_evidence
from .clearing import SignedLetter, clear, letter_file
from .comparing import all_replies, question_file
from .confirming import confirm_draft, confirm_last_time
from .discussing import comment, settle
from .drafting import Cited, draft
from .exporting import WRITERS, clearance_file, tear_off_sheet, workbook_file
from .files import hand_out_file
from .linking import answer_by_link, end_link, hand_in, make_link, make_voice_link, open_link, send_link
from .noting import note_reading
from .offering import take_offer
from .opening import list_domain, look_whether_it_opens, remove_domain
from .reminding import Letters, remind
from .sections import reopen_section, sign_section
from .signing import open_again, submit
from .speaking import invite_voice, react, speak, withdraw_voice
from .taking import take
from .translating import translate
from .wishing import say_what_was_given, wish, withdraw_wish

__all__ = [
    "WRITERS",
    "Cited",
    "Letters",
    "Piece",
    "SignedLetter",
    "all_replies",
    "answer_by_link",
    "check_evidence",
    "cite",
    "cite_in_words",
    "clear",
    "clearance_file",
    "comment",
    "confirm_draft",
    "confirm_last_time",
    "draft",
    "end_link",
    "hand_in",
    "hand_out_file",
    "invite_voice",
    "letter_file",
    "list_domain",
    "look_whether_it_opens",
    "make_link",
    "make_voice_link",
    "note_reading",
    "open_again",
    "open_link",
    "question_file",
    "react",
    "remind",
    "remove_domain",
    "reopen_section",
    "save",
    "say_what_was_given",
    "send_link",
    "settle",
    "sign_section",
    "speak",
    "submit",
    "supersede",
    "take",
    "take_offer",
    "tear_off_sheet",
    "translate",
    "wish",
    "withdraw_evidence",
    "withdraw_voice",
    "withdraw_wish",
    "workbook_file",
]
