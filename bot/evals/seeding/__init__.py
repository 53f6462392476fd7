"""Supported lines → false ones, as a language model errs: one module a family of faults.

Nothing here knows how lines are checked: it has its own word lists and imports none of the
checker's, so that neither can be blind where the other is.
"""
