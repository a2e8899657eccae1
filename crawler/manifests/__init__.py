"""Turns a dataset list as it is into image references, one format per file."""
