"""Makes docs/gallery.md: a page of each output in each theme. `make gallery`."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
from PIL import Image

from tests import matrix
from tests.conformance import views, word
from tests.conformance.tools import TOOLS
from tests.conformance.views import Way
from tests.matrix import PROJECT, Made

PAGE = PROJECT / "docs/gallery.md"
PICTURES = PROJECT / "docs/gallery"
WIDTH = 720
COLOURS = 128

WAYS = (
    Way("web", 1440, 1240, "light", 2),
    Way("web-dark", 1440, 1240, "dark", 2),
    Way("phone", 360, 780, "light", 1),
)

OPENING = """# Gallery

One brief in each theme: [{slug}](../source/{slug}/brief.md).
Colours, faces, sizes and margins follow from the theme's `house.toml`; see [Branding](branding.md).
`make gallery` takes these pictures.
"""

THEME = """
## {title}

The printed page and the Word file, as LibreOffice shows it:

![First page of the PDF, theme {theme}]({folder}/{theme}-pdf.png)
![First page of the Word file, theme {theme}]({folder}/{theme}-word.png)

The web page, light and dark, and on a phone:

![Web page, theme {theme}]({folder}/{theme}-web.png)
![Web page on a dark screen, theme {theme}]({folder}/{theme}-web-dark.png)
![Web page on a phone, theme {theme}]({folder}/{theme}-phone.png)
"""


def page(slug: str, themes: list[str]) -> str:
    """Return the text of the gallery."""
    sections = [
        THEME.format(title=f"Theme `{theme}`", theme=theme, folder=PICTURES.name)
        for theme in themes
    ]
    return OPENING.format(slug=slug) + "".join(sections)


def pictures(made: list[Made], folder: Path) -> Mapping[str, Image.Image]:
    """Return the pictures of a sample in each theme."""
    pdfs = word.in_libreoffice(tuple(sample.file("docx") for sample in made))
    taken = dict(views.of_web_pages(made, folder, WAYS))
    for sample in made:
        taken[f"{sample.theme}-{sample.slug}-pdf"] = first_page(sample.file("pdf"))
        taken[f"{sample.theme}-{sample.slug}-word"] = first_page(pdfs[sample.file("docx")])
    return {name.replace(f"-{made[0].slug}-", "-"): picture for name, picture in taken.items()}


def first_page(file: Path) -> Image.Image:
    """Return a picture of the first page of a PDF."""
    with pypdfium2.PdfDocument(file) as document:
        drawn = document[0].render(scale=WIDTH / document[0].get_width())
        picture: Image.Image = drawn.to_pil().convert("RGB")
        return picture


def main(output: Path) -> None:
    """Build the first sample in each theme and put its pictures into docs/gallery."""
    made = matrix.build(output / ".conformance", "all", [matrix.SHIPPED])
    chosen = [sample for sample in made if sample.slug == made[0].slug]
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    for name, picture in pictures(chosen, output / ".pictures" / "gallery").items():
        few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(PICTURES / f"{name}.png", "PNG", optimize=True)
    PAGE.write_text(page(chosen[0].slug, [sample.theme for sample in chosen]), encoding="utf-8")


if __name__ == "__main__":
    missing = [name for name in ("axe-core", "LibreOffice") if not TOOLS[name].is_there]
    if missing:
        sys.exit(f"error: {', '.join(missing)} missing; `make validators` installs what it takes")
    main(Path(sys.argv[1]).resolve())
