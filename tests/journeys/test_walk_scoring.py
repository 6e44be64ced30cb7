"""A framework that asks for two officers who score apart walks to its letters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from brokerdesk.core.domain.evaluation import AgreedScore, QualityScore
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.framework_rules import FrameworkRules
from brokerdesk.core.domain.scenario import Station
from brokerdesk.core.domain.scenario_check import scenario_of
from brokerdesk.core.services.walk import Walked, go_on
from journeys.walks import SCENARIOS, open_stage, tables


def test_home_care_scored_by_two_officers_comes_to_its_choice(tmp_path: Path) -> None:
    scenario = scenario_of(tables("home_care"))
    with open_stage(tmp_path / "desk", scenario) as stage:
        walked = Walked(scenario)
        go_on(walked, SCENARIOS, stage, until=Station.DESK)
        broker = stage.as_officer(scenario.officers.broker)
        with broker.units.writing() as unit:
            (held,) = unit.of(Framework).find()
            unit.of(Framework).replace(replace(held, rules=FrameworkRules(scorers=2)))
            unit.commit()
        walked.station = Station.NEED
        go_on(walked, SCENARIOS, stage, until=Station.CHOICE)
        with broker.reading() as unit:
            scores, agreed = unit.of(QualityScore).find(), unit.of(AgreedScore).find()
        assert len({score.officer_id for score in scores}) == 2
        assert sorted({score.points for score in agreed if score.criterion == "quality"}) == [70, 82, 88]
        assert "The scores were agreed" in walked.steps
