"""The way in: manuscripts become briefs, and nothing in them is lost on the way.

Every kind of manuscript has an importer that makes a `Draft` of it (`draft.py`), and a second
reader, which shares no code with the first, that sees what is in it (`seen.py`). The draft is
written as Markdown (`markdown/`), read back like any brief, and compared with what was seen
(`proof.py`).
"""
