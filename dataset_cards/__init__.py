"""Judges and publishes: turns evidence into changes, verdicts, lists and a card. Never touches the network."""
