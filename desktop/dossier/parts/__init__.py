"""The parts of a dossier, each a story of blocks."""
