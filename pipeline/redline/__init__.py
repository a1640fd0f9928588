"""Redlines: what changed between two versions of a brief, for those who must agree to it.

Both sides are documents, never lines of Markdown. `compare` pairs what they hold and says of each
word, note and picture whether it is in both, new or gone; that comparison is drawn as a page and
told in words. The Word file has the same changes as tracked ones, and is proved before it is
written: accepting all of them gives the new version, rejecting all gives the old.
"""
