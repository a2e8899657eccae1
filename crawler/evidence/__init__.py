"""Keeps what was seen: the only room that speaks SQLite."""
