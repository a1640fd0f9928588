"""Fuzzing led by coverage, where atheris installs: python -m tests.guided FOLDER -max_total_time=9.

What is not a brief, a drawing, a page or a JSON document must be refused with a problem, whatever
it is. The first byte of an input says which reader it goes to. The folder keeps what leads further;
it is filled from the tests at first. The other options are those of libFuzzer.
"""

import sys
from collections.abc import Callable
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("atheris is missing: .venv/bin/pip install atheris (Linux and macOS)")

with atheris.instrument_imports(include=["pipeline"]):
    from pipeline import codec, pictures
    from pipeline.intake.dialects.labels import labelled, with_labels
    from pipeline.intake.page.document import article_of, parse, prune
    from pipeline.intake.page.notes import take_notes
    from pipeline.problems import BriefError
    from pipeline.reader.front_matter import read_front_matter
    from pipeline.reader.scan import scan
    from pipeline.reader.source import read_source

HERE = Path(__file__).parent
BRIEF = Path("brief.md")


def front(data: bytes) -> None:
    """Read the front matter of a brief."""
    read_front_matter(read_source(BRIEF, data)[0])


def body(data: bytes) -> None:
    """Look for notes and markup in a brief."""
    scan(read_source(BRIEF, data)[0].text)


def document(data: bytes) -> None:
    """Load a JSON document."""
    codec.load(data, "brief.json")


def picture(data: bytes) -> None:
    """Inspect a picture."""
    try:
        pictures.inspect(data)
    except pictures.Unfit:
        return


def manuscript(data: bytes) -> None:
    """Take the notes out of a text and of a page."""
    labelled(with_labels(data.decode(errors="replace")))
    article = article_of(parse(data, "page.html"))
    list(prune(article))
    take_notes(article)


READERS: tuple[Callable[[bytes], None], ...] = (front, body, document, picture, manuscript)
SEEDS = ("source.md", "*.md", "brief.json", "*.svg", "manuscript.txt")
"""Files of the tests that each reader begins with."""


def one(data: bytes) -> None:
    """Give an input to its reader."""
    if data:
        try:
            READERS[data[0] % len(READERS)](data[1:])
        except BriefError:
            return


def main() -> None:
    """Fill the folder, and go on until libFuzzer ends."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if not list(folder.iterdir()):
        for kind, pattern in enumerate(SEEDS):
            for number, file in enumerate(sorted(HERE.rglob(pattern))):
                data = bytes([kind]) + file.read_bytes()[:6000]
                (folder / f"seed-{kind}-{number}").write_bytes(data)
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
