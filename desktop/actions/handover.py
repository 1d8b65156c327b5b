"""Handing cases over to another desk, and the keys by which desks know each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import CasebookError, Invalid
from db.exchange import keys, peers
from db.exchange.keys import Card
from db.exchange.peers import Sight
from desktop import wording
from desktop.actions.verb import MenuActions, verb
from desktop.context import Context
from desktop.names import safe_name
from desktop.widgets.once import open_once

if TYPE_CHECKING:
    from desktop.forms.keys_form import KeysForm

_LONGEST_CARD = 100_000


class HandoverVerbs(QObject):
    """The verbs of sharing with other desks; `chosen` names the cases, `show` lists what would leave with them."""

    def __init__(
        self,
        context: Context,
        window: QWidget,
        chosen: Callable[[], tuple[str, ...]],
        show: Callable[[tuple[str, ...]], None],
        settle: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._chosen, self._show, self._settle = chosen, show, settle
        self.hand_over = verb(self, "&Hand over…", self._on_hand_over, "Ctrl+H")
        self.keys = verb(self, "Desk &keys…", self._on_keys, "Ctrl+F10")
        self.hand_over.setIcon(context.theme.icon("send"))
        self.keys.setIcon(context.theme.icon("key-round"))
        self.refresh()

    @property
    def all(self) -> MenuActions:
        """The verbs in the order of their menu."""
        return (self.hand_over, self.keys)

    def refresh(self) -> None:
        """Enable what applies to the chosen cases."""
        self.hand_over.setEnabled(bool(self._chosen()))

    def _on_hand_over(self) -> None:
        chosen = self._chosen()
        if chosen and self._settle():
            self._show(chosen)

    def _on_keys(self) -> None:
        from desktop.forms.keys_form import KeysForm  # noqa: PLC0415 (start-up does not wait for it)

        book = self._context.book
        try:
            own = keys.own_card(book)
        except CasebookError as error:
            self._context.report(error)
            return
        form = KeysForm(self._context.theme, own, book.writable, self._window)
        form.show_known(peers.known(book))
        form.added.connect(lambda text: self._add(form, text))
        form.accepted_card.connect(lambda card, instead: self._accept(form, card, instead))
        form.forgotten.connect(lambda desk: self._forget(form, desk))
        form.wanted_file.connect(lambda: self._choose_card(form))
        form.wanted_save.connect(lambda: self._choose_target(own))
        open_once(form)

    def _add(self, form: KeysForm, text: str) -> None:
        """Take a card in: the first sight is trusted, a change is shouted."""
        try:
            card = keys.read_card(text)
            with self._context.book.repair() as writer:
                before = peers.of_desk(writer, card.desk)
                found = peers.meet_card(writer, card)
        except Invalid as error:
            words = wording.explain(error)
            form.complain(f"{words.what} {words.todo}")
            return
        except CasebookError as error:
            self._context.report(error)
            return
        form.show_added()
        if found is Sight.CHANGED:
            form.shout(card, before)
        form.show_known(peers.known(self._context.book))

    def _accept(self, form: KeysForm, card: Card, instead: bool) -> None:
        try:
            with self._context.book.repair() as writer:
                peers.accept(writer, card, instead=instead)
        except CasebookError as error:
            self._context.report(error)
        form.show_known(peers.known(self._context.book))

    def _forget(self, form: KeysForm, desk: str) -> None:
        try:
            with self._context.book.repair() as writer:
                peers.forget(writer, desk)
        except CasebookError as error:
            self._context.report(error)
        form.show_known(peers.known(self._context.book))

    def _choose_card(self, form: KeysForm) -> None:
        dialog = QFileDialog(form, "Card of another desk", str(self._context.book.path.parent))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)

        def chosen(name: str) -> None:
            try:
                with Path(name).open("rb") as file:
                    text = file.read(_LONGEST_CARD).decode("utf-8", "replace")
            except OSError as error:
                form.complain(error.strerror or "")
                return
            self._add(form, text)

        dialog.fileSelected.connect(chosen)
        open_once(dialog)

    def _choose_target(self, own: Card) -> None:
        folder = self._context.book.path.parent
        dialog = QFileDialog(self._window, "Save the card of this desk", str(folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(safe_name(f"{own.name} card.txt"))

        def chosen(name: str) -> None:
            from db.blobs import whole_file  # noqa: PLC0415

            try:
                with whole_file(Path(name)) as file:
                    file.write(own.text.encode())
            except CasebookError as error:
                self._context.report(error)

        dialog.fileSelected.connect(chosen)
        open_once(dialog)
