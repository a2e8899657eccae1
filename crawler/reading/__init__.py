"""Turns stored bodies into claims, and claims into findings. Pure."""
