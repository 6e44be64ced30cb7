"""The need: a new package begins with it, and it may be amended until somebody was asked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.package import Need, Package, PackageStatus, Step
from brokerdesk.core.domain.requirement_edition import RequirementEdition
from brokerdesk.core.domain.sourcing import RoundStatus
from brokerdesk.core.services import guides, referrals
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.need_amending import Amending
from brokerdesk.ui.pages.need_form import NeedForm
from brokerdesk.ui.pages.need_texts import texts_of
from brokerdesk.ui.pages.package_page import PackagePage, clock_time
from brokerdesk.ui.pages.page import Deed, HeaderFacts, Lamp, LampForm, Message
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button

NEW_DRAFT = "need:new"


class NewNeedPage(DeskPage):
    """A new package: the form that saves its own draft, and one button that records the referral."""

    title = say("New package")
    stale_on = frozenset({"framework"})

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.form = NeedForm(acts)
        self.wrong: tuple[str, ...] = ()
        self.saved = ""
        self.no_kind = EmptyState(
            "layers",
            say("No kind of care yet"),
            say("The kinds of care are the lots of a framework. Import a framework workbook first."),
            Button(say("Open Frameworks"), lambda: self.go.emit("frameworks", None, None)),
        )
        self.column.addWidget(self.form, 1)
        self.column.addWidget(self.no_kind, 1)
        self.form.edited.connect(self._look_again)
        self.form.draft_kept.connect(self._say_saved)
        self.form.refused.connect(lambda why: self.tell(Message("warn", say("Not changed."), why, "field")))

    @override
    def open(self, reference: str | None) -> None:
        self.wrong, self.saved = (), ""
        kept = referrals.draft(self.desk, NEW_DRAFT)
        self.form.show_texts(NEW_DRAFT, kept or _blank())
        if kept:
            self.toast(say("Your draft is back."))
        super().open(reference)

    @override
    def refresh(self) -> None:
        has_kinds = bool(guides.kinds_of_care(self.desk))
        self.form.setVisible(has_kinds)
        self.no_kind.setVisible(not has_kinds)
        super().refresh()

    def _look_again(self) -> None:
        if self.wrong:
            self.wrong = tuple(f"{box.name}: {box.trouble}" for box in self.form.fields.fields if box.trouble)
        self.lamp_changed.emit()

    def _say_saved(self) -> None:
        self.saved = say("Draft saved {at}", at=clock_time(self.desk.now()))
        self.lamp_changed.emit()

    def record(self) -> None:
        """Check the form and record the referral; what is wrong is said above it and under each field."""
        self.wrong = self.form.look()
        need = self.form.need()
        if self.wrong or need is None:
            self.tell(summary_of(self.wrong))
            self.lamp_changed.emit()
            return
        draft_id, reference = self.form.draft_id, self.form.framework_reference()
        self.form.keep_draft()
        self.acts.run(
            lambda desk: _record(desk, need, reference, draft_id),
            on_done=self._recorded,
            on_refused=self._refused,
            words=say("Recording the need"),
        )

    def _recorded(self, package: Package) -> None:
        self.form.show_texts(NEW_DRAFT, _blank())
        self.go.emit("package", package.reference, None)
        self.toast(say("Need recorded as {reference}.", reference=package.reference))

    def _refused(self, message: Message) -> None:
        self.tell(self.form.show_refusal(message))

    def start_again(self) -> None:
        """Empty the form; the toast can bring back what was typed."""
        texts = self.form.texts()
        self.form.forget_draft()
        self.form.show_texts(NEW_DRAFT, _blank())
        self.saved = ""
        self.lamp_changed.emit()
        self.toast(say("The form is empty."), lambda: self._bring_back(texts))

    def _bring_back(self, texts: dict[str, str]) -> None:
        self.form.show_texts(NEW_DRAFT, texts)
        self.form.is_touched = True
        self.form.keep_draft()
        self.lamp_changed.emit()

    @override
    def header(self) -> HeaderFacts:
        names = (self.form.fields.text("first_names"), self.form.fields.text("family_name"))
        line = self.saved or say("A draft saves itself as you type")
        return HeaderFacts(" ".join(filter(None, names)) or self.title, line=line)

    @override
    def header_deeds(self) -> tuple[Deed, ...]:
        return (Deed(say("Empty the form"), self.start_again, icon="undo-2"),)

    @override
    def lamp(self) -> Lamp:
        deed = Deed(say("The need is complete"), self.record)
        if self.form.isHidden():
            words = say("Import a framework workbook; then describe the first need.")
            return Lamp(words, Deed(say("Open Frameworks"), lambda: self.go.emit("frameworks", None, None)))
        if self.wrong:
            return Lamp(_correct(self.wrong), deed)
        return Lamp(say("Describe what the person needs, then say that the need is complete."), deed)

    @override
    def first_focus(self) -> QWidget | None:
        return self.form.fields.controls["kind"] if not self.form.isHidden() else None

    @override
    def may_leave(self) -> bool:
        self.form.keep_draft()
        return True


class NeedPage(PackagePage):
    """The need of a package: amended by the same form until a provider was asked, then read."""

    title = say("Need")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.form = NeedForm(acts)
        self.wrong: tuple[str, ...] = ()
        self._shown = ""
        self.is_changed = False
        self.amending = Amending(acts, self)
        self.amending.told.connect(self.tell)
        self.amending.done.connect(self._requirement_amended)
        self.column.addWidget(self.form, 1)
        self.form.edited.connect(self._hear)
        self.form.refused.connect(lambda why: self.tell(Message("warn", say("Not changed."), why, "field")))

    @override
    def open(self, reference: str | None) -> None:
        self._shown = ""
        super().open(reference)

    @override
    def show_package(self, overview: Overview) -> None:
        """Fill the form when the package comes to the front; what was typed since stays."""
        if self._shown == overview.package.id and self.is_changed:
            return
        self._shown, self.wrong = overview.package.id, ()
        draft_id = f"need:{overview.package.id}"
        kept = referrals.draft(self.desk, draft_id) if self.may_change(overview) else None
        reference = overview.framework.reference if overview.framework else ""
        self.form.show_texts(draft_id, kept or texts_of(overview.package.need, reference))
        self.form.set_editable(is_editable=self.may_change(overview))
        self.is_changed = kept is not None

    def is_open(self, overview: Overview) -> bool:
        """Whether the need may still be amended: nobody was asked yet."""
        return overview.package.status is PackageStatus.NEEDS_PROVIDER

    def is_asked_for(self, overview: Overview) -> bool:
        """Whether an open round asks for it, so that a change is a change for everyone asked (R024)."""
        asked = overview.standing.asked
        return asked is not None and asked.status is RoundStatus.OPEN

    def may_change(self, overview: Overview) -> bool:
        """Whether the form takes changes."""
        return self.is_open(overview) or self.is_asked_for(overview)

    def _hear(self) -> None:
        self.is_changed = True
        self.lamp_changed.emit()

    def amend(self) -> None:
        """Check the form and keep the amended need."""
        self.wrong = self.form.look()
        need = self.form.need()
        if self.wrong or need is None:
            self.tell(summary_of(self.wrong))
            self.lamp_changed.emit()
            return
        package, draft_id = self.package, self.form.draft_id
        kept = replace(need, reference=need.reference or package.need.reference)
        self.form.keep_draft()
        if self.overview is not None and not self.is_open(self.overview):
            self.amending.begin(package, self.overview.standing.asked, kept, draft_id)
            return
        self.acts.run(
            lambda desk: _amend(desk, package.id, kept, draft_id),
            on_done=self._amended,
            on_refused=lambda message: self.tell(self.form.show_refusal(message)),
            words=say("Keeping the need"),
        )

    def _amended(self, package: Package) -> None:
        self.is_changed = False
        self.go.emit("package", package.reference, None)
        self.toast(say("Need amended."))

    def _requirement_amended(self, edition: RequirementEdition) -> None:
        self.is_changed = False
        self.go.emit("package", self.reference, Step.INVITATIONS.value)
        told = say(
            "Edition {number} of the requirement is open. Save the papers and mail them.",
            number=edition.number,
        )
        self.toast(told)

    def give_up(self) -> None:
        """Show the need again as it was recorded."""
        self.form.forget_draft()
        self.is_changed, self._shown = False, ""
        if self.overview is not None:
            reference = self.overview.framework.reference if self.overview.framework else ""
            self.form.show_texts(self.form.draft_id, texts_of(self.package.need, reference))
        self.lamp_changed.emit()

    @override
    def lamp(self) -> Lamp | None:
        if self.overview is None:
            return None
        if self.is_asked_for(self.overview) and (self.wrong or self.is_changed):
            told = _correct(self.wrong) if self.wrong else say("Tell everyone asked what has changed.")
            undo = Deed(say("Give up the changes"), self.give_up)
            return Lamp(told, Deed(say("Amend the requirement"), self.amend), undo)
        if not self.is_open(self.overview):
            words = say("Providers were asked for this need as it stands. Withdraw the round to amend it.")
            if self.is_asked_for(self.overview):
                words = say("Providers are asked for this need. A change here goes to all of them.")
            deed = Deed(say("Open the round"), lambda: self._open(Step.INVITATIONS.value))
            return Lamp(words, deed, form=LampForm.WAITING, lead=say("Recorded"))
        if self.wrong:
            return Lamp(_correct(self.wrong), Deed(say("Keep the changes"), self.amend))
        if self.is_changed:
            undo = Deed(say("Give up the changes"), self.give_up)
            return Lamp(
                say("Keep what you changed in the need."), Deed(say("Keep the changes"), self.amend), undo
            )
        due = self.overview.next
        step = due.step or Step.PROVIDERS
        return Lamp(due.sentence, Deed(say("See who may be asked"), lambda: self._open(step.value)))

    def _open(self, step: str) -> None:
        self.go.emit("package", self.reference, step)

    @override
    def first_focus(self) -> QWidget | None:
        return self.form.fields.controls["kind"] if self.form.fields.isEnabled() else None

    @override
    def may_leave(self) -> bool:
        self.form.keep_draft()
        return True


def summary_of(wrong: tuple[str, ...]) -> Message:
    """The summary above the form: how many fields, and what each wants."""
    lead = say_many("{count} answer needs a look.", "{count} answers need a look.", max(1, len(wrong)))
    rest = " ".join(wrong[:3])
    if len(wrong) > 3:
        rest += " " + say_many("And {count} more.", "And {count} more.", len(wrong) - 3)
    return Message("bad", lead, rest, place="field")


def _correct(wrong: tuple[str, ...]) -> str:
    first = wrong[0].partition(":")[0].casefold()
    return say("Look at {field} again, then say that the need is complete.", field=f"“{first}”")


def _record(desk: Desk, need: Need, reference: str | None, draft_id: str) -> Outcome[Package]:
    outcome = referrals.record_referral(desk, need=need, framework_reference=reference)
    referrals.drop_draft(desk, draft_id)
    return outcome


def _amend(desk: Desk, package_id: str, need: Need, draft_id: str) -> Outcome[Package]:
    outcome = referrals.amend_need(desk, package_id=package_id, need=need)
    referrals.drop_draft(desk, draft_id)
    return outcome


def _blank() -> dict[str, str]:
    """The texts of an empty form."""
    blank = dict.fromkeys(
        (
            "first_names", "family_name", "postcode", "born_on", "nhs_number", "address", "telephone",
            "email", "contacts", "team", "reference",
            "starts_on", "expected_weeks", "tasks", "other_tasks", "needs", "preferences", "preferred",
            "urgent", "urgent_on", "urgent_at", "personal_budget", "client_contribution", "lacks_capacity",
            "unbefriended", "decision_urgent", "imca_reference", "sleep_ins", "wakings", "waking_hours",
            "night_price", "bed_price", "fnc",
        ),
        "",
    )  # fmt: skip
    return {**blank, "cohort": "adult", "funding": "council", "visits": "[]"}
