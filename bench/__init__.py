"""Measures the figures issue 2 sets bars for, each against its bar and, where it is a ratio, beside its baseline."""
