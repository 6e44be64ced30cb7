"""The council that tests of pages work with stands, step by step."""

from __future__ import annotations

from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.services.desk import Desk
from council_sample import approve_elsewhere, record_need


def test_the_sample_need_costs_what_the_worked_example_says(demo_desk: Desk) -> None:
    package = record_need(demo_desk)
    assert str(package.carer_hours) == "35.00"
    assert package.weekly_cost is not None
    assert package.weekly_cost.shown == "£843.50"


def test_the_sample_package_reaches_an_approval(demo_desk: Desk) -> None:
    package = record_need(demo_desk)
    approve_elsewhere(demo_desk, package)
    with demo_desk.reading() as unit:
        assert unit.of(Package).get(package.id).status is PackageStatus.APPROVED
