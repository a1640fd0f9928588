"""The Word file of a redline: both versions as Word has them, merged with tracked changes.

Each version is written by the renderer of Word files; what is merged here are finished paragraphs,
tables and notes. So whatever a brief prints is tracked, front matter included, and accepting or
rejecting all changes leaves what the renderer would have written. Which block is which is told by
the compared document. Bare section numbers are of ECMA-376-1:2016.
"""
