"""Knows the lists people hold, one per file; each defines ``FORMAT``. Found by name."""
