"""Pictures of the finished files as Chromium and LibreOffice show them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

from tests import page_pictures
from tests.conformance import tools, word
from tests.matrix import Made


@dataclass(frozen=True)
class Way:
    """How a web page is looked at, and by how much its picture is made smaller."""

    name: str
    width: int
    height: int
    scheme: str
    reduction: int


WAYS = (
    # Beyond 16,000 pixels Chromium draws nothing; of the dark scheme the top shows the colours.
    Way("phone", 360, 12_000, "light", 2),
    Way("desktop", 1440, 16_000, "light", 3),
    Way("desktop-dark", 1440, 2400, "dark", 3),
)


def of_web_pages(
    made: Sequence[Made], folder: Path, ways: Sequence[Way] = WAYS
) -> Mapping[str, Image.Image]:
    """Return the pictures of web pages in Chromium, each way."""
    folder.mkdir(parents=True, exist_ok=True)
    views = {
        f"{sample.theme}-{sample.slug}-{way.name}": (sample.file("html"), way)
        for sample in made
        for way in ways
    }
    tools.take_pictures(
        [
            {**asdict(way), "file": str(file), "picture": str(folder / f"{name}.png")}
            for name, (file, way) in views.items()
        ]
    )
    return {
        name: Image.open(folder / f"{name}.png").convert("RGB").reduce(way.reduction)
        for name, (_, way) in views.items()
    }


def of_word_files(made: Sequence[Made]) -> Mapping[str, Image.Image]:
    """Return the pictures of the pages that LibreOffice makes of Word files."""
    pdfs = word.in_libreoffice(tuple(sample.file("docx") for sample in made))
    taken: dict[str, Image.Image] = {}
    for sample in made:
        pages = page_pictures.of_pdf(pdfs[sample.file("docx")])
        taken |= page_pictures.named(f"{sample.theme}-{sample.slug}", pages)
    return taken
