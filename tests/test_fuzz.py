"""Pins that briefs spoiled at random end in problems with places, or in proved outputs."""

from pathlib import Path

from tests import fuzz, hard
from tests.spoiling import in_text

COUNT = 45


def test_spoiled_briefs_end_well(tmp_path: Path) -> None:
    total = fuzz.run(seed=11, first=0, count=COUNT, jobs=2, keep=tmp_path / "kept")
    assert total.ends.total() == COUNT
    assert str(total.faults) == "Counter()", str(total)
    assert total.ends["problems"]
    assert total.ends["proved"]
    assert not (tmp_path / "kept").exists()


def test_an_input_is_the_same_each_time() -> None:
    one, other = (list(fuzz.inputs(5, 3, 4)) for _ in range(2))
    assert one == other
    assert [given.number for given in one] == [3, 4, 5, 6]
    assert list(fuzz.inputs(6, 3, 4)) != one


def test_a_fault_is_told_and_its_input_kept(tmp_path: Path) -> None:
    text, folder = hard.bases()[0]
    given = fuzz.Input(7, text.encode(), folder)
    assert fuzz.end_of(given).kind == "proved"
    end = fuzz.end_of(fuzz.Input(7, text.encode(), tmp_path / "none"))
    assert end.kind == "faults"
    assert "FileNotFoundError" in end.fault
    total = fuzz.Count()
    total.add(end)
    assert "1 inputs: 1 faults" in str(total)


def test_a_problem_needs_a_place_in_its_input() -> None:
    text = in_text(hard.HEAD.encode(), "title: A brief\n", "")
    end = fuzz.end_of(fuzz.Input(1, text + b"Words[^lost].\n", hard.bases()[0][1]))
    assert end.kind == "problems"
    assert end.codes
