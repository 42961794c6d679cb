"""A visit that goes on: each tap writes a record at once; closing asks only for what is missing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

import flet as ft

from field_app.device.camera import Lens
from field_app.errors import UnknownVisitError
from field_app.reference.lists import list_departments, list_snippets
from field_app.state.app import App
from field_app.state.boundary import Boundary, act
from field_app.state.desk import Screen
from field_app.state.gate import DESK
from field_app.state.lock import Lock
from field_app.visits.close_visit import close_visit
from field_app.visits.read_answers import Answers, read_answers
from field_app.visits.read_visit import read_photo, read_visit
from field_app.visits.visit_page import VisitPage
from field_app.visits.write_in_visit import add_photo, amend_record, note_need, teach_law, write_guidance
from shared_models.acts import Snippet, SnippetKind
from shared_models.visit import Photo

GUIDANCE, LAW, NEED, CONTACT, WHY, NOTE, AMEND = (
    "visit/guidance",
    "visit/law",
    "visit/need",
    "visit/contact",
    "visit/why",
    "visit/note",
    "visit/amend",
)


@ft.observable
@dataclass(eq=False)
class Visiting:
    app: App
    lock: Lock
    page: VisitPage | None = None
    guidance: tuple[Snippet, ...] = ()
    law: tuple[Snippet, ...] = ()
    thumbnails: tuple[tuple[bytes, bytes], ...] = ()
    """Small pictures of the photos by their hash."""
    is_taking: bool = False
    answers: Answers = field(default_factory=Answers)
    names: Mapping[str, str] = field(default_factory=dict)
    """What ids are called that the verdict's reasons mention: departments and people."""

    @property
    def boundary(self) -> Boundary:
        return self.app.boundary

    @property
    def visit(self) -> bytes:
        visit = self.app.desk.visit
        if visit is None:
            raise UnknownVisitError
        return visit

    @act
    async def open(self, visit: bytes) -> None:
        # What was typed for another visit stays with that one only as long as it is on the screen.
        desk = self.app.desk if self.app.desk.visit == visit else self.app.desk.forget("visit/")
        below = (Screen.HISTORY,) if desk.top is Screen.HISTORY else ()
        self.page = await read_visit(self.app.phone, visit)
        self.app.notice = None
        self.app.put(replace(desk.home(*below, Screen.VISIT), visit=visit))
        await self.refresh()

    async def refresh(self) -> None:
        """Read again what the phone holds of the visit; raises what storage raises."""
        visit = self.app.desk.visit
        if visit is None:
            self.page = None
            return
        self.page = await read_visit(self.app.phone, visit)
        self.answers = await read_answers(self.app.phone, self.page)
        departments = {one.id: one.name for one in await list_departments(self.app.phone)}
        self.names = departments | {one.id: one.name for one in self.page.summary.decision.people}
        await self._load_thumbnails(self.page)
        if self.page.summary.in_progress:
            self.guidance = await list_snippets(self.app.phone, SnippetKind.GUIDANCE)
            self.law = await list_snippets(self.app.phone, SnippetKind.LAW)

    # -- What is written

    @act
    async def guide(self, text: str, snippet: str | None = None) -> None:
        await write_guidance(self.app.phone, self.visit, text, snippet=snippet, drop_drafts=(DESK,))
        await self._written(GUIDANCE)

    @act
    async def teach(self, text: str, provision: str = "", snippet: str | None = None) -> None:
        await teach_law(self.app.phone, self.visit, text, provision=provision, snippet=snippet, drop_drafts=(DESK,))
        await self._written(LAW)

    @act
    async def need(self) -> None:
        text, contact = self.app.text(NEED), self.app.text(CONTACT)
        await note_need(self.app.phone, self.visit, text, contact=contact, drop_drafts=(DESK,))
        await self._written(NEED, CONTACT)

    @act
    async def take(self, lens: Lens) -> None:
        """The shutter."""
        self.is_taking = True
        try:
            await self._keep_photo(await lens.still())
        finally:
            self.is_taking = False

    @act
    async def from_album(self, pick: Callable[[], Awaitable[bytes | None]]) -> None:
        image = await pick()
        if image is not None:
            await self._keep_photo(image)

    @act
    async def amend(self) -> None:
        record, text = self.app.text("visit/amends"), self.app.text(AMEND)
        await amend_record(self.app.phone, self.visit, bytes.fromhex(record), text, drop_drafts=(DESK,))
        await self._written(AMEND, "visit/amends")

    async def begin_amending(self, record: bytes) -> None:
        self.app.put(self.app.desk.write("visit/amends", record.hex()))
        await self.app.go(Screen.AMEND)

    # -- The end

    @property
    def needs_reason(self) -> bool:
        """Neither law taught nor said why not: the one thing that closing asks for."""
        return self.page is not None and not self.page.law_taught

    @act
    async def close(self) -> None:
        await self.lock.before_signing(self.close_now)

    @act
    async def close_now(self) -> None:
        await close_visit(
            self.app.phone,
            self.visit,
            why_no_legal_education=self.app.text(WHY),
            note=self.app.text(NOTE),
            position=await self.app.devices.locate(),
            drop_drafts=(DESK,),
        )
        self.app.put(replace(self.app.desk.home().forget("visit/"), visit=None))
        self.page = None
        self.app.say("close_done")

    # -- Inside

    async def _keep_photo(self, image: bytes) -> None:
        picture = await self.app.devices.scale(image)
        await add_photo(
            self.app.phone,
            self.visit,
            picture.jpeg,
            width=picture.width,
            height=picture.height,
            drop_drafts=(DESK,),
        )
        await self._written()

    async def _written(self, *keys: str) -> None:
        desk = self.app.desk
        while desk.top not in (Screen.VISIT, Screen.FINDING) and len(desk.screens) > 1:
            desk = desk.back()
        self.app.notice = None
        self.app.put(desk.forget(*keys) if keys else desk)
        await self.app.flush()
        await self.refresh()

    async def _load_thumbnails(self, page: VisitPage) -> None:
        known = dict(self.thumbnails)
        wanted = [entry.body.sha256 for entry in page.entries if isinstance(entry.body, Photo)]
        for digest in wanted:
            if digest not in known:
                kept = await read_photo(self.app.phone, digest)
                if kept is not None:
                    known[digest] = (await self.app.devices.scale(kept, THUMBNAIL_SIDE)).jpeg
        self.thumbnails = tuple((digest, known[digest]) for digest in wanted if digest in known)


THUMBNAIL_SIDE = 320
