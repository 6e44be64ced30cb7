"""What the walk does of the council's own paper: its letterhead, and what an agreement says of both sides."""

from __future__ import annotations

from brokerdesk.core.domain.scenario import AwardTable, CouncilTable
from brokerdesk.core.services import agreement_details, templates
from brokerdesk.core.services.desk import Desk


def head_letters(manager: Desk, table: CouncilTable | None) -> tuple[str, ...]:
    """Keep the council's letterhead from the walk's first day on; a sentence each."""
    if table is None:
        return ()
    templates.keep_letterhead(
        manager, address=table.address, from_on=manager.today(), team=table.team, phone=table.phone,
        email=table.email, complaints=table.complaints, emergency=table.emergency,
        invoices_to=table.invoices_to,
    )  # fmt: skip
    return ("Letterhead kept",)


def keep_details(desk: Desk, package_id: str, table: AwardTable) -> tuple[str, ...]:
    """Keep what finance and the provider told for the agreement; a sentence each."""
    if not table.has_details:
        return ()
    agreement_details.keep_agreement_details(
        desk, package_id=package_id, purchase_order=table.purchase_order, cost_centre=table.cost_centre,
        subjective_code=table.subjective_code, out_of_hours=table.out_of_hours,
    )  # fmt: skip
    return ("Details of the agreement kept",)
