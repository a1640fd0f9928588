"""WeasyPrint alone, warm: what the same pages cost without us. Prints processor seconds a brief.

It shares only data with the project: the printed markup, its style, and the fonts.
"""

import ctypes.util
import os
import sys
from pathlib import Path
from pickle import loads
from time import process_time
from typing import Any


def main(file: Path) -> None:
    """Print every sheet in the file once for warmth, and again for the clock."""
    given: dict[str, Any] = loads(file.read_bytes())
    os.environ["FONTCONFIG_FILE"] = given["fontconfig"]
    ctypes.util.find_library = lambda name: None
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcherResponse

    def fetch(url: str) -> URLFetcherResponse:
        data, kind = given["files"][url]
        return URLFetcherResponse(url, data, {"Content-Type": kind})

    configuration = FontConfiguration()
    faces = CSS(string=given["faces"], font_config=configuration, url_fetcher=fetch)
    styles = {text: CSS(string=text, url_fetcher=fetch) for _, text in given["sheets"]}

    def render(markup: str, style: str) -> None:
        HTML(string=markup, base_url="", url_fetcher=fetch).write_pdf(
            stylesheets=[faces, styles[style]], font_config=configuration
        )

    render(*given["sheets"][0])
    start = process_time()
    for sheet in given["sheets"]:
        render(*sheet)
    print((process_time() - start) / len(given["sheets"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
