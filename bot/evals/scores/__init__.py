"""outcome × labels → what was counted and what was missed, one module a question."""
