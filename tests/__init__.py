"""Tests of the pipeline, grouped by room."""
