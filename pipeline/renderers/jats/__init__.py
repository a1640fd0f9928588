"""JATS XML, in which archives and indexes keep articles (ANSI/NISO Z39.96-2021, JATS 1.3)."""

from pipeline.renderers.jats.article import render_jats

__all__ = ["render_jats"]
