"""The first schema: every table of the journey from need to signed letter."""

from __future__ import annotations

from alembic import op

from brokerdesk.core.store.migrations.columns import binary, count, flag, number, text, whole

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table and index."""
    op.create_table(
        "approval", count("order", key=True), text("id", unique=True), text("package_id"),
        text("choice_id"), text("decision"), text("approver_name"),
        text("approver_id", blank=True), text("recorded_by", blank=True), text("evidence"),
        text("decided_on"), whole("annual_cost"), whole("limit", blank=True), text("comment"),
        text("made_at"), flag("is_current"), whole("version"),
    )
    op.create_index("ix_approval_approver_id", "approval", ["approver_id"])
    op.create_index("ix_approval_choice_id", "approval", ["choice_id"])
    op.create_index("ix_approval_package_id", "approval", ["package_id"])
    op.create_table(
        "approval_limit", count("order", key=True), text("id", unique=True), text("officer_id"),
        text("officer_name"), text("from_on"), whole("limit", blank=True), whole("version"),
    )
    op.create_index("ix_approval_limit_officer_id", "approval_limit", ["officer_id"])
    op.create_table(
        "authority", count("order", key=True), text("id", unique=True), text("name"),
        text("address"), text("contact"), flag("is_demo"), whole("version"),
    )
    op.create_table(
        "award", count("order", key=True), text("id", unique=True), text("package_id"),
        text("round_id"), text("offer_id"), text("choice_id"), text("approval_id"),
        text("location_id"), text("provider_id"), text("provider"), text("cohort"),
        text("framework_id"), text("framework_reference"), text("lot"), text("method"),
        whole("tier", blank=True), text("facts"), text("gate"), whole("weekly_cost"),
        whole("annual_cost"), text("starts_on"), text("ends_on", blank=True),
        text("exclusion_checked_on"), text("activity"), text("rating", blank=True),
        text("directory_dated_on", blank=True), text("made_at"), text("made_by"),
        text("withdrawn_at", blank=True), text("withdrawn_reason"), whole("version"),
    )
    op.create_index("ix_award_approval_id", "award", ["approval_id"])
    op.create_index("ix_award_choice_id", "award", ["choice_id"])
    op.create_index("ix_award_framework_id", "award", ["framework_id"])
    op.create_index("ix_award_location_id", "award", ["location_id"])
    op.create_index("ix_award_offer_id", "award", ["offer_id"])
    op.create_index("ix_award_package_id", "award", ["package_id"])
    op.create_index("ix_award_provider_id", "award", ["provider_id"])
    op.create_index("ix_award_round_id", "award", ["round_id"])
    op.create_table(
        "choice", count("order", key=True), text("id", unique=True), text("package_id"),
        text("round_id"), text("offer_id"), text("location_id"), text("provider"), text("by"),
        text("authority"), text("reason"), text("options"), text("single_option_reason"),
        text("top_up", blank=True), text("made_at"), text("officer_id"), flag("is_current"),
        whole("version"),
    )
    op.create_index("ix_choice_location_id", "choice", ["location_id"])
    op.create_index("ix_choice_offer_id", "choice", ["offer_id"])
    op.create_index("ix_choice_officer_id", "choice", ["officer_id"])
    op.create_index("ix_choice_package_id", "choice", ["package_id"])
    op.create_index("ix_choice_round_id", "choice", ["round_id"])
    op.create_table(
        "decline", count("order", key=True), text("id", unique=True), text("round_id"),
        text("invitation_id"), text("package_id"), text("location_id"), text("provider"),
        text("received_at"), flag("is_late"), text("code"), text("note"), whole("version"),
    )
    op.create_index("ix_decline_invitation_id", "decline", ["invitation_id"])
    op.create_index("ix_decline_location_id", "decline", ["location_id"])
    op.create_index("ix_decline_package_id", "decline", ["package_id"])
    op.create_index("ix_decline_round_id", "decline", ["round_id"])
    op.create_table(
        "device", text("code", key=True), whole("next_number"),
    )
    op.create_table(
        "draft", count("order", key=True), text("id", unique=True), text("officer_id"),
        text("saved_at"), text("content"), whole("version"),
    )
    op.create_index("ix_draft_officer_id", "draft", ["officer_id"])
    op.create_table(
        "exclusion_check", count("order", key=True), text("id", unique=True), text("package_id"),
        text("location_id"), text("checked_on"), text("outcome"), text("note"),
        text("officer_id"), whole("version"),
    )
    op.create_index("ix_exclusion_check_location_id", "exclusion_check", ["location_id"])
    op.create_index("ix_exclusion_check_officer_id", "exclusion_check", ["officer_id"])
    op.create_index("ix_exclusion_check_package_id", "exclusion_check", ["package_id"])
    op.create_table(
        "fact_source", count("number", key=True), text("file_sha256"), text("dated_on"),
    )
    op.create_table(
        "filed_letter", count("order", key=True), text("id", unique=True), text("package_id"),
        text("award_id"), whole("number"), text("kind"), text("location_id"),
        text("addressee"), text("status"), text("letter"), text("prepared_at"),
        text("issued_at", blank=True), text("issued_by"), text("sha256"), text("short_code"),
        binary("pdf"), whole("version"),
    )
    op.create_index("ix_filed_letter_award_id", "filed_letter", ["award_id"])
    op.create_index("ix_filed_letter_location_id", "filed_letter", ["location_id"])
    op.create_index("ix_filed_letter_package_id", "filed_letter", ["package_id"])
    op.create_table(
        "framework", count("order", key=True), text("id", unique=True), text("reference"),
        whole("edition"), text("name"), text("kind"), text("regime"), text("first_trigger_on"),
        text("starts_on"), text("ends_on"), text("extension_ends_on", blank=True),
        flag("extension_taken"), text("rounding"), whole("response_hours_standard", blank=True),
        whole("response_hours_urgent", blank=True), text("weights"), text("lots"),
        text("zones"), text("terms"), whole("version"),
    )
    op.create_index("ix_framework_reference", "framework", ["reference"])
    op.create_table(
        "imported_file", count("order", key=True), text("id", unique=True), text("kind"),
        text("name"), text("layout"), text("dated_on"), text("imported_at"),
        text("officer_id"), whole("new"), whole("changed"), whole("same"), whole("bad"),
        whole("skipped"), whole("version"),
    )
    op.create_index("ix_imported_file_officer_id", "imported_file", ["officer_id"])
    op.create_table(
        "invitation", count("order", key=True), text("id", unique=True), text("round_id"),
        text("package_id"), text("member_id"), text("location_id"), text("provider"),
        text("contact_name"), text("contact_email"), whole("tier", blank=True), whole("rank"),
        text("status"), text("invited_at", blank=True), text("answer_by", blank=True),
        text("sheet_sha256"), text("identity_checked_at", blank=True), whole("version"),
    )
    op.create_index("ix_invitation_location_id", "invitation", ["location_id"])
    op.create_index("ix_invitation_member_id", "invitation", ["member_id"])
    op.create_index("ix_invitation_package_id", "invitation", ["package_id"])
    op.create_index("ix_invitation_round_id", "invitation", ["round_id"])
    op.create_table(
        "location", text("location_id", key=True), text("provider_id", blank=True),
        text("location_name", blank=True), text("provider_name", blank=True),
        text("address_lines", blank=True), text("postcode", blank=True),
        number("latitude", blank=True), number("longitude", blank=True),
        text("local_authority", blank=True), text("region", blank=True),
        text("phone", blank=True), text("website", blank=True),
        flag("is_registered", blank=True), text("deregistered_on", blank=True),
        text("registered_on", blank=True), flag("is_dormant", blank=True),
        flag("is_care_home", blank=True), text("sector", blank=True),
        text("category", blank=True), text("service_types", blank=True),
        text("regulated_activities", blank=True), text("specialisms", blank=True),
        text("rating", blank=True), text("rating_on", blank=True), whole("beds", blank=True),
        text("company_number", blank=True), text("charity_number", blank=True),
        text("ods_code", blank=True), text("uprn", blank=True), text("brand", blank=True),
        text("origins"), text("search_text"), whole("version"),
    )
    op.create_index("ix_location_postcode", "location", ["postcode"])
    op.create_index("ix_location_provider_id", "location", ["provider_id"])
    op.create_table(
        "member", count("order", key=True), text("id", unique=True), text("framework_id"),
        text("location_id"), text("provider_id"), text("provider"), text("lot"),
        text("zone", blank=True), whole("tier", blank=True), whole("rank", blank=True),
        text("quality", blank=True), text("capacity", blank=True),
        text("capacity_unit", blank=True), text("contact_name"), text("contact_email"),
        text("needs"), whole("version"),
    )
    op.create_index("ix_member_framework_id", "member", ["framework_id"])
    op.create_index("ix_member_location_id", "member", ["location_id"])
    op.create_index("ix_member_provider_id", "member", ["provider_id"])
    op.create_table(
        "offer", count("order", key=True), text("id", unique=True), text("round_id"),
        text("invitation_id"), text("package_id"), text("location_id"), text("provider"),
        text("received_at"), flag("is_late"), whole("rate", blank=True), text("rates"),
        text("starts_on"), text("quality", blank=True), text("continuity", blank=True),
        text("distance_miles", blank=True), text("visits_offered"), text("note"),
        whole("weekly_cost"), text("scored_price"), whole("ceiling", blank=True),
        flag("is_above_ceiling"), whole("version"),
    )
    op.create_index("ix_offer_invitation_id", "offer", ["invitation_id"])
    op.create_index("ix_offer_location_id", "offer", ["location_id"])
    op.create_index("ix_offer_package_id", "offer", ["package_id"])
    op.create_index("ix_offer_round_id", "offer", ["round_id"])
    op.create_table(
        "officer", count("order", key=True), text("id", unique=True), text("name"),
        text("roles"), text("post"), text("email"), whole("version"),
    )
    op.create_table(
        "package", count("order", key=True), text("id", unique=True), text("reference"),
        text("need"), text("status"), text("framework_id", blank=True), text("created_at"),
        text("created_by"), whole("weekly_cost", blank=True), text("carer_hours", blank=True),
        whole("version"),
    )
    op.create_index("ix_package_framework_id", "package", ["framework_id"])
    op.create_index("ix_package_reference", "package", ["reference"])
    op.create_table(
        "position", text("postcode", key=True), text("outcode"), number("latitude"),
        number("longitude"),
    )
    op.create_index("ix_position_outcode", "position", ["outcode"])
    op.create_table(
        "rate_line", count("order", key=True), text("id", unique=True), text("framework_id"),
        text("location_id"), text("lot"), text("zone", blank=True),
        whole("band_minutes", blank=True), whole("rate"), text("from_on", blank=True),
        whole("version"),
    )
    op.create_index("ix_rate_line_framework_id", "rate_line", ["framework_id"])
    op.create_index("ix_rate_line_location_id", "rate_line", ["location_id"])
    op.create_table(
        "register_details", whole("number", key=True), text("salt"), text("content"),
    )
    op.create_table(
        "register_entry", whole("number", key=True), text("device"), text("at"),
        text("officer_id"), text("officer"), text("act"), text("rules"), text("details_hash"),
        text("previous"), text("hash"),
    )
    op.create_table(
        "round", count("order", key=True), text("id", unique=True), text("package_id"),
        text("framework_id"), text("shortlist_id"), whole("number"), text("asking"),
        text("opened_at"), text("closes_at"), whole("closes_after_hours"), text("weights"),
        text("status"), whole("version"),
    )
    op.create_index("ix_round_framework_id", "round", ["framework_id"])
    op.create_index("ix_round_package_id", "round", ["package_id"])
    op.create_index("ix_round_shortlist_id", "round", ["shortlist_id"])
    op.create_table(
        "shortlist", count("order", key=True), text("id", unique=True), text("package_id"),
        text("framework_id"), text("made_at"), text("lot"), text("included"), text("excluded"),
        text("inputs"), whole("version"),
    )
    op.create_index("ix_shortlist_framework_id", "shortlist", ["framework_id"])
    op.create_index("ix_shortlist_package_id", "shortlist", ["package_id"])
    op.create_table(
        "step_time", count("order", key=True), text("id", unique=True), text("package_id"),
        text("step"), text("at"), text("officer_id"), text("words"), whole("version"),
    )
    op.create_index("ix_step_time_officer_id", "step_time", ["officer_id"])
    op.create_index("ix_step_time_package_id", "step_time", ["package_id"])
    op.create_table(
        "suspension", count("order", key=True), text("id", unique=True), text("framework_id"),
        text("location_id"), text("scope"), text("from_on"), text("to_on", blank=True),
        text("reason"), text("lifted_at", blank=True), whole("version"),
    )
    op.create_index("ix_suspension_framework_id", "suspension", ["framework_id"])
    op.create_index("ix_suspension_location_id", "suspension", ["location_id"])
