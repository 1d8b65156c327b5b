"""The pages of a case and of conflicts, with all their verbs: made when wanted, or when nothing else is to be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from db.attachments import Attachment
from db.origins import Origin
from desktop.actions.attachments import AttachmentVerbs, Place
from desktop.actions.citing import CitingVerbs
from desktop.actions.collecting import CollectingVerb
from desktop.actions.conflicts import ConflictVerbs
from desktop.actions.custody import CustodyVerbs
from desktop.actions.evidence import EvidenceVerbs
from desktop.actions.folder import FolderVerb
from desktop.actions.links import LinkVerbs
from desktop.actions.marking import MarkVerbs
from desktop.actions.posts import PostVerbs
from desktop.actions.reading import ReadingVerbs
from desktop.actions.retouching import RetouchVerbs
from desktop.actions.screen import ScreenVerb
from desktop.actions.seen import SeenVerbs
from desktop.actions.things import EventVerbs, ThingVerbs
from desktop.actions.unpacking import UnpackVerbs
from desktop.actions.verb import MenuActions, MenuPlan, menu_of, verb
from desktop.actions.verdicts import VerdictVerbs
from desktop.context import Context
from desktop.pages.case import CasePage
from desktop.pages.conflicts import ConflictsPage
from desktop.pages.reading import ReadingPage
from desktop.panels.master import AnyMaster
from desktop.widgets.gallery import Gallery
from desktop.widgets.mime import Offer


class CaseWork(QObject):
    """Puts the case page and its verbs together. `wanted` carries the id of another case that is to be shown."""

    told = Signal(str)
    wanted = Signal(str)
    disputed = Signal(str, str)  # a case and a conflict that are to be shown; empty for all

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._shown = False
        self.page = CasePage(context)
        self.attaching = AttachmentVerbs(context, window, self._place, self._chosen_files)
        self.unpacking = UnpackVerbs(context, window, self._chosen_files)
        self.custody = CustodyVerbs(context, window, self._chosen_files)
        self.retouching = RetouchVerbs(context, window, self._chosen_files)
        self.collecting = CollectingVerb(context, window, self._chosen_files)
        self.folder = FolderVerb(context, window, self.attaching, self._place)
        self.screen = ScreenVerb(context, window, self.attaching, self._place)
        self.seen = SeenVerbs(context, window, lambda: self.page.case_id if self._shown else "", self._chosen_files)
        self.verdict = VerdictVerbs(self.page.verdict, self.settle, self._turner(self.page.verdict))
        self.evidence = EvidenceVerbs(self.page.evidence, self._turner(self.page.evidence))
        self.citing = CitingVerbs(self.page.evidence, window)
        self.posts = PostVerbs(self.page.evidence, self._turner(self.page.evidence), window)
        self.links = LinkVerbs(self.page.same_claim, self._turner(self.page.same_claim), self.wanted.emit)
        page = self.page
        self.reading = ReadingVerbs(context, page.evidence, (page.claim, page.timeline, page.actors), window)
        self.reader = ReadingPage(context)
        self.marking = MarkVerbs(self.reader.reader, self.reader.finder, self.reader.bar)
        self.conflicts = ConflictsPage(context)
        self.settling = ConflictVerbs(self.conflicts.settling, self.conflicts.look)
        self.things = (
            self._things(self.page.claim, "part of the claim", "Ctrl+Shift+L"),
            self._things(self.page.timeline, "appearance", "Ctrl+Shift+P"),
            EventVerbs(self.page.timeline, self._turner(self.page.timeline)),
            self._things(self.page.evidence, "source", "Ctrl+Shift+S"),
            self._things(self.page.notes, "note", "Ctrl+Shift+M"),
            self._things(self.page.tasks, "task", "Ctrl+Shift+T"),
        )
        self.disputes = verb(self, "&Conflicts", self._on_disputes, "F9")
        self.tabs = tuple(
            verb(self, f"&{place} {name}", self._turner(panel), f"Ctrl+{place}")
            for place, (name, panel) in enumerate(self.page.panels, 1)
        )
        self._give_menus()
        self._wire()
        self.show(False)

    def _things(self, panel: AnyMaster, name: str, keys: str) -> ThingVerbs:
        return ThingVerbs(panel, name, keys, self._turner(panel))

    def _turner(self, panel: QWidget) -> Callable[[], None]:
        return lambda: self.page.tabs.setCurrentWidget(panel)

    def menus(self) -> tuple[MenuPlan, ...]:
        """The menus of an open case."""
        new, gone = [pair.new for pair in self.things], [pair.delete for pair in self.things]
        return (
            MenuPlan("E&vidence", self._of_sources),
            MenuPlan("A&ttachments", self._file_verbs(self.custody.all)),
            MenuPlan("Te&xt", self.marking.menu),
            MenuPlan("&Add", (*new, None, *gone)),
            MenuPlan("Ver&dict", (self.verdict.give, self.verdict.withdraw)),
            MenuPlan("Co&mpare", self.links.all),
            MenuPlan("Co&nflicts", (self.disputes, None, *self.settling.all)),
        )

    def _file_verbs(self, custody: MenuActions) -> MenuActions:
        """How files come in, and what can be done with those that are chosen."""
        attach, paste, line, view, *others = self.attaching.all
        come = (attach, self.folder.attach, paste, self.screen.capture, self.screen.aside)
        here = (
            line,
            view,
            self.collecting.record,
            *others,
            *self.unpacking.all,
            None,
            *self.retouching.all,
            None,
            *self.reading.all,
        )
        return (*come, *here, *self.seen.all, None, *custody)

    @property
    def _of_sources(self) -> tuple[QAction, ...]:
        return (self.posts.paste, self.evidence.cite, *self.citing.all, self.evidence.origins, self.evidence.grades)

    def _give_menus(self) -> None:
        """Every list has its verbs in its context menu, and the verdict form its buttons."""
        files = menu_of(self.page, self._file_verbs(self.custody.chosen))
        for gallery in self._galleries:
            gallery.set_menu(files)
            gallery.addAction(self.attaching.remove)
        for panel in dict.fromkeys(pair.panel for pair in self.things):
            pairs = [pair for pair in self.things if pair.panel is panel]
            more = self._of_sources if panel is self.page.evidence else ()
            panel.set_verbs((*(each for pair in pairs for each in pair.all), *more), [pair.new for pair in pairs])
        self.page.verdict.addActions([self.verdict.give, self.verdict.withdraw])
        self.page.verdict.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for action in (self.verdict.withdraw, self.verdict.give):
            button = QToolButton(self.page)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("framed", True)
            self.page.verdict.form.add_button(button)

    def _wire(self) -> None:
        for gallery in self._galleries:
            gallery.dropped.connect(self._on_dropped)
            gallery.opened.connect(self.attaching.view.trigger)
            gallery.selected_changed.connect(self._on_files_changed)
            self.seen.known.connect(gallery.mark)
        self.page.disputed.connect(self.disputed)
        self.page.turned.connect(self._on_files_changed)
        self.page.evidence.drawn.connect(self.seen.look)
        self.seen.wanted.connect(self.wanted)
        self.page.turned.connect(self._on_turned)
        self.attaching.custody_wanted.connect(self.custody.look_at)
        self.attaching.words_pasted.connect(self.reading.take)
        self.attaching.record_wanted.connect(self._on_record_wanted)
        self.attaching.source_wanted.connect(self._on_source_wanted)
        told = (self.attaching, self.unpacking, self.retouching, self.custody, self.reading, self.marking, self.seen)
        for verbs in told:
            verbs.told.connect(self.told)
        for verbs_of_sources in (self.citing, self.posts):
            verbs_of_sources.told.connect(self.told)
        self.attaching.viewed.connect(self.retouching.equip)

    def show(self, shown: bool) -> None:
        """Allow what applies while the case page is in sight, and nothing of it otherwise."""
        self._shown = shown
        writable = self._context.book.writable
        for tab in self.tabs:
            tab.setEnabled(shown)
        for action in (*(pair.new for pair in self.things), self.verdict.give, self.evidence.cite):
            action.setEnabled(shown and writable)
        self.evidence.origins.setEnabled(shown)
        self.verdict.refresh(shown)
        self.links.refresh(shown)
        self.reading.refresh(shown)
        self.citing.refresh(shown)
        self.posts.refresh(shown)
        self.marking.refresh()
        self._on_files_changed()

    def _on_files_changed(self) -> None:
        for verbs in (self.attaching, self.folder, self.screen, self.collecting, self.retouching, self.custody):
            verbs.refresh()
        self.unpacking.refresh()
        self.seen.refresh()

    def _on_turned(self) -> None:
        self.links.refresh(self._shown)

    def settle(self) -> bool:
        """Save what is typed on the page and in viewers; returns whether nothing unsaved is left."""
        kept = self.attaching.settle() and self.collecting.settle() and self.retouching.settle()
        kept = kept and self.conflicts.settle()
        return kept and (not self.page.case_id or self.page.settle())

    def _on_disputes(self) -> None:
        self.disputed.emit("", "")

    def shut(self) -> None:
        """Close what stands in windows of its own, before the casebook is closed."""
        self.attaching.close()
        self.custody.close()
        self.retouching.close()
        self.collecting.close()
        self.screen.close()

    @property
    def _galleries(self) -> tuple[Gallery, Gallery]:
        return self.page.evidence.of_case, self.page.evidence.of_source

    def _place(self) -> Place | None:
        """Where attached files go: to the chosen source when its files are in use, else to the case."""
        if not self._shown or not self.page.case_id:
            return None
        evidence = self.page.evidence
        on_source = self.page.panel is evidence and evidence.focused_gallery is evidence.of_source
        return Place(self.page.case_id, evidence.source_id if on_source else "")

    def _chosen_files(self) -> tuple[Attachment, ...]:
        if not self._shown or self.page.panel is not self.page.evidence:
            return ()
        return self.page.evidence.focused_gallery.selected

    def _on_dropped(self, offer: Offer) -> None:
        place = self._place_of(self.sender())
        if place:
            self.attaching.take(offer, place)

    def _on_record_wanted(self, attachment: Attachment) -> None:
        self.collecting.open((attachment,))

    def _on_source_wanted(self, link: Origin, place: Place) -> None:
        if self.page.case_id == place.case_id:
            self.page.tabs.setCurrentWidget(self.page.evidence)
            self.page.evidence.cite_address(link.page, link.title)

    def _place_of(self, gallery: object) -> Place | None:
        evidence = self.page.evidence
        source = evidence.source_id if gallery is evidence.of_source else ""
        return Place(self.page.case_id, source) if self.page.case_id else None
