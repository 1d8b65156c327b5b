"""What it looks like: icons, fonts, styles, and the demonstration."""
