"""Measurements, as ratios against a baseline of the same run. Nothing here passes or fails."""
