"""Turns any licence URL, name, platform id or notice into one canonical licence."""
