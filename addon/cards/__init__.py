"""The cards of the side panel, one a module."""

from __future__ import annotations

from addon.cards.finding import finding_card
from addon.cards.home import home_card
from addon.cards.problem import problem_card
from addon.cards.pupil import pupil_card
from addon.cards.result import result_card
from addon.cards.review import next_card, review_card
from addon.cards.review_form import entry_card
from addon.cards.setup import file_scope_card, setup_card
from addon.cards.sharing import ask_card
from addon.cards.sheet import cells_card, choose_column_card, columns_card, sheets_card, trial_card
from addon.cards.template import choose_card, form_card, forms_card, pupils_card
from addon.cards.today import today_card
from addon.cards.work import adults_card, work_card
from addon.cards.workbooks import workbooks_card

__all__ = [
    "adults_card",
    "ask_card",
    "cells_card",
    "choose_card",
    "choose_column_card",
    "columns_card",
    "entry_card",
    "file_scope_card",
    "finding_card",
    "form_card",
    "forms_card",
    "home_card",
    "next_card",
    "problem_card",
    "pupil_card",
    "pupils_card",
    "result_card",
    "review_card",
    "setup_card",
    "sheets_card",
    "today_card",
    "trial_card",
    "work_card",
    "workbooks_card",
]
