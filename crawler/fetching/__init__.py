"""Conducts the other rooms with Scrapy: targets in, captures and snapshots out."""
