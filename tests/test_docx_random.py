"""Whatever a brief holds, its Word file is sound and reads back as the brief."""

from hypothesis import HealthCheck, given, settings

from pipeline import model as m
from pipeline.renderers.docx import render_docx
from pipeline.theme import load_theme
from pipeline.verify import verify_docx
from tests.docx_lint import faults, read
from tests.examples import examples
from tests.random_briefs import briefs


@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
@given(briefs())
def test_any_brief_gives_a_sound_file_that_reads_back(brief: m.Brief) -> None:
    data = render_docx(brief, load_theme())
    assert faults(read(data)) == []
    assert verify_docx(brief, data, "brief.docx") == ()
