"""One renderer for each output: (Brief, Theme) to bytes."""
