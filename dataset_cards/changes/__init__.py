"""Turns two looks at one photo into changes. Pure."""
