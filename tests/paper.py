"""A Word file on somebody's desk: what people do to its paragraphs, done to its XML."""

import io
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

Element = etree._Element
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
HOUSE = ("Interface", "InterfaceLink", "BetweenNotes", "FootnoteReference")
TEXT, COMMENTS = "word/document.xml", "word/comments.xml"
NOTES, ENDNOTES = "word/footnotes.xml", "word/endnotes.xml"
WHO = {"author": "R. Reader", "date": "2025-04-05T10:00:00Z"}


def w(tag: str, *children: Element, **attributes: str) -> Element:
    """An element of WordprocessingML."""
    made = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W})
    for key, value in attributes.items():
        made.set(f"{{{W}}}{key}", value)
    made.extend(children)
    return made


def run(text: str, *how: Element) -> Element:
    """A run of text."""
    said = w("t")
    said.text = text
    said.set(SPACE, "preserve")
    return w("r", *([w("rPr", *how)] if how else []), said)


class Paper:
    """The parts of a Word file, open for edits."""

    def __init__(self, data: bytes) -> None:
        """Open a file."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {one: archive.read(one) for one in archive.namelist()}
        self.roots = {
            one: etree.fromstring(self.parts[one])
            for one in (TEXT, NOTES, ENDNOTES)
            if one in self.parts
        }
        self.notes = NOTES if NOTES in self.roots else ENDNOTES

    def data(self) -> bytes:
        """The file as it is now."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                root = self.roots.get(name)
                archive.writestr(name, data if root is None else etree.tostring(root))
        return made.getvalue()

    def paragraphs(self, part: str = TEXT) -> list[Element]:
        """All paragraphs of a part."""
        return list(self.roots[part].iter(f"{{{W}}}p"))

    def find(self, words: str, part: str = TEXT) -> Element:
        """The first paragraph that holds some words."""
        return next(one for one in self.paragraphs(part) if words in said(one))

    def change(self, old: str, new: str, part: str = TEXT) -> None:
        """Change words that stand in one run."""
        for text in self.roots[part].iter(f"{{{W}}}t"):
            if old in (text.text or ""):
                text.text = (text.text or "").replace(old, new, 1)
                text.set(SPACE, "preserve")
                return
        raise AssertionError(f"no run has {old!r}")

    def change_all(self, words: dict[str, str]) -> None:
        """Change several words."""
        for old, new in words.items():
            self.change(old, new)

    def change_word(self, part: str, number: int, place: int, new: str) -> None:
        """Change a word of the author's, both counted round."""
        texts = [one for run in self._authors(part) for one in run if (one.text or "").strip()]
        text = texts[number % len(texts)]
        words = re.split("( +)", text.text or "")
        places = [at for at, word in enumerate(words) if word.strip()]
        words[places[place % len(places)]] = new
        text.text = "".join(words)
        text.set(SPACE, "preserve")

    def said_by_author(self, part: str) -> list[str]:
        """What the paragraphs say that are the author's."""
        return ["".join(one.text or "" for one in texts) for texts in self._authors(part)]

    def _authors(self, part: str) -> list[list[Element]]:
        """The texts of each paragraph that are the author's, and not the house's."""
        found: list[list[Element]] = []
        for paragraph in self.paragraphs(part):
            style = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
            named = "" if style is None else style.get(f"{{{W}}}val", "")
            if named.startswith(("Series", "Byline", "Imprint", "End", "RecommendationTerms")):
                continue
            found.append([one for one in paragraph.iter(f"{{{W}}}t") if not _is_house(one)])
        return found

    def split(self, words: str, part: str = TEXT) -> Element:
        """Cut a run so that some words are a run of their own, and return that."""
        for text in self.roots[part].iter(f"{{{W}}}t"):
            whole = text.text or ""
            if words not in whole:
                continue
            one = text.getparent()
            assert one is not None
            before, after = whole.split(words, 1)
            pieces: list[Element] = []
            for said_ in (before, words, after):
                copied = deepcopy(one)
                inside = copied.find(f"{{{W}}}t")
                assert inside is not None
                inside.text = said_
                inside.set(SPACE, "preserve")
                pieces.append(copied)
            for piece in pieces:
                one.addprevious(piece)
            parent = one.getparent()
            assert parent is not None
            parent.remove(one)
            return pieces[1]
        raise AssertionError(f"no run has {words!r}")

    def mark(self, words: str, *how: Element) -> None:
        """Mark some words, as the buttons of a program do."""
        one = self.split(words)
        properties = one.find(f"{{{W}}}rPr")
        if properties is None:
            one.insert(0, w("rPr", *how))
        else:
            properties.extend(how)

    def unmark(self, words: str) -> None:
        """Take the marks of a run away."""
        one = self.split(words)
        properties = one.find(f"{{{W}}}rPr")
        assert properties is not None
        one.remove(properties)

    def cut(self, before: str) -> None:
        """Begin a new paragraph before some words."""
        one = self.split(before)
        paragraph = one.getparent()
        assert paragraph is not None
        properties = paragraph.find(f"{{{W}}}pPr")
        made = w("p", *([] if properties is None else [deepcopy(properties)]))
        rest = [one, *one.itersiblings()]
        paragraph.addnext(made)
        made.extend(rest)

    def insert_after(self, near: str, text: str, *, style: str = "", part: str = TEXT) -> None:
        """Insert a paragraph like the one before it, or of a style."""
        before = self.find(near, part)
        properties = deepcopy(before.find(f"{{{W}}}pPr"))
        if style:
            properties = w("pPr", w("pStyle", val=style))
        before.addnext(w("p", *([] if properties is None else [properties]), run(text)))

    def delete(self, words: str, part: str = TEXT) -> None:
        """Delete a paragraph."""
        one = self.find(words, part)
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)

    def copy_row(self, words: str) -> None:
        """Put a row below one like it."""
        row = next(self.find(words).iterancestors(f"{{{W}}}tr"))
        copied = deepcopy(row)
        for text in copied.iter(f"{{{W}}}t"):
            text.text = "New"
        row.addnext(copied)

    def restyle(self, words: str, style: str) -> None:
        """Give a paragraph another style."""
        named = self.find(words).find(f"{{{W}}}pPr/{{{W}}}pStyle")
        assert named is not None
        named.set(f"{{{W}}}val", style)

    def move(self, moved: str, behind: str) -> None:
        """Move a paragraph behind another one."""
        self.find(behind).addnext(self.find(moved))

    def add_note(self, behind: str, text: str) -> None:
        """Put a footnote behind some words."""
        root = self.roots[NOTES]
        ident = str(max(int(one.get(f"{{{W}}}id", "0")) for one in root) + 1)
        style = w("pPr", w("pStyle", val="FootnoteText"))
        number = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"))
        root.append(w("footnote", w("p", style, number, run(f" {text}")), id=ident))
        call = w("footnoteReference", id=ident)
        self.split(behind).addnext(w("r", w("rPr", w("rStyle", val="FootnoteReference")), call))

    def drop_call(self, number: int) -> None:
        """Delete the call of a footnote."""
        for one in list(self.roots[TEXT].iter(f"{{{W}}}footnoteReference")):
            if one.get(f"{{{W}}}id") == str(number):
                holder = one.getparent()
                assert holder is not None
                parent = holder.getparent()
                assert parent is not None
                parent.remove(holder)

    def drop_calls(self, *numbers: int) -> None:
        """Delete all calls of footnotes, fields that repeat their numbers too."""
        for number in numbers:
            self.drop_call(number)
            for one in list(self.roots[TEXT].iter(f"{{{W}}}instrText")):
                if f"_Note_{number} " in (one.text or ""):
                    self._drop_field(one)

    def _drop_field(self, told: Element) -> None:
        run_ = told.getparent()
        assert run_ is not None
        begin = run_.getprevious()
        parent = run_.getparent()
        assert begin is not None and parent is not None
        for gone in [begin, run_, *list(run_.itersiblings())[:3]]:
            parent.remove(gone)

    def comment(self, about: str, text: str) -> None:
        """Comment on some words."""
        one = self.split(about)
        one.addprevious(w("commentRangeStart", id="0"))
        one.addnext(w("r", w("commentReference", id="0")))
        one.addnext(w("commentRangeEnd", id="0"))
        said_ = w("comments", w("comment", w("p", run(text)), id="0", **WHO))
        self.parts[COMMENTS] = etree.tostring(said_)

    def track_insertion(self, behind: str, text: str) -> None:
        """Insert words, tracked."""
        self.split(behind).addnext(w("ins", run(text), id="90", **WHO))

    def track_deletion(self, words: str) -> None:
        """Delete words, tracked."""
        one = self.split(words)
        gone = w("del", id="91", **WHO)
        one.addprevious(gone)
        gone.append(one)
        for text in one.iter(f"{{{W}}}t"):
            text.tag = f"{{{W}}}delText"


def said(paragraph: Element) -> str:
    """The words of a paragraph."""
    return "".join(_words(paragraph))


def _words(paragraph: Element) -> Iterator[str]:
    for one in paragraph.iter(f"{{{W}}}t"):
        yield one.text or ""


def _is_house(text: Element) -> bool:
    """Tell whether a text is the house's: by its style, or because a field makes it."""
    before = text.xpath("preceding::w:fldChar[1]/@w:fldCharType", namespaces={"w": W})
    if before == ["separate"]:
        return True
    style = text.find(f"../{{{W}}}rPr/{{{W}}}rStyle")
    return style is not None and style.get(f"{{{W}}}val") in HOUSE
