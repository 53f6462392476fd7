"""An engine against labels: what it finds, what it misses, and which falsehoods pass."""
