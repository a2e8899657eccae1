"""Turns image and page URLs into (source, native id, politeness group), and finds the spiders."""
