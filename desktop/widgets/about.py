"""What this program is, and whose work is in it."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtWidgets import QDialogButtonBox, QFrame, QVBoxLayout, QWidget

from desktop.widgets.fitted import Fitted
from desktop.widgets.texts import Label, Prose

_WORKS = (
    ("Emoji", "Twemoji © Twitter, Inc. and contributors: artwork CC BY 4.0, font OFL 1.1 (Mozilla)."),
    ("Letters", "Noto fonts © Google LLC and others, Vazirmatn © Saber Rastikerdar: SIL Open Font License 1.1."),
    ("Icons", "Lucide © Lucide contributors: ISC License."),
    ("Window", "Qt and PySide6 © The Qt Company Ltd. and others: GNU LGPL 3; they can be replaced by your own."),
    ("Paper", "ReportLab © ReportLab Inc.: BSD License. uharfbuzz: Apache License 2.0. HarfBuzz: MIT License."),
    ("Casebook", "SQLite: public domain. sqlite-utils: Apache License 2.0."),
)


class About(Fitted):
    """Name, version, license, and the works of others that are in the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Claimdesk")
        self.setMinimumWidth(560)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        rule = QFrame()
        rule.setProperty("rule", True)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 20, 22, 16)
        box.setSpacing(8)
        box.addWidget(Label("Claimdesk", "title"))
        box.addWidget(Prose(f"Version {metadata.version('claimdesk')}. MIT License.", "soft"))
        box.addWidget(Prose("An offline desk for people who check contested claims. It opens no network connection."))
        box.addWidget(rule)
        for name, words in _WORKS:
            box.addWidget(Label(name, "label"))
            box.addWidget(Prose(words))
        box.addSpacing(6)
        box.addWidget(buttons)
