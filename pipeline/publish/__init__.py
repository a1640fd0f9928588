"""The folder to publish: finished outputs of all briefs, and the pages around them.

It is made beside the one that is served and takes its place at once, when everything in it is
there and every link within it leads somewhere. Nothing in it depends on a clock or a machine.
"""

from pipeline.publish.publish import Published, publish, site

__all__ = ["Published", "publish", "site"]
