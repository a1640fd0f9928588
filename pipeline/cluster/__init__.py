"""The same build on many machines, over Dask distributed: an optional part, loaded when asked for.

Briefs are read here and their outputs written here, whole, as in every build. What takes the time,
to make the outputs and to read them back, is done by workers that share no disk with this machine:
a task carries the JSON of some briefs there and the finished files back. Each worker must have the
same program, tools and templates, which is compared by digest.
"""

from pipeline.cluster.build import way_over

__all__ = ["way_over"]
