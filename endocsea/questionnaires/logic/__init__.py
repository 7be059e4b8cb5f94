"""The logic of a form: what is relevant, required, allowed, calculated and offered, given the answers so far.

`compile_form` reads a `Form` once and refuses it with every fault in one list; the `Logic` that it gives evaluates
answers with lxml's compiled XPath 1.0. docs/explanation/logic.md says what follows ODK and what does not.
"""

from endocsea.questionnaires.logic.compiling import compile_form
from endocsea.questionnaires.logic.contradictions import Doubt, contradictions
from endocsea.questionnaires.logic.faults import Fault, LogicRefused
from endocsea.questionnaires.logic.running import Logic, Result

__all__ = ["Doubt", "Fault", "Logic", "LogicRefused", "Result", "compile_form", "contradictions"]
