"""Where the tour stops: which page, for which package, and what is opened on it before the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from brokerdesk.app.tour_walk import WalkedDesk
from brokerdesk.core import places
from brokerdesk.core.services import awards, journey, packages
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.pages.award_page import AwardPage
from brokerdesk.ui.pages.choice_page import ChoicePage
from brokerdesk.ui.pages.import_page import ImportPage
from brokerdesk.ui.pages.page import Page
from brokerdesk.ui.pages.referral_import_page import ReferralImportPage
from brokerdesk.ui.pages.settings_page import SettingsPage
from brokerdesk.ui.pages.verify_page import VerifyPage

_REFERRALS = (
    "reference,cohort,team,first_names,family_name,born_on,nhs_number,postcode,service,needs,preferences,"
    "starts_on,expected_weeks,urgent_since,funding,personal_budget,visits\n"
    "DEMO-R1,adult,Demo hospital team,Wilhelmina,Demo-Ashcombe,1940-04-11,999 000 0018,WN5 9AA,home care,"
    "medication,,2026-12-16,52,,council,420.00,Mon 08:00 45 1; Wed 08:00 45 1; Fri 08:00 45 1\n"
    "DEMO-R2,adult,Demo hospital team,Barnaby,Demo-Quill,31st of May,999 000 0026,WN6 0AY,home care,"
    "medication,,2026-12-18,26,,council,,Tue 18:00 30 1\n"
)
"""Two invented people; the second one's date of birth cannot be read, so that the page shows a problem."""

_A_MONTH_LATER = (
    ("Good,12/08/2025", "Outstanding,12/11/2026"),
    ("Good,11/06/2025", "Requires improvement,18/11/2026"),
    ("Hobnail House Care,", "Hobnail House Home Care,"),
    ("53.5010,", "far north,"),
    ("Good,15/04/2025", "Good,last spring"),
)
"""What stands in the shipped directory, and what in the one that the import page is shown with."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One page."""

    place: str
    step: str | None = None
    person: str = ""
    """Family name of the person whose package it is."""
    reference: str | None = None
    name: str = ""
    """Of the picture; by default the page's key."""
    then: Callable[[Page], object] | None = None
    """What is done on the page before its picture is taken; a window that it opens is taken instead."""

    @property
    def key(self) -> str:
        """The page's key in the frame."""
        return f"{self.place}/{self.step}" if self.step else self.place

    def reference_on(self, desk: Desk) -> str | None:
        """Reference of the package, found by its person where one is named."""
        if not self.person:
            return self.reference
        return next(row.reference for row in packages.list_packages(desk) if self.person in row.person)


def broker_stops(work: Path) -> tuple[Stop, ...]:
    """The broker's pages, in the order of her work; what has to be a file lies in the work folder."""
    return (
        Stop("today"),
        Stop("packages"),
        Stop("packages", "new"),
        Stop("packages", "import", then=lambda page: _look_at_referrals(page, work)),
        Stop("package", person="Larkspur"),
        Stop("package", "need", "Oldcastle"),
        Stop("package", "providers", "Oldcastle"),
        Stop("package", "invitations", "Aldwinkle"),
        Stop("package", "offers", "Larkspur"),
        Stop("package", "choice", "Larkspur"),
        Stop("package", "choice", "Larkspur", name="package-choice-face-to-face", then=_show_face),
        Stop("package", "route", "Carrowmore"),
        Stop("package", "award", "Carrowmore"),
        Stop("package", "award", "Carrowmore", name="package-award-check-answers", then=_check_answers),
        Stop("package", "letters", "Hallam-Oakes"),
        Stop("packages", "letters"),
        Stop("packages", "waiting"),
        Stop("providers"),
        Stop("reports"),
        Stop("reports", "learning"),
        Stop("reports", "workouts"),
        *(
            Stop("settings", name=f"settings-{key}", then=partial(_open_section, key))
            for key in (
                "look", "passphrase", "certificate", "signing", "officers", "levels", "authority", "rulebook",
                "backup",
            )
        ),
    )


def approver_stops() -> tuple[Stop, ...]:
    """What an approver sees."""
    return (Stop("today", name="today-approver"), Stop("package", "approval", "Wainfleet"))


def manager_stops(work: Path) -> tuple[Stop, ...]:
    """What a framework manager sees; what has to be a file lies in the work folder."""
    stories = places.resource("scenarios")
    return (
        Stop("frameworks"),
        Stop("frameworks", "rules"),
        Stop("providers", "import", then=lambda page: _look_at(page, _next_directory(stories, work))),
        Stop("frameworks", "import", then=lambda page: _look_at(page, stories / "framework.xlsx")),
    )


def walked_stops(walked: WalkedDesk) -> tuple[Stop, ...]:
    """The package that was walked to its end, and one of its letters checked."""
    reference = walked.reference
    return (
        Stop("package", reference=reference, name="walked-package"),
        Stop("package", "award", reference=reference, name="walked-award"),
        Stop("package", "letters", reference=reference, name="walked-letters"),
        Stop("reports", "verify", then=lambda page: _check_letter(page, walked.letters[0])),
    )


def _look_at_referrals(page: Page, work: Path) -> None:
    if isinstance(page, ReferralImportPage):
        file = work / "referrals.csv"
        file.write_text(_REFERRALS, encoding="utf-8")
        page.look_at(file)


def _next_directory(stories: Path, work: Path) -> Path:
    """The directory of a month later: ratings, a name and beds differ, and two values cannot be read."""
    told = (stories / "providers.csv").read_text(encoding="utf-8-sig")
    for was, becomes in _A_MONTH_LATER:
        told = told.replace(was, becomes, 1)
    file = work / "care-directory.csv"
    file.write_text(told, encoding="utf-8")
    return file


def _look_at(page: Page, file: Path) -> None:
    if isinstance(page, ImportPage):
        page.look_at(file)


def _check_letter(page: Page, letter: Path) -> None:
    if isinstance(page, VerifyPage):
        page.check(letter)


def _open_section(key: str, page: Page) -> None:
    if isinstance(page, SettingsPage):
        page.show_section(key)


def _show_face(page: Page) -> QWidget | None:
    """The options in big type, as they are shown to the person."""
    return page.deeds.face_dialog() if isinstance(page, ChoicePage) else None


def _check_answers(page: Page) -> None:
    """The exclusion check is recorded, so that nothing stops the award, and the answers are shown."""
    if not isinstance(page, AwardPage):
        return
    package = page.package
    with page.desk.reading() as unit:
        choice = journey.current_choice(unit, package.id)
    if choice is not None:
        awards.record_exclusion_check(
            page.desk, package_id=package.id, location_id=choice.location_id, checked_on=page.desk.today()
        )
    page.refresh()
    page.check_answers()
