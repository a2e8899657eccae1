"""Decides whether, when and how fast a request may be made."""
