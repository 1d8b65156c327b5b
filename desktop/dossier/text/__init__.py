"""Text on paper: every script of the casebook, both directions, with color emoji, searchable."""
