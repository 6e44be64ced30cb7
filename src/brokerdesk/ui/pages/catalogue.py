"""Every page of an open desk by its key in the frame."""

from __future__ import annotations

from brokerdesk.ui.pages.approval_page import ApprovalPage
from brokerdesk.ui.pages.award_page import AwardPage
from brokerdesk.ui.pages.choice_page import ChoicePage
from brokerdesk.ui.pages.desk_page import DeskPage
from brokerdesk.ui.pages.frameworks_page import FrameworksPage
from brokerdesk.ui.pages.import_page import DirectoryImportPage, FrameworkImportPage
from brokerdesk.ui.pages.invitations_page import InvitationsPage
from brokerdesk.ui.pages.learning_page import LearningPage
from brokerdesk.ui.pages.letter_tray_page import LetterTrayPage
from brokerdesk.ui.pages.letters_page import LettersPage
from brokerdesk.ui.pages.need_page import NeedPage, NewNeedPage
from brokerdesk.ui.pages.offers_page import OffersPage
from brokerdesk.ui.pages.overview_page import OverviewPage
from brokerdesk.ui.pages.packages_page import PackagesPage
from brokerdesk.ui.pages.providers_page import ProvidersPage
from brokerdesk.ui.pages.referral_import_page import ReferralImportPage
from brokerdesk.ui.pages.reports_page import ReportsPage
from brokerdesk.ui.pages.route_page import RoutePage
from brokerdesk.ui.pages.rules_page import RulesPage
from brokerdesk.ui.pages.settings_page import SettingsPage
from brokerdesk.ui.pages.shortlist_page import ShortlistPage
from brokerdesk.ui.pages.today_page import TodayPage
from brokerdesk.ui.pages.verify_page import VerifyPage
from brokerdesk.ui.pages.waiting_page import WaitingPage
from brokerdesk.ui.pages.workouts_page import WorkoutsPage

PAGES: dict[str, type[DeskPage]] = {
    "today": TodayPage,
    "packages": PackagesPage,
    "packages/new": NewNeedPage,
    "packages/import": ReferralImportPage,
    "packages/letters": LetterTrayPage,
    "packages/waiting": WaitingPage,
    "package": OverviewPage,
    "package/need": NeedPage,
    "package/providers": ShortlistPage,
    "package/invitations": InvitationsPage,
    "package/offers": OffersPage,
    "package/choice": ChoicePage,
    "package/approval": ApprovalPage,
    "package/award": AwardPage,
    "package/letters": LettersPage,
    "package/route": RoutePage,
    "providers": ProvidersPage,
    "providers/import": DirectoryImportPage,
    "frameworks": FrameworksPage,
    "frameworks/import": FrameworkImportPage,
    "frameworks/rules": RulesPage,
    "settings": SettingsPage,
    "reports": ReportsPage,
    "reports/learning": LearningPage,
    "reports/workouts": WorkoutsPage,
    "reports/verify": VerifyPage,
}
"""Page by key: a place of the rail (`today`), a place's part (`packages/import`), or a package's step."""


def place_of(key: str) -> str:
    """The place of the rail that is lit while a page is in front."""
    place = key.partition("/")[0]
    return "packages" if place == "package" else place
