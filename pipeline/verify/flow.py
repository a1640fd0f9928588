"""Collecting blocks while a reader goes through a tree from front to back."""

from dataclasses import dataclass, field

from pipeline.verify.found import Block, normal


@dataclass(frozen=True, slots=True)
class _Open:
    """A container that is open: what its text is, where that stands, and what came before."""

    kind: str
    within: tuple[str, ...]
    before: int


@dataclass(slots=True)
class Flow:
    """The blocks so far, and the text of the block that is being read.

    Text belongs to the innermost open container, and a block ends where a container opens or
    closes. With `lines`, line ends in the text are those of the printed page and are kept.
    """

    place: str = ""
    lines: bool = False
    blocks: list[Block] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=lambda: [_Open("text", (), 0)])
    _text: list[str] = field(default_factory=list)
    _written: list[str] = field(default_factory=list)
    _pages: list[int] = field(default_factory=list)
    _anchors: list[str] = field(default_factory=list)
    _label: str = ""
    _label_within: tuple[str, ...] = ()

    def enter(self, kind: str = "", *inside: str) -> None:
        """Open a container; text in it is of the kind, or as around it."""
        self.close()
        around = self._open[-1]
        within = (*around.within, *inside)
        self._open.append(_Open(kind or around.kind, within, len(self.blocks)))

    def leave(self, needed: bool = False) -> None:
        """Close the innermost container; one that is `needed` leaves a block even when empty."""
        is_empty = self._open[-1].before == len(self.blocks)
        self.close(needed and (is_empty or bool(self._label)))
        self._open.pop()

    def write(self, text: str, page: int = 0) -> None:
        """Add text, with marks, to the block that is being read."""
        self._text.append(text)
        self._written.append(text)
        if page:
            self._pages.append(page)

    @property
    def position(self) -> int:
        """How much was written so far, for `since`."""
        return len(self._written)

    def since(self, position: int) -> str:
        """Return what was written since a position."""
        return "".join(self._written[position:])

    def label(self, label: str) -> None:
        """Give the next block the label of a list item.

        Where a list opens with another list, the first label stands alone.
        """
        if self._label:
            self.blocks.append(Block("text", "", self._label_within, self._label, place=self.place))
        self._label, self._label_within = label, self._open[-1].within

    def anchor(self, ident: str) -> None:
        """Let an anchor lead to the block that is being read, or to the next one."""
        self._anchors.append(ident)

    @property
    def is_empty(self) -> bool:
        """Whether the block that is being read has no text yet."""
        return not self._text

    def close(self, needed: bool = False) -> None:
        """End the block that is being read."""
        raw = "".join(self._text)
        text = "\n".join(map(normal, raw.split("\n"))) if self.lines else normal(raw)
        pages, self._text, self._pages = self._pages, [], []
        if not (text.strip() or needed):
            return
        first, last = (min(pages), max(pages)) if pages else (0, 0)
        place = f"on page {first}" if first else self.place
        around = self._open[-1]
        ids, label = tuple(self._anchors), self._label
        self._anchors, self._label = [], ""
        self.blocks.append(
            Block(around.kind, text.strip("\n"), around.within, label, ids, place, first, last)
        )
