"""Answers and pages of single platforms, and shapes several of them share. Used by the spiders only."""
