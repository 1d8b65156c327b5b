"""The parts of the case page, one a file."""
