"""The printed pages look as they were approved; and what the comparison sees and passes over."""

import random
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from pipeline.renderers.pdf import render_pdf
from pipeline.theme import load_theme
from tests import matrix, page_pictures, samples
from tests.accept import accept
from tests.page_pictures import DPI, OTHER_VERSION, SAME_PROGRAM, Tolerance


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Image.Image]:
    return printed(tmp_path_factory.mktemp("pages"), move=0)


def printed(folder: Path, move: float) -> list[Image.Image]:
    """Return the pages of the sample brief with the inner margin moved by millimetres."""
    theme = load_theme()
    page = theme.page.model_copy(update={"inner": theme.page.inner + move})
    file = folder / "sample.pdf"
    file.write_bytes(render_pdf(samples.sample(), theme.model_copy(update={"page": page})))
    return page_pictures.of_pdf(file)


def differs(now: Image.Image, approved: Image.Image, tolerance: Tolerance) -> bool:
    mask = page_pictures.difference(now, approved, tolerance)
    return page_pictures.pixels(mask) > tolerance.pixels


def moved(page: Image.Image, right: int, down: int) -> Image.Image:
    """Return a page with a block of a few lines moved by pixels."""
    copy = page.copy()
    left, top, width, height = 60, 400, page.width - 120, 50
    block = page.crop((left, top, left + width, top + height))
    copy.paste(block, (left + right, top + down))
    return copy


def test_printed_pages_look_as_approved(request: pytest.FixtureRequest) -> None:
    output = Path(request.config.getoption("--outputs")).resolve()
    made = matrix.build(output / ".conformance", "pdf", [matrix.SHIPPED])
    taken: dict[str, Image.Image] = {}
    for sample in made:
        taken |= page_pictures.named(
            f"{sample.theme}-{sample.slug}", page_pictures.of_pdf(sample.file("pdf"))
        )
    assert len(taken) > 4
    page_pictures.must_be_approved("pdf", taken, output / ".pictures", SAME_PROGRAM)


def test_approved_pictures_are_small() -> None:
    files = [*page_pictures.APPROVED.rglob("*.png")]
    assert 0 < sum(file.stat().st_size for file in files) < 3_000_000


def test_a_block_that_moves_by_a_point_is_seen(pages: list[Image.Image]) -> None:
    page = pages[0]
    assert differs(moved(page, 0, 1), page, SAME_PROGRAM)
    assert differs(moved(page, 1, 0), page, SAME_PROGRAM)
    assert not differs(page, page, SAME_PROGRAM)


def test_a_margin_that_moves_by_a_millimetre_is_seen(
    pages: list[Image.Image], tmp_path: Path
) -> None:
    for page, narrower in zip(pages[1:3], printed(tmp_path, move=1)[1:3], strict=True):
        assert differs(narrower, page, SAME_PROGRAM)
        assert differs(narrower, page, OTHER_VERSION)


def test_noise_at_edges_is_not_seen(pages: list[Image.Image]) -> None:
    for page in pages:
        speckles = Image.frombytes(
            "L", page.size, random.Random(7).randbytes(page.width * page.height)
        )
        noise = speckles.point(lambda shade: shade // 4).convert("RGB")
        edges = page.convert("L").point(lambda shade: 255 * (20 < shade < 235))
        noisy = Image.composite(ImageChops.add(page, noise, offset=-32), page, edges)
        assert page_pictures.pixels(edges) > 5000 or page is pages[3]
        assert not differs(noisy, page, SAME_PROGRAM)
        assert not differs(noisy, page, OTHER_VERSION)


def test_other_smoothing_is_not_seen_where_programs_differ(tmp_path: Path) -> None:
    pages = printed(tmp_path, move=0)
    with pypdfium2.PdfDocument(tmp_path / "sample.pdf") as document:
        fine = [page.render(scale=DPI / 18).to_pil().convert("RGB") for page in document]
    # Not the third page: its picture is drawn in hard squares, and smoothing makes it another.
    for index in (0, 1, 3):
        smooth = fine[index].resize(pages[index].size, Image.Resampling.BOX)
        assert smooth != pages[index]
        assert not differs(smooth, pages[index], OTHER_VERSION)


def test_a_changed_colour_is_seen(pages: list[Image.Image]) -> None:
    painted = pages[1].copy()
    ImageDraw.Draw(painted).rectangle((100, 100, 130, 112), fill="#2f6f4f")
    other = pages[1].copy()
    ImageDraw.Draw(other).rectangle((100, 100, 130, 112), fill="#2f6f9f")
    for tolerance in (SAME_PROGRAM, OTHER_VERSION):
        assert differs(painted, other, tolerance)


def test_new_gone_and_changed_pictures_are_told_and_accepted(
    pages: list[Image.Image], tmp_path: Path
) -> None:
    results, approved = tmp_path / "results", tmp_path / "approved"
    taken = page_pictures.named("sample", pages)

    def told(taken: dict[str, Image.Image]) -> list[str]:
        return page_pictures.compare("pdf", taken, results, SAME_PROGRAM, approved)

    assert [line.split(",")[0] for line in told(taken)] == [
        f"pdf/sample-{number} is new" for number in (1, 2, 3, 4)
    ]
    assert len(accept(results, approved)) == 4
    assert told(taken) == []
    changed = {**taken, "sample-1": moved(pages[0], 0, 3)}
    del changed["sample-2"]
    gone, different = told(changed)
    assert gone == f"pdf/sample-2 is gone; it was {approved}/pdf/sample-2.png"
    sheet = Path(different.split("look at ")[1])
    assert sheet == results / "different/pdf/sample-1.png"
    colours = Image.open(sheet).convert("RGB").getcolors() or []
    assert page_pictures.RED in [colour for _, colour in colours]
    assert accept(results, approved) == ["removed pdf/sample-2", "approved pdf/sample-1"]
    assert told(changed) == []


def test_a_group_that_was_not_taken_stays(pages: list[Image.Image], tmp_path: Path) -> None:
    results, approved = tmp_path / "results", tmp_path / "approved"
    (approved / "web").mkdir(parents=True)
    (approved / "web" / "page.png").write_bytes(b"approved before")
    page_pictures.compare("pdf", {"page": pages[0]}, results, SAME_PROGRAM, approved)
    assert accept(results, approved) == ["approved pdf/page"]
    assert (approved / "web" / "page.png").exists()
