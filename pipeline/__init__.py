"""Briefwright: one Markdown brief, as web page, print PDF and Word file with the same notes."""

__version__ = "0.1.0"
