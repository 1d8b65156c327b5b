"""One thing being edited a file: a form shows a draft and emits what it became."""
