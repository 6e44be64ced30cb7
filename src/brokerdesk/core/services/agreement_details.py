"""Details that an agreement prints once they are known: purchase order, codes, the provider out of hours."""

from __future__ import annotations

from dataclasses import replace

from brokerdesk.core.domain.agreement_details import AgreementDetails, line_of
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk


def details_in(unit: UnitOfWork, package_id: str) -> AgreementDetails | None:
    """What is known for a package's agreement; none where nothing was told yet."""
    return next(iter(unit.of(AgreementDetails).find(package_id=package_id, is_current=True)), None)


def details_of(desk: Desk, package_id: str) -> AgreementDetails | None:
    """The same, for the screen."""
    with desk.reading() as unit:
        return details_in(unit, package_id)


@act("agreement_details_kept", words="keep the details of an agreement", by=(Role.BROKER,))
def keep_agreement_details(
    work: Work, *, package_id: str, purchase_order: str = "", cost_centre: str = "",
    subjective_code: str = "", out_of_hours: str = "",
) -> AgreementDetails:  # fmt: skip
    """Keep what finance and the provider told; letters written from now on print it. Source: R148.

    A letter that is issued already says it by a correction.

    Args:
        work: the act.
        package_id: whose agreement.
        purchase_order: its number; blank while it is not known.
        cost_centre: the council's own code.
        subjective_code: the council's own code.
        out_of_hours: whom to call at the provider at night and at weekends.

    Raises:
        RuleError: one of them does not fit on a line.
    """
    package = work.of(Package).get(package_id)
    made = AgreementDetails(
        id=work.new_id(), package_id=package.id, purchase_order=line_of("purchase order", purchase_order),
        cost_centre=line_of("cost centre", cost_centre),
        subjective_code=line_of("subjective code", subjective_code),
        out_of_hours=line_of("out-of-hours contact", out_of_hours), made_at=work.at,
        officer_id=work.officer.id,
    )  # fmt: skip
    for held in work.of(AgreementDetails).find(package_id=package.id, is_current=True):
        work.of(AgreementDetails).replace(replace(held, is_current=False))
    work.of(AgreementDetails).add(made)
    work.cite("R148")
    work.note(reference=package.reference)
    told = f"purchase order {made.purchase_order}" if made.purchase_order else "no purchase order yet"
    journey.stamp(work, package.id, Step.AWARD, f"Details of the agreement kept: {told}")
    return made
