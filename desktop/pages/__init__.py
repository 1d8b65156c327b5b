"""The full-height places of the window."""
