"""Numbered SQL files, gapless, never edited after they land."""
