"""Turns judged evidence into a card and lists."""
