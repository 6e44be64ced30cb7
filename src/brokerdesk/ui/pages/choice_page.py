"""The choice: what was put to the person, what each option costs her, and what was chosen by whom and why."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.care_setting import setting_of
from brokerdesk.core.domain.choice import Choice, ChosenBy, Option
from brokerdesk.core.domain.conflict import BROKER
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.package import Cohort, Need, PackageStatus, Step
from brokerdesk.core.domain.preference import RefusedPreference
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.services import choices, preferences
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.choice_deeds import ChoiceDeeds, ChoiceOnView
from brokerdesk.ui.pages.choice_form import ChoiceForm
from brokerdesk.ui.pages.choice_record_form import texts_of_record
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.package_page import short_day
from brokerdesk.ui.pages.page import Deed, Lamp, LampForm
from brokerdesk.ui.pages.step_page import DraftKeeper, StepPage, side_by_side
from brokerdesk.ui.pages.top_up_form import COUNCIL
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Banner, Picture
from brokerdesk.ui.widgets.budget_ruler import RulerFacts
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.option_list import OptionList, OptionRow
from brokerdesk.ui.widgets.scroll import Scrolled


class ChoicePage(StepPage):
    """What was shown at the left, how it was chosen at the right."""

    title = say("Choice")
    step = Step.CHOICE
    declares_as = BROKER

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.options: tuple[Option, ...] = ()
        self.is_again = False
        self.list = OptionList(say("What was put to the person"))
        self.form = ChoiceForm(acts.today)
        self.banner = Banner("info", "")
        self.shown = Card(say("What the person was shown"), flush=True)
        self.pays_lead, self.pays_rest = Label("", "strong", wrap=True), Label("", wrap=True)
        self.refusals = Label("", "second", wrap=True)
        self.refusals.setContentsMargins(current().px(14), current().px(6), current().px(14), 0)
        self.refused: RefusedPreference | None = None
        self.deeds = ChoiceDeeds(self, acts, self._on_view, self.toast, self.refuse)
        self.drafts = DraftKeeper(self, acts, self._texts)
        self._lay_out()
        self.list.taken.connect(self._take)
        self.form.edited.connect(self._edited)

    def _lay_out(self) -> None:
        px = current().px
        self.shown.add(hairline())
        self.shown.add(self.list, 1)
        self.shown.add(self.refusals)
        self.shown.add(self.deeds.row)
        self.shown.add_to_head(self.deeds.face)
        self.shown.add_to_head(self.deeds.sheets)
        self.shown.add_to_head(self.deeds.record)
        pays = Card()
        words = QWidget()
        row = QHBoxLayout(words)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        row.addWidget(Picture("info", 18, "text2"))
        lines = QVBoxLayout()
        lines.setSpacing(px(2))
        lines.addWidget(self.pays_lead)
        lines.addWidget(self.pays_rest)
        row.addLayout(lines, 1)
        pays.add(words)
        how = Card(say("How it was chosen"))
        how.add(Scrolled(self.form), 1)
        self.list.setMinimumHeight(px(120))
        side_by_side(self.body, ((self.banner, 0), (self.shown, 1), (pays, 0)), (how,), least=(470, 480))

    @override
    def open(self, reference: str | None) -> None:
        if reference != self.reference:
            self.is_again = False
        super().open(reference)

    @override
    def show_step(self, overview: Overview) -> None:
        package, made = overview.package, overview.standing.choice
        self.options = made.options if made and not self.is_again else self._options(package.id)
        self.shown.note.setText(self._shown_note())
        offers = {offer.id: offer for offer in overview.standing.offers}
        reach = _reach(self.options, package.need)
        rows = [
            _option_row(option, offers.get(option.offer_id), package.need, reach) for option in self.options
        ]
        self.list.set_rows(rows)
        self.form.record.name_options({option.provider: option.offer_id for option in self.options})
        self._bring_back(overview, made)
        self._show_budget(package.need)
        self._show_refusals(package.id)
        self.deeds.follow()
        self._follow_option()

    def _options(self, package_id: str) -> tuple[Option, ...]:
        return choices.options_for(self.desk, package_id)

    def _bring_back(self, overview: Overview, made: Choice | None) -> None:
        is_fixed = made is not None and not self.is_again
        if is_fixed and made is not None:
            self.list.take(made.offer_id)
            self.form.put_texts(_texts_of(made))
            self.drafts.draft_id = ""
        elif (draft_id := f"choice:{overview.package.id}") != self.drafts.draft_id:
            texts = self.drafts.bring_back(draft_id) or {}
            self.form.put_texts(texts)
            self.list.take(texts.get("offer_id", ""))
        self.list.is_fixed = is_fixed
        self.form.setEnabled(not is_fixed)

    def _show_refusals(self, package_id: str) -> None:
        told = [choices.refusal_count(self.desk, package_id).sentence]
        refused = self.refused = preferences.standing_refusal(self.desk, package_id)
        if refused is not None:
            told.append(
                say("{home} was refused in writing; nothing is awarded before its letter is issued.",
                    home=refused.provider)
            )  # fmt: skip
        words = " ".join(part for part in told if part)
        self.refusals.setText(words)
        self.refusals.setVisible(bool(words))

    def _on_view(self) -> ChoiceOnView:
        need, standing = self.package.need, self.overview.standing if self.overview else None
        is_fixed = standing is None or standing.award is not None
        is_fixed = is_fixed or (standing is not None and standing.choice is not None and not self.is_again)
        open_now = [option.cost_to_council for option in self.options if option.is_real]
        named = {option.location_id: option.provider for option in self.options}
        preferred = named.get(need.preferred_location_id or "", need.preferred_location_id or "")
        return ChoiceOnView(
            self.package, self.options, self.form.chosen_by, preferred, self.is_accommodation(), is_fixed,
            min(open_now, default=None), standing is not None and standing.choice is not None,
            self.refused.provider if self.refused else "",
        )  # fmt: skip

    def _shown_note(self) -> str:
        count = say_many("{count} option", "{count} options", len(self.options))
        return say("{count}, the cheapest for the council first", count=count)

    def _show_budget(self, need: Need) -> None:
        within = sum(option.is_within_budget and option.is_real for option in self.options)
        if need.personal_budget is None:
            self.banner.set_banner(
                "info", say("No personal budget is recorded"), say("So nobody can be asked for a top-up.")
            )
        elif within:
            rest = say_many(
                "{count} of the {all} options costs no more than the personal budget of {budget} a week.",
                "{count} of the {all} options cost no more than the personal budget of {budget} a week.",
                within,
                all=len(self.options),
                budget=need.personal_budget.shown,
            )
            self.banner.set_banner("ok", say("An affordable option is on record"), rest)
        else:
            rest = say(
                "None costs {budget} a week or less, so nobody may be asked to pay more.",
                budget=need.personal_budget.shown,
            )
            self.banner.set_banner("warn", say("No option is within the personal budget"), rest)

    def _take(self, _key: str) -> None:
        self._edited()
        self._follow_option()

    def _edited(self) -> None:
        self.drafts.touch()
        self._follow_option()
        self.lamp_changed.emit()

    def taken(self) -> Option | None:
        """The option that is taken."""
        return next((option for option in self.options if option.offer_id == self.list.value()), None)

    def _follow_option(self) -> None:
        need, option = self.package.need, self.taken()
        is_single = len(self.options) < 2 and need.cohort is Cohort.ADULT
        has_top_up = bool(option and option.top_up) and self.is_accommodation()
        self.form.show_parts(
            option, is_single=is_single, has_top_up=has_top_up, is_accommodation=self.is_accommodation()
        )
        lead, rest = _what_she_pays(need, option)
        self.pays_lead.setText(lead)
        self.pays_rest.setText(rest if self.is_accommodation() else f"{rest} {_NO_TOP_UP}".strip())

    def is_accommodation(self) -> bool:
        """Whether the care comes with a home, so that a top-up may be agreed. Source: R087, R090."""
        framework = self.overview.framework if self.overview else None
        lot = framework.lot(self.package.need.lot) if framework else None
        return lot is not None and setting_of(self.package.need, lot).is_accommodation

    def _texts(self) -> dict[str, str]:
        return {"offer_id": self.list.value(), **self.form.texts()}

    def record(self) -> None:
        """Record what was chosen; what is missing is said beside its field."""
        option = self.taken()
        if option is None:
            self.list.setFocus()
            self.tell(
                Message("warn", say("No option is chosen."), say("Press the one that was chosen."), "act")
            )
            return
        wrong = self.form.form.look()
        if wrong:
            self.tell(Message("bad", say("The choice is not recorded yet."), " ".join(wrong), "list"))
            return
        form, package_id = self.form, self.package.id
        by, reason, authority = form.chosen_by, form.reason.value(), form.authority.value()
        single = form.single.value() if form.single_box.isVisibleTo(form) else ""
        top_up = form.top_up.top_up() if form.top_up.isVisibleTo(form) else None
        told, signature = form.record.record(), form.record.drawn_signature()
        self.drafts.keep()
        self.acts.run(
            lambda desk: choices.record_choice(
                desk,
                package_id=package_id,
                offer_id=option.offer_id,
                by=by,
                reason=reason,
                authority=authority if form.authority_box.isVisibleTo(form) else "",
                single_option_reason=single,
                top_up=top_up,
                affordable_answer=form.top_up.answer.value() if top_up else "",
                record=told,
                signature=signature,
            ),
            on_done=self._recorded,
            on_refused=self.refuse,
        )

    def _recorded(self, choice: Choice) -> None:
        self.is_again = False
        self.drafts.draft_id = f"choice:{choice.package_id}"
        self.drafts.drop()
        self.toast(say("{provider} is recorded as chosen.", provider=choice.provider))
        self.go_step(Step.APPROVAL)

    def choose_again(self) -> None:
        """Record another choice; the one on file stands until then."""
        self.is_again = True
        self.refresh()
        self.list.setFocus()

    @override
    def takes_part(self, overview: Overview) -> bool:
        return overview.standing.choice is None or self.is_again

    @override
    def step_lamp(self, overview: Overview) -> Lamp:
        made, option = overview.standing.choice, self.taken()
        if overview.standing.award is not None or overview.package.status is PackageStatus.CLOSED:
            return Lamp(say("The choice is made and awarded."), form=LampForm.WAITING)
        if made is not None and not self.is_again:
            sentence = say("{provider} was chosen. The spend is approved next.", provider=made.provider)
            again = Deed(say("Record another choice"), self.choose_again)
            return Lamp(sentence, Deed(say("Open the approval"), lambda: self.go_step(Step.APPROVAL)), again)
        if option is None:
            sentence = say("Press the option that was chosen, then say who chose it and why.")
            turned_down = Deed(say("Record a refusal"), self.deeds.turn_down)
            return Lamp(sentence, Deed(say("Record the choice"), self.record), turned_down)
        sentence = self._next_words(option)
        turned_down = Deed(say("Record a refusal"), self.deeds.turn_down)
        return Lamp(sentence, Deed(say("Record the choice"), self.record), turned_down)

    def _next_words(self, option: Option) -> str:
        if self.form.top_up.isVisibleTo(self.form) and not self.form.top_up.payer.value():
            return say("{provider} costs {sum} a week above the budget. Say who pays it.",
                       provider=option.provider, sum=option.top_up.shown)  # fmt: skip
        return say("Record that {provider} was chosen. Approval opens straight away.",
                   provider=option.provider)  # fmt: skip

    @override
    def may_leave(self) -> bool:
        self.drafts.keep()
        return True

    @override
    def first_focus(self) -> QWidget | None:
        return self.way_on if self.is_stopped else self.form.reason if self.list.value() else self.list


_NO_TOP_UP = say("Top-ups are for a home with care only, so none can be recorded here.")


def _reach(options: tuple[Option, ...], need: Need) -> Money:
    budget = need.personal_budget
    if budget is None:
        return ZERO
    return max((abs_of(option.cost_to_council - budget) for option in options), default=ZERO)


def abs_of(amount: Money) -> Money:
    """An amount without its sign."""
    return -amount if amount.pence < 0 else amount


def _option_row(option: Option, offer: Offer | None, need: Need, reach: Money) -> OptionRow:
    budget = need.personal_budget
    ruler = RulerFacts(budget, option.cost_to_council, reach) if budget is not None else None
    late = (option.starts_on - need.starts_on).days
    chip = say_many("{count} day late", "{count} days late", late) if late > 0 else ""
    asked, offered = len(need.visits), len(offer.visits_offered) if offer else 0
    first = say("From {day}", day=short_day(option.starts_on))
    if asked:
        kept = offered or asked
        words = say(
            "{kept} of {asked} visits, from {day}", kept=kept, asked=asked, day=short_day(option.starts_on)
        )
        first = words
        if kept < asked:
            chip = say_many("{count} visit missing", "{count} visits missing", asked - kept)
    if not option.is_available:
        chip = say("Place gone")
    elif option.is_outside:
        chip = say("Not on the framework")
    said = [say("CQC {rating}", rating=option.rating) if option.rating else say("Not rated by CQC")]
    if option.cost_to_council != option.weekly_cost:
        said.append(say("{price} with the NHS’s nursing in it", price=option.weekly_cost.shown))
    if option.distance_miles:
        said.append(say("{miles} miles away", miles=option.distance_miles))
    if offer is not None and offer.note:
        said.append(offer.note)
    return OptionRow(
        option.offer_id, option.provider, first, ". ".join(said), option.cost_to_council, ruler, chip
    )


def _what_she_pays(need: Need, option: Option | None) -> tuple[str, str]:
    pays = need.client_contribution
    if pays is None:
        return (
            say("What {person} pays is not recorded.", person=need.person_name),
            say("It does not change with the choice."),
        )
    lead = say(
        "What {person} pays does not change with the choice: {sum} a week.",
        person=need.person_name,
        sum=pays.shown,
    )
    if option is None or option.cost_to_council < pays:
        return lead, ""
    rest = say(
        "The council pays the rest: {sum} for {provider}.",
        sum=(option.cost_to_council - pays).shown,
        provider=option.provider,
    )
    return lead, rest


def _texts_of(choice: Choice) -> dict[str, str]:
    texts = {
        "by": choice.by.value,
        "authority": choice.authority,
        "reason": choice.reason,
        "single": choice.single_option_reason,
    } | texts_of_record(choice)
    held = choice.top_up
    if held is None:
        # Kept without an agreement: what there was above the budget fell to the council.
        return texts | {"payer": COUNCIL}
    return texts | {
        "payer": held.payer.value,
        "ground": held.disregard_or_deferred,
        "amount": held.additional_cost.shown,
        "payment_frequency": held.payment_frequency,
        "payee": held.payee,
        "review_provision": held.review_provision,
        "if_payments_stop": held.if_payments_stop,
        "provider_price_rises": held.provider_price_rises,
        "payer_finances_change": held.payer_finances_change,
        "payer_name": held.payer_name,
        "signs_as": held.signs_as.value,
        "evidence": held.evidence,
        "affordable_answer": held.affordable.answer if held.affordable else "",
        "disregard_from": _day_text(held.disregard_from),
        "evidence_on": _day_text(held.evidence_on),
        "review_on": _day_text(held.review_on),
    }


def _day_text(day: date | None) -> str:
    return "" if day is None else in_words(day)


_BY = {
    ChosenBy.PERSON: say("the person"),
    ChosenBy.ATTORNEY: say("an attorney"),
    ChosenBy.DEPUTY: say("a deputy"),
    ChosenBy.BEST_INTERESTS: say("a best-interests decision"),
    ChosenBy.BROKER: say("the council"),
}


def chooser(by: ChosenBy) -> str:
    """Who decided, in words."""
    return _BY[by]
