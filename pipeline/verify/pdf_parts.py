"""The parts of a PDF's text, the page and each note, as they are filled while it is read."""

from dataclasses import dataclass, field

from pipeline.verify.flow import Flow
from pipeline.verify.found import Block, Passage
from pipeline.verify.pdf_drawn import Drawn
from pipeline.verify.pdf_links import Action
from pipeline.verify.pdf_tags import Element


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as it stands on the page: its words, what it does, its first run, and its element."""

    text: str
    actions: tuple[Action, ...]
    start: "Placed | None"
    element: Element


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as tagged, with what is drawn in its place."""

    alt: str
    page: int
    drawn: tuple[Drawn, ...]


@dataclass(slots=True, eq=False)
class Tagged:
    """One part of the text, the body or a note, with what it holds beside its blocks.

    `gathered` says that it is a note in a section of notes, and not at the foot of a page.
    """

    element: Element
    gathered: bool = False
    label: str = ""
    flow: Flow = field(default_factory=lambda: Flow(lines=True))
    references: list[Anchor] = field(default_factory=list)
    links: list[Anchor] = field(default_factory=list)
    back: list[Anchor] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    placed: "list[Placed]" = field(default_factory=list)
    paragraphs: list[range] = field(default_factory=list)
    """The places in the flow of the blocks of each paragraph that has several."""
    whole: Flow = field(init=False)
    """The flow of the part itself, while `flow` may be that of a label in it."""

    def __post_init__(self) -> None:
        """Start with the flow of the part."""
        self.whole = self.flow

    @property
    def ident(self) -> str:
        """The name that the tags know the part by."""
        return self.element.ident

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, once all is read."""
        return tuple(self.flow.blocks)

    def place_of(self, block: int) -> tuple[str, ...]:
        """Return what a block stands in."""
        return self.flow.blocks[block].within if block < len(self.flow.blocks) else ()

    def text_at(self, block: int) -> str:
        """Return the text of the paragraph that a block belongs to."""
        one = range(block, min(block + 1, len(self.flow.blocks)))
        whole = next((places for places in self.paragraphs if block in places), one)
        return " ".join(self.flow.blocks[place].text for place in whole)


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing that is drawn, and the block of a part it belongs to; house words have no part."""

    page: int
    drawn: Drawn
    part: Tagged | None
    block: int
