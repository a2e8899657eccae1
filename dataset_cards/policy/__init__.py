"""Turns findings, profile and ruleset into verdicts with reasons. Pure."""
