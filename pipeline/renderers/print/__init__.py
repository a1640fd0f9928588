"""What print needs beside templates: notes, tags, archive and fonts, on top of WeasyPrint."""

from pipeline.renderers.print.engine import load_weasyprint

load_weasyprint()  # Before any room imports WeasyPrint by itself.
