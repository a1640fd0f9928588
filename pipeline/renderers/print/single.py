"""One sheet without notes, tags or archive: a drawing to be looked at, a card to be painted."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.renderers.print import engine


def print_single(page: str, folder: Path, files: Mapping[str, tuple[bytes, str]]) -> bytes:
    """Return a page as PDF, its text in the fonts of a folder.

    `files` are all that it can load, by address.
    """
    engine.load_weasyprint()
    from weasyprint import HTML  # only when there is something to print: the import takes time

    from pipeline.renderers.print.resources import Fetcher, fonts

    configuration, faces = fonts(folder)
    html = HTML(string=page, url_fetcher=Fetcher(files))
    printed: bytes = html.write_pdf(stylesheets=[faces], font_config=configuration)
    return printed
