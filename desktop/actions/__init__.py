"""One noun's verbs a file: QActions, when they apply, what they do."""
