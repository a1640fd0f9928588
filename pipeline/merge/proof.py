"""The proof: the new source, rendered and read again, says what the edited file says."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

from pipeline.merge.fit import BODY
from pipeline.merge.plan import Change, Plan, Said
from pipeline.merge.story import Story
from pipeline.merge.view import view
from pipeline.problems import BriefError, errors
from pipeline.reader import read
from pipeline.theme import Theme


class Unlike(Exception):
    """The new source says something else; `changes` are those that do it, as far as known."""

    def __init__(self, changes: Sequence[Change]) -> None:
        """Keep the changes."""
        self.changes = tuple(changes)
        super().__init__(f"{len(self.changes)} changes")


def prove(made: Plan, text: str, file: Path, theme: Theme) -> None:
    """Raise Unlike where the new source does not say what is expected of it."""
    wanted = made.expected()
    brief, problems = read(file, text.encode())
    known = {one.code for one in errors(problems)}
    if brief is None or known:
        raise Unlike(())
    try:
        found = said_by(view(brief, theme, str(file)).story)
    except BriefError:
        raise Unlike(()) from None
    guilty: list[Change] = []
    is_like = True
    for label in {*wanted, *found}:
        expected, said = wanted.get(label, []), found.get(label, [])
        if [one for one, _ in expected] != said:
            is_like = False
            guilty += _guilty(expected, said)
    if not is_like:
        raise Unlike(list({id(one): one for one in guilty}.values()))


def _guilty(expected: Sequence[tuple[Said, Change | None]], said: Sequence[Said]) -> list[Change]:
    """Return the changes of paragraphs that came out otherwise, and of those next to them."""
    wanted = [one for one, _ in expected]
    matcher = SequenceMatcher(None, wanted, said, autojunk=False)
    made: list[Change] = []
    for what, first, last, _, _ in matcher.get_opcodes():
        if what == "equal":
            continue
        inside = [change for _, change in expected[first:last] if change]
        near = [change for _, change in expected[max(0, first - 1) : last + 1] if change]
        made += inside or near
    return made


def said_by(story: Story) -> dict[str, list[Said]]:
    """Return what the texts of a brief say, without what the house puts in."""
    body = [(one.kind, one.atoms) for one in story.units if one.leaf is not None]
    notes = {key: [(one.kind, one.atoms) for one in note] for key, note in story.notes.items()}
    return {BODY: body, **notes}
