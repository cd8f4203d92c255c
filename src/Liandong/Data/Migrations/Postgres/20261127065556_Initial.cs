using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Liandong.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "absences",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    cover = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_absences", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "access_grants",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    @case = table.Column<Guid>(name: "case", type: "uuid", nullable: true),
                    party = table.Column<Guid>(type: "uuid", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    with_files = table.Column<bool>(type: "boolean", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: false),
                    given_by = table.Column<string>(type: "text", nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_by = table.Column<string>(type: "text", nullable: false),
                    revoke_reason = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_grants", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    user_name = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: false),
                    password_changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    former_passwords = table.Column<string>(type: "text", nullable: false),
                    totp_secret = table.Column<string>(type: "text", nullable: false),
                    recovery_codes = table.Column<string>(type: "text", nullable: false),
                    disabled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    disabled_reason = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "assistance_requests",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_of = table.Column<Guid>(type: "uuid", nullable: false),
                    by_bureau = table.Column<bool>(type: "boolean", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    asked = table.Column<string>(type: "text", nullable: false),
                    about = table.Column<string>(type: "text", nullable: false),
                    about_text = table.Column<string>(type: "text", nullable: false),
                    about_id = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_by = table.Column<string>(type: "text", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<string>(type: "text", nullable: false),
                    answer = table.Column<string>(type: "text", nullable: false),
                    refusal_basis = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assistance_requests", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "attachments",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    matter = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sm3 = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: false),
                    original_on = table.Column<DateOnly>(type: "date", nullable: true),
                    note = table.Column<string>(type: "text", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: true),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    entry = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attachments", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "calendar_feeds",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    organ = table.Column<Guid>(type: "uuid", nullable: true),
                    digest = table.Column<string>(type: "text", nullable: false),
                    @sealed = table.Column<string>(name: "sealed", type: "text", nullable: false),
                    renewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_feeds", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "calendar_notices",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    json = table.Column<string>(type: "text", nullable: false),
                    imported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    imported_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    version_after = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_notices", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "calendar_overlay_days",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    is_workday = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_overlay_days", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "case_counts",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    pushed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    cases = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_counts", x => new { x.district, x.decided_on, x.item, x.pushed_on });
                });

            migrationBuilder.CreateTable(
                name: "cases",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    item_code = table.Column<string>(type: "text", nullable: false),
                    item_name = table.Column<string>(type: "text", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    party_name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    division = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    backfilled = table.Column<bool>(type: "boolean", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    stage = table.Column<string>(type: "text", nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    accepted_despite = table.Column<string>(type: "text", nullable: false),
                    decided_despite = table.Column<string>(type: "text", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decision = table.Column<string>(type: "text", nullable: true),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decision_number = table.Column<string>(type: "text", nullable: false),
                    decision_content = table.Column<string>(type: "text", nullable: false),
                    opinion = table.Column<string>(type: "text", nullable: false),
                    approver = table.Column<string>(type: "text", nullable: false),
                    pushed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    permit = table.Column<Guid>(type: "uuid", nullable: true),
                    permit_number = table.Column<string>(type: "text", nullable: false),
                    materials = table.Column<string>(type: "text", nullable: false),
                    conditions = table.Column<string>(type: "text", nullable: false),
                    promises = table.Column<string>(type: "text", nullable: false),
                    supplement = table.Column<string>(type: "text", nullable: false),
                    supplement_asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    supplied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    suspensions = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cases", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "chain_heads",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    directory = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chain_heads", x => x.district);
                });

            migrationBuilder.CreateTable(
                name: "circular_notices",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    letter = table.Column<Guid>(type: "uuid", nullable: false),
                    @case = table.Column<Guid>(name: "case", type: "uuid", nullable: true),
                    party = table.Column<Guid>(type: "uuid", nullable: true),
                    about_title = table.Column<string>(type: "text", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    drafted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_circular_notices", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "competence_disputes",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    push = table.Column<Guid>(type: "uuid", nullable: true),
                    push_number = table.Column<string>(type: "text", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    item_name = table.Column<string>(type: "text", nullable: false),
                    division = table.Column<string>(type: "text", nullable: false),
                    question = table.Column<string>(type: "text", nullable: false),
                    opened_by = table.Column<Guid>(type: "uuid", nullable: false),
                    opened_by_person = table.Column<Guid>(type: "uuid", nullable: true),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ruled_for = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: true),
                    register_division = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_competence_disputes", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "conclusions",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    drafted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    issued_by = table.Column<string>(type: "text", nullable: false),
                    despite_reason = table.Column<string>(type: "text", nullable: false),
                    minutes = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conclusions", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "conference_seats",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    group = table.Column<Guid>(type: "uuid", nullable: true),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conference_seats", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "consultation_views",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    stance = table.Column<string>(type: "text", nullable: false),
                    grounds = table.Column<string>(type: "text", nullable: false),
                    conditions = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    reply = table.Column<Guid>(type: "uuid", nullable: true),
                    reply_number = table.Column<string>(type: "text", nullable: false),
                    paper = table.Column<Guid>(type: "uuid", nullable: true),
                    speaker = table.Column<string>(type: "text", nullable: false),
                    witness = table.Column<string>(type: "text", nullable: false),
                    given_on = table.Column<DateOnly>(type: "date", nullable: true),
                    recorded_by_asker = table.Column<bool>(type: "boolean", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    in_force_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    weighed = table.Column<string>(type: "text", nullable: true),
                    weighing_reason = table.Column<string>(type: "text", nullable: false),
                    weighed_by = table.Column<string>(type: "text", nullable: false),
                    weighed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consultation_views", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "consultations",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    question = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    asked_in = table.Column<string>(type: "text", nullable: false),
                    widened_to = table.Column<string>(type: "text", nullable: true),
                    started_by = table.Column<Guid>(type: "uuid", nullable: false),
                    started_by_person = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    about_kind = table.Column<string>(type: "text", nullable: false),
                    about_id = table.Column<Guid>(type: "uuid", nullable: true),
                    about_number = table.Column<string>(type: "text", nullable: false),
                    about_title = table.Column<string>(type: "text", nullable: false),
                    answer_by = table.Column<DateOnly>(type: "date", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    letter = table.Column<Guid>(type: "uuid", nullable: true),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    escalated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    escalation_reason = table.Column<string>(type: "text", nullable: false),
                    concluded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consultations", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "consulted_organs",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    consultation = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_by = table.Column<string>(type: "text", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    added_because = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consulted_organs", x => new { x.district, x.consultation, x.organ });
                });

            migrationBuilder.CreateTable(
                name: "countersignatures",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    conclusion = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    agreed = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_countersignatures", x => new { x.district, x.conclusion, x.organ });
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "decision_items",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation = table.Column<Guid>(type: "uuid", nullable: true),
                    meeting = table.Column<Guid>(type: "uuid", nullable: true),
                    conclusion = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    assisting = table.Column<string>(type: "text", nullable: false),
                    group = table.Column<Guid>(type: "uuid", nullable: true),
                    group_name = table.Column<string>(type: "text", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decision_items", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "decision_reports",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    decision = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    accepted = table.Column<bool>(type: "boolean", nullable: true),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    judged_by = table.Column<string>(type: "text", nullable: false),
                    judged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decision_reports", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "dispute_parties",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    dispute = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dispute_parties", x => new { x.district, x.dispute, x.organ });
                });

            migrationBuilder.CreateTable(
                name: "dispute_statements",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dispute = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dispute_statements", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "district_limits",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    limit = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_district_limits", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "district_settings",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    close_of_business = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    deemed_receipt = table.Column<bool>(type: "boolean", nullable: false),
                    is_sample = table.Column<bool>(type: "boolean", nullable: false),
                    bureau_founded_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_district_settings", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "document_answers",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    document = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    reply = table.Column<Guid>(type: "uuid", nullable: true),
                    reply_number = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_answers", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "document_issuers",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    document = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    was_asked = table.Column<bool>(type: "boolean", nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    sealed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_issuers", x => new { x.district, x.document, x.organ });
                });

            migrationBuilder.CreateTable(
                name: "document_remarks",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    document = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    block = table.Column<int>(type: "integer", nullable: false),
                    quote = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    proposed = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    answer = table.Column<string>(type: "text", nullable: false),
                    settled_by = table.Column<string>(type: "text", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_remarks", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "document_services",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    document = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    is_copy = table.Column<bool>(type: "boolean", nullable: false),
                    served_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answer_asked = table.Column<bool>(type: "boolean", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_by = table.Column<string>(type: "text", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_services", x => new { x.district, x.document, x.organ });
                });

            migrationBuilder.CreateTable(
                name: "document_versions",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    document = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_versions", x => new { x.district, x.document, x.revision });
                });

            migrationBuilder.CreateTable(
                name: "drafts",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    form = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_drafts", x => new { x.district, x.person, x.form });
                });

            migrationBuilder.CreateTable(
                name: "duties",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    clause = table.Column<string>(type: "text", nullable: false),
                    breach_clause = table.Column<string>(type: "text", nullable: false),
                    owed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    owed_by_section = table.Column<Guid>(type: "uuid", nullable: true),
                    owed_by_person = table.Column<Guid>(type: "uuid", nullable: true),
                    owed_to = table.Column<Guid>(type: "uuid", nullable: true),
                    owed_to_label = table.Column<string>(type: "text", nullable: false),
                    subject_kind = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_number = table.Column<string>(type: "text", nullable: false),
                    subject_title = table.Column<string>(type: "text", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_on = table.Column<DateOnly>(type: "date", nullable: false),
                    limit = table.Column<string>(type: "text", nullable: false),
                    local_number = table.Column<bool>(type: "boolean", nullable: false),
                    given_day = table.Column<DateOnly>(type: "date", nullable: true),
                    given_time = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    half_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    eighty_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    provisional = table.Column<bool>(type: "boolean", nullable: false),
                    calendar_version = table.Column<string>(type: "text", nullable: false),
                    explanation = table.Column<string>(type: "text", nullable: false),
                    pauses = table.Column<string>(type: "text", nullable: false),
                    extensions = table.Column<string>(type: "text", nullable: false),
                    changes = table.Column<string>(type: "text", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_how = table.Column<string>(type: "text", nullable: true),
                    close_reason = table.Column<string>(type: "text", nullable: false),
                    closed_by_entry = table.Column<long>(type: "bigint", nullable: true),
                    breached_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    overrun_reason = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duties", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "duty_reminders",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    duty = table.Column<Guid>(type: "uuid", nullable: false),
                    rung = table.Column<string>(type: "text", nullable: false),
                    @for = table.Column<DateOnly>(name: "for", type: "date", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    told = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_reminders", x => new { x.district, x.duty, x.rung, x.@for });
                });

            migrationBuilder.CreateTable(
                name: "enforcements",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    push = table.Column<Guid>(type: "uuid", nullable: false),
                    check = table.Column<Guid>(type: "uuid", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    to = table.Column<Guid>(type: "uuid", nullable: false),
                    to_section = table.Column<Guid>(type: "uuid", nullable: true),
                    facts = table.Column<string>(type: "text", nullable: false),
                    handed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    handed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    handed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    is_open = table.Column<bool>(type: "boolean", nullable: false),
                    is_penalised = table.Column<bool>(type: "boolean", nullable: false),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    claimed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    closing = table.Column<string>(type: "text", nullable: true),
                    closing_note = table.Column<string>(type: "text", nullable: false),
                    hand_over_entry = table.Column<long>(type: "bigint", nullable: false),
                    claim_entry = table.Column<long>(type: "bigint", nullable: false),
                    closing_entry = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enforcements", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "feedbacks",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    push = table.Column<Guid>(type: "uuid", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    party_name = table.Column<string>(type: "text", nullable: false),
                    item_name = table.Column<string>(type: "text", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    supervisor = table.Column<Guid>(type: "uuid", nullable: false),
                    to = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    about = table.Column<Guid>(type: "uuid", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    occurred_on = table.Column<DateOnly>(type: "date", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    late = table.Column<bool>(type: "boolean", nullable: false),
                    needs_weighing = table.Column<bool>(type: "boolean", nullable: false),
                    permit = table.Column<Guid>(type: "uuid", nullable: true),
                    revokes_permit = table.Column<bool>(type: "boolean", nullable: false),
                    is_acknowledged = table.Column<bool>(type: "boolean", nullable: false),
                    awaits_outcome = table.Column<bool>(type: "boolean", nullable: false),
                    acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    acknowledged_by = table.Column<Guid>(type: "uuid", nullable: true),
                    effect = table.Column<string>(type: "text", nullable: true),
                    effect_reason = table.Column<string>(type: "text", nullable: false),
                    effect_until = table.Column<DateOnly>(type: "date", nullable: true),
                    effect_lifted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    effect_lifted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    lift_reason = table.Column<string>(type: "text", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    outcome_on = table.Column<DateOnly>(type: "date", nullable: true),
                    outcome_document = table.Column<string>(type: "text", nullable: false),
                    outcome_note = table.Column<string>(type: "text", nullable: false),
                    outcome_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome_by = table.Column<Guid>(type: "uuid", nullable: true),
                    entry = table.Column<long>(type: "bigint", nullable: false),
                    acknowledged_entry = table.Column<long>(type: "bigint", nullable: false),
                    lifted_entry = table.Column<long>(type: "bigint", nullable: false),
                    outcome_entry = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedbacks", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "freeze_requests",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    bureau = table.Column<Guid>(type: "uuid", nullable: false),
                    @case = table.Column<Guid>(name: "case", type: "uuid", nullable: true),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    party_name = table.Column<string>(type: "text", nullable: false),
                    case_number = table.Column<string>(type: "text", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: false),
                    letter = table.Column<Guid>(type: "uuid", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    in_force_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lifted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lifted_by = table.Column<string>(type: "text", nullable: false),
                    lift_reason = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_freeze_requests", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "group_members",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    group = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_members", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "group_steps",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    group = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    milestone = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    office = table.Column<Guid>(type: "uuid", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    first_due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    reported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_steps", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "incoming_papers",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<string>(type: "text", nullable: false),
                    original_number = table.Column<string>(type: "text", nullable: false),
                    original_date = table.Column<DateOnly>(type: "date", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    received_on = table.Column<DateOnly>(type: "date", nullable: false),
                    registered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    registered_on = table.Column<DateOnly>(type: "date", nullable: false),
                    registered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    in_reply_to = table.Column<Guid>(type: "uuid", nullable: true),
                    about_kind = table.Column<string>(type: "text", nullable: false),
                    about_id = table.Column<Guid>(type: "uuid", nullable: true),
                    about_number = table.Column<string>(type: "text", nullable: false),
                    about_title = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incoming_papers", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "issuer_removals",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    document = table.Column<Guid>(type: "uuid", nullable: false),
                    host = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_issuer_removals", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "items",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    code_scheme = table.Column<string>(type: "text", nullable: false),
                    other_codes = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    main_item = table.Column<string>(type: "text", nullable: false),
                    initials = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    level = table.Column<string>(type: "text", nullable: false),
                    legal_basis = table.Column<string>(type: "text", nullable: false),
                    power_source = table.Column<string>(type: "text", nullable: false),
                    body_name = table.Column<string>(type: "text", nullable: false),
                    body_code = table.Column<string>(type: "text", nullable: false),
                    body_code_flag = table.Column<string>(type: "text", nullable: false),
                    handling = table.Column<string>(type: "text", nullable: false),
                    statutory_days = table.Column<int>(type: "integer", nullable: false),
                    statutory_note = table.Column<string>(type: "text", nullable: false),
                    promised_days = table.Column<int>(type: "integer", nullable: false),
                    special_procedure = table.Column<string>(type: "text", nullable: false),
                    inspection_suspends = table.Column<bool>(type: "boolean", nullable: false),
                    result_name = table.Column<string>(type: "text", nullable: false),
                    result_kind = table.Column<string>(type: "text", nullable: false),
                    validity_months = table.Column<int>(type: "integer", nullable: true),
                    former_organ = table.Column<Guid>(type: "uuid", nullable: true),
                    bureau_section = table.Column<Guid>(type: "uuid", nullable: true),
                    claim_days = table.Column<int>(type: "integer", nullable: true),
                    annual_report = table.Column<bool>(type: "boolean", nullable: false),
                    served_parties = table.Column<string>(type: "text", nullable: false),
                    visits = table.Column<int>(type: "integer", nullable: true),
                    quota = table.Column<string>(type: "text", nullable: false),
                    charges = table.Column<bool>(type: "boolean", nullable: false),
                    fee_basis = table.Column<string>(type: "text", nullable: false),
                    intermediary_service = table.Column<string>(type: "text", nullable: false),
                    joint_organs = table.Column<string>(type: "text", nullable: false),
                    own_system = table.Column<string>(type: "text", nullable: false),
                    own_system_network = table.Column<string>(type: "text", nullable: false),
                    remedy = table.Column<string>(type: "text", nullable: false),
                    materials = table.Column<string>(type: "text", nullable: false),
                    conditions = table.Column<string>(type: "text", nullable: false),
                    steps = table.Column<string>(type: "text", nullable: false),
                    inspection_classes = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: false),
                    stand_in_for = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_items", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "ledger_cursors",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    reader = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_cursors", x => new { x.district, x.reader });
                });

            migrationBuilder.CreateTable(
                name: "ledger_entries",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    act = table.Column<string>(type: "text", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    organ = table.Column<Guid>(type: "uuid", nullable: true),
                    on_behalf_of = table.Column<Guid>(type: "uuid", nullable: true),
                    channel = table.Column<string>(type: "text", nullable: false),
                    subject_kind = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_title = table.Column<string>(type: "text", nullable: false),
                    clause = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    previous_hash = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_entries", x => new { x.district, x.number });
                });

            migrationBuilder.CreateTable(
                name: "ledger_seals",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    signature = table.Column<string>(type: "text", nullable: false),
                    key_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_seals", x => new { x.district, x.number });
                });

            migrationBuilder.CreateTable(
                name: "liaison_appointments",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    slot = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    letter = table.Column<string>(type: "text", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    end_reason = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_liaison_appointments", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "machine_clients",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<string>(type: "text", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    scopes = table.Column<string>(type: "text", nullable: false),
                    secret_digest = table.Column<string>(type: "text", nullable: false),
                    secret_set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    disabled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_machine_clients", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "meeting_invitees",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    meeting = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    is_observer = table.Column<bool>(type: "boolean", nullable: false),
                    invited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    studied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    studied_by = table.Column<string>(type: "text", nullable: false),
                    view = table.Column<string>(type: "text", nullable: false),
                    announced = table.Column<string>(type: "text", nullable: false),
                    presence = table.Column<string>(type: "text", nullable: false),
                    names = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meeting_invitees", x => new { x.district, x.meeting, x.organ });
                });

            migrationBuilder.CreateTable(
                name: "meeting_minutes",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    meeting = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    drafted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    issued_by = table.Column<string>(type: "text", nullable: false),
                    despite_reason = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meeting_minutes", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "meeting_topics",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    urgency = table.Column<string>(type: "text", nullable: false),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    to = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation = table.Column<Guid>(type: "uuid", nullable: true),
                    group = table.Column<Guid>(type: "uuid", nullable: true),
                    group_name = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    weighed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    meeting = table.Column<Guid>(type: "uuid", nullable: true),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meeting_topics", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "meetings",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    prepared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    series = table.Column<Guid>(type: "uuid", nullable: false),
                    follows = table.Column<Guid>(type: "uuid", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    place = table.Column<string>(type: "text", nullable: false),
                    every = table.Column<string>(type: "text", nullable: false),
                    groups = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_by = table.Column<string>(type: "text", nullable: false),
                    opinion = table.Column<string>(type: "text", nullable: false),
                    agreed_on_paper = table.Column<string>(type: "text", nullable: false),
                    deputy = table.Column<Guid>(type: "uuid", nullable: true),
                    deputy_name = table.Column<string>(type: "text", nullable: false),
                    notice = table.Column<Guid>(type: "uuid", nullable: true),
                    called_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    held_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    minutes_document = table.Column<Guid>(type: "uuid", nullable: true),
                    minutes_number = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meetings", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "memoranda",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    organ_name = table.Column<string>(type: "text", nullable: false),
                    bureau_name = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    register_version = table.Column<int>(type: "integer", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lines = table.Column<string>(type: "text", nullable: false),
                    contacts = table.Column<string>(type: "text", nullable: false),
                    clauses = table.Column<string>(type: "text", nullable: false),
                    digest = table.Column<string>(type: "text", nullable: false),
                    bureau_signer = table.Column<string>(type: "text", nullable: false),
                    bureau_signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    organ_signer = table.Column<string>(type: "text", nullable: false),
                    organ_signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    replaced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memoranda", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "minutes_signatures",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    minutes = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    agreed = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_minutes_signatures", x => new { x.district, x.minutes, x.organ });
                });

            migrationBuilder.CreateTable(
                name: "monthly_letters",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    edition = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    made_by = table.Column<Guid>(type: "uuid", nullable: true),
                    totals = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<string>(type: "text", nullable: false),
                    overdue = table.Column<string>(type: "text", nullable: false),
                    changes = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    digest = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_monthly_letters", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "number_series",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    prefix = table.Column<string>(type: "text", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_number_series", x => new { x.district, x.prefix, x.year });
                });

            migrationBuilder.CreateTable(
                name: "official_documents",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    drafted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    drafted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    about_kind = table.Column<string>(type: "text", nullable: false),
                    about_id = table.Column<Guid>(type: "uuid", nullable: true),
                    about_number = table.Column<string>(type: "text", nullable: false),
                    about_title = table.Column<string>(type: "text", nullable: false),
                    in_reply_to = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    to = table.Column<string>(type: "text", nullable: false),
                    copy_to = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reviewed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reviewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    signed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sealed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    served_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    digest = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_official_documents", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "one_time_links",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: true),
                    digest = table.Column<string>(type: "text", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    valid_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_one_time_links", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "organ_codes",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organ_codes", x => new { x.district, x.organ });
                });

            migrationBuilder.CreateTable(
                name: "organs",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    short_name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    credit_code = table.Column<string>(type: "text", nullable: false),
                    is_member = table.Column<bool>(type: "boolean", nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    predecessor = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organs", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "parties",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    initials = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    code_non_standard = table.Column<bool>(type: "boolean", nullable: false),
                    sealed_number = table.Column<string>(type: "text", nullable: false),
                    masked_number = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    legal_person = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parties", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "penalties",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    enforcement = table.Column<Guid>(type: "uuid", nullable: false),
                    push = table.Column<Guid>(type: "uuid", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: false),
                    kinds = table.Column<string>(type: "text", nullable: false),
                    facts = table.Column<string>(type: "text", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    fine_fen = table.Column<long>(type: "bigint", nullable: false),
                    confiscated_fen = table.Column<long>(type: "bigint", nullable: false),
                    permit = table.Column<Guid>(type: "uuid", nullable: true),
                    permit_number = table.Column<string>(type: "text", nullable: false),
                    publicity = table.Column<string>(type: "text", nullable: false),
                    officers = table.Column<string>(type: "text", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<Guid>(type: "uuid", nullable: true),
                    entry = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_penalties", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    phone = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    certificate_number = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "permits",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    number_non_standard = table.Column<bool>(type: "boolean", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    @case = table.Column<Guid>(name: "case", type: "uuid", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    party_name = table.Column<string>(type: "text", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    precedes = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ending = table.Column<string>(type: "text", nullable: true),
                    ended_by = table.Column<Guid>(type: "uuid", nullable: true),
                    lapse_pushed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_permits", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "policy_changes",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    bureau = table.Column<Guid>(type: "uuid", nullable: false),
                    recorded_by = table.Column<Guid>(type: "uuid", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    edition = table.Column<int>(type: "integer", nullable: false),
                    supersedes = table.Column<Guid>(type: "uuid", nullable: true),
                    series = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    document_number = table.Column<string>(type: "text", nullable: false),
                    issued_by = table.Column<string>(type: "text", nullable: false),
                    known_on = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_on = table.Column<DateOnly>(type: "date", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    link = table.Column<string>(type: "text", nullable: false),
                    conditions = table.Column<string>(type: "text", nullable: false),
                    materials = table.Column<string>(type: "text", nullable: false),
                    limits = table.Column<string>(type: "text", nullable: false),
                    published = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    letter = table.Column<Guid>(type: "uuid", nullable: true),
                    served_on = table.Column<DateOnly>(type: "date", nullable: true),
                    served_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    served_by = table.Column<string>(type: "text", nullable: false),
                    late = table.Column<bool>(type: "boolean", nullable: false),
                    acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    acknowledged_by = table.Column<string>(type: "text", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    settled_by = table.Column<string>(type: "text", nullable: false),
                    response = table.Column<string>(type: "text", nullable: false),
                    takes_part = table.Column<bool>(type: "boolean", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confirmed_by = table.Column<string>(type: "text", nullable: false),
                    superseded_by = table.Column<Guid>(type: "uuid", nullable: true),
                    superseded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdraw_reason = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_policy_changes", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "posts",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    section = table.Column<Guid>(type: "uuid", nullable: true),
                    role = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_posts", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "push_counts",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    sent_on = table.Column<DateOnly>(type: "date", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    delivered_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent = table.Column<int>(type: "integer", nullable: false),
                    pending = table.Column<int>(type: "integer", nullable: false),
                    waiting = table.Column<int>(type: "integer", nullable: false),
                    claimed = table.Column<int>(type: "integer", nullable: false),
                    returning = table.Column<int>(type: "integer", nullable: false),
                    rerouted = table.Column<int>(type: "integer", nullable: false),
                    disputed = table.Column<int>(type: "integer", nullable: false),
                    closed = table.Column<int>(type: "integer", nullable: false),
                    delivered = table.Column<int>(type: "integer", nullable: false),
                    signed = table.Column<int>(type: "integer", nullable: false),
                    returned = table.Column<int>(type: "integer", nullable: false),
                    late = table.Column<int>(type: "integer", nullable: false),
                    by_reroute = table.Column<int>(type: "integer", nullable: false),
                    beside = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_push_counts", x => new { x.district, x.sent_on, x.organ, x.item, x.delivered_on, x.due_at });
                });

            migrationBuilder.CreateTable(
                name: "push_events",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    push = table.Column<Guid>(type: "uuid", nullable: false),
                    what = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    organ = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "text", nullable: false),
                    on_behalf_of = table.Column<Guid>(type: "uuid", nullable: true),
                    channel = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    entry = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_push_events", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "pushes",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    @case = table.Column<Guid>(name: "case", type: "uuid", nullable: false),
                    case_number = table.Column<string>(type: "text", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    item_name = table.Column<string>(type: "text", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    party_name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    decision = table.Column<string>(type: "text", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    permit = table.Column<Guid>(type: "uuid", nullable: true),
                    permit_number = table.Column<string>(type: "text", nullable: false),
                    division = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    section = table.Column<Guid>(type: "uuid", nullable: true),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    routing = table.Column<string>(type: "text", nullable: false),
                    routed_from = table.Column<Guid>(type: "uuid", nullable: true),
                    by_reroute = table.Column<bool>(type: "boolean", nullable: false),
                    beside = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    waiting = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_on = table.Column<DateOnly>(type: "date", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    delivered_on = table.Column<DateOnly>(type: "date", nullable: true),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    claimed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    returned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    returned_for = table.Column<string>(type: "text", nullable: true),
                    return_note = table.Column<string>(type: "text", nullable: false),
                    proposed_organ = table.Column<Guid>(type: "uuid", nullable: true),
                    correction = table.Column<string>(type: "text", nullable: false),
                    ruling = table.Column<Guid>(type: "uuid", nullable: true),
                    under_supervision = table.Column<bool>(type: "boolean", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pushes", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "rectifications",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    push = table.Column<Guid>(type: "uuid", nullable: false),
                    check = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    requirement = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateOnly>(type: "date", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    rounds = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rectifications", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "register_revisions",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    organ = table.Column<Guid>(type: "uuid", nullable: true),
                    added = table.Column<int>(type: "integer", nullable: false),
                    ended = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_register_revisions", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "reminder_choices",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    habits = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reminder_choices", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "reminder_mails",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    slot = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reminder_mails", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "reminder_settings",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    habits = table.Column<string>(type: "text", nullable: false),
                    mail_late_always = table.Column<bool>(type: "boolean", nullable: false),
                    lead_after = table.Column<int>(type: "integer", nullable: true),
                    office_after = table.Column<int>(type: "integer", nullable: true),
                    convenor_after = table.Column<int>(type: "integer", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reminder_settings", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "reminders",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    duty = table.Column<Guid>(type: "uuid", nullable: false),
                    rung = table.Column<string>(type: "text", nullable: false),
                    @for = table.Column<DateOnly>(name: "for", type: "date", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    on_behalf_of = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    mail_after = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    mail = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reminders", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "responsibilities",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    division = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    section = table.Column<Guid>(type: "uuid", nullable: true),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    claim_days = table.Column<int>(type: "integer", nullable: true),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    register_version = table.Column<int>(type: "integer", nullable: false),
                    ended_in_version = table.Column<int>(type: "integer", nullable: true),
                    end_source = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_responsibilities", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "routing_failures",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    @case = table.Column<Guid>(name: "case", type: "uuid", nullable: false),
                    case_number = table.Column<string>(type: "text", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    item_name = table.Column<string>(type: "text", nullable: false),
                    party_name = table.Column<string>(type: "text", nullable: false),
                    division = table.Column<string>(type: "text", nullable: false),
                    decision = table.Column<string>(type: "text", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    failed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolution = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_routing_failures", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "saved_views",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    query = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_views", x => new { x.district, x.person, x.path, x.name });
                });

            migrationBuilder.CreateTable(
                name: "search_docs",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    row = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    sub = table.Column<string>(type: "text", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: true),
                    href = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_docs", x => new { x.district, x.kind, x.id });
                });

            migrationBuilder.CreateTable(
                name: "sections",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sections", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "security_policies",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    password_length = table.Column<int>(type: "integer", nullable: false),
                    password_kinds = table.Column<int>(type: "integer", nullable: false),
                    passwords_remembered = table.Column<int>(type: "integer", nullable: false),
                    password_days = table.Column<int>(type: "integer", nullable: false),
                    failures_to_lock = table.Column<int>(type: "integer", nullable: false),
                    lock_minutes = table.Column<int>(type: "integer", nullable: false),
                    idle_minutes = table.Column<int>(type: "integer", nullable: false),
                    session_hours = table.Column<int>(type: "integer", nullable: false),
                    totp_for = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_security_policies", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: true),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    device = table.Column<string>(type: "text", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "sign_in_attempts",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: true),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    client = table.Column<Guid>(type: "uuid", nullable: true),
                    address = table.Column<string>(type: "text", nullable: false),
                    device = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_attempts", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "sign_in_guards",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    failed = table.Column<int>(type: "integer", nullable: false),
                    locked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_step = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_guards", x => new { x.district, x.account });
                });

            migrationBuilder.CreateTable(
                name: "step_reports",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<Guid>(type: "uuid", nullable: false),
                    done = table.Column<string>(type: "text", nullable: false),
                    left = table.Column<string>(type: "text", nullable: false),
                    finished = table.Column<bool>(type: "boolean", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    confirmed = table.Column<bool>(type: "boolean", nullable: true),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    judged_by = table.Column<string>(type: "text", nullable: false),
                    judged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_step_reports", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "stored_contents",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    sm3 = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    scan = table.Column<string>(type: "text", nullable: false),
                    finding = table.Column<string>(type: "text", nullable: false),
                    scanned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    scan_next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    scan_tries = table.Column<int>(type: "integer", nullable: false),
                    quarantined = table.Column<bool>(type: "boolean", nullable: false),
                    touched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    condemned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stored_contents", x => new { x.district, x.sm3 });
                });

            migrationBuilder.CreateTable(
                name: "supervision_checks",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    push = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    nth = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    plan = table.Column<Guid>(type: "uuid", nullable: true),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    place = table.Column<string>(type: "text", nullable: false),
                    officers = table.Column<string>(type: "text", nullable: false),
                    points = table.Column<string>(type: "text", nullable: false),
                    result = table.Column<string>(type: "text", nullable: false),
                    treatment = table.Column<string>(type: "text", nullable: false),
                    rectify_by = table.Column<DateOnly>(type: "date", nullable: true),
                    publicity = table.Column<string>(type: "text", nullable: false),
                    legal_person = table.Column<string>(type: "text", nullable: false),
                    contact = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    source_number = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<Guid>(type: "uuid", nullable: true),
                    entry = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_supervision_checks", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "supervision_matters",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    case_number = table.Column<string>(type: "text", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    item_name = table.Column<string>(type: "text", nullable: false),
                    party_name = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    claimed = table.Column<bool>(type: "boolean", nullable: false),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    checks = table.Column<int>(type: "integer", nullable: false),
                    reports = table.Column<int>(type: "integer", nullable: false),
                    open_rectifications = table.Column<int>(type: "integer", nullable: false),
                    open_enforcements = table.Column<int>(type: "integer", nullable: false),
                    penalties = table.Column<int>(type: "integer", nullable: false),
                    last_check_on = table.Column<DateOnly>(type: "date", nullable: true),
                    last_result = table.Column<string>(type: "text", nullable: true),
                    planned_on = table.Column<DateOnly>(type: "date", nullable: true),
                    plan_kind = table.Column<string>(type: "text", nullable: true),
                    rectify_by = table.Column<DateOnly>(type: "date", nullable: true),
                    rectify_since = table.Column<DateOnly>(type: "date", nullable: true),
                    to_check = table.Column<bool>(type: "boolean", nullable: false),
                    is_rectifying = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_supervision_matters", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "supervision_plans",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    push = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    planned_on = table.Column<DateOnly>(type: "date", nullable: false),
                    period = table.Column<string>(type: "text", nullable: false),
                    officers = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    check = table.Column<Guid>(type: "uuid", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_supervision_plans", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "touched_items",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    policy = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    named_by = table.Column<Guid>(type: "uuid", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    adapted_from = table.Column<DateOnly>(type: "date", nullable: true),
                    what = table.Column<string>(type: "text", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    entry = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_touched_items", x => new { x.district, x.policy, x.item });
                });

            migrationBuilder.CreateTable(
                name: "uploaded_sheets",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    digest = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: true),
                    stand_in = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_uploaded_sheets", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "uploads",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    organ = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    matter = table.Column<Guid>(type: "uuid", nullable: true),
                    origin = table.Column<string>(type: "text", nullable: false),
                    original_on = table.Column<DateOnly>(type: "date", nullable: true),
                    note = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sm3 = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    attachment = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_uploads", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "used_keys",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    fingerprint = table.Column<string>(type: "text", nullable: false),
                    entry = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    location = table.Column<string>(type: "text", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_used_keys", x => new { x.district, x.key });
                });

            migrationBuilder.CreateTable(
                name: "webhook_attempts",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subscription = table.Column<Guid>(type: "uuid", nullable: false),
                    delivery = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    nth = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    error = table.Column<string>(type: "text", nullable: false),
                    milliseconds = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_attempts", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subscription = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    act = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    leased_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    first_tried_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_status = table.Column<int>(type: "integer", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_deliveries", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "webhook_lines",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    subscription = table.Column<Guid>(type: "uuid", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_success_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_failure_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_lines", x => new { x.district, x.subscription });
                });

            migrationBuilder.CreateTable(
                name: "webhook_subscriptions",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organ = table.Column<Guid>(type: "uuid", nullable: false),
                    client = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    types = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    secret = table.Column<string>(type: "text", nullable: false),
                    previous_secret = table.Column<string>(type: "text", nullable: true),
                    previous_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    from_number = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_subscriptions", x => new { x.district, x.id });
                });

            migrationBuilder.CreateTable(
                name: "working_groups",
                columns: table => new
                {
                    district = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    remit = table.Column<string>(type: "text", nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_working_groups", x => new { x.district, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_absences_district_person",
                table: "absences",
                columns: new[] { "district", "person" });

            migrationBuilder.CreateIndex(
                name: "ix_access_grants_district_organ_case",
                table: "access_grants",
                columns: new[] { "district", "organ", "case" });

            migrationBuilder.CreateIndex(
                name: "ix_access_grants_district_organ_party",
                table: "access_grants",
                columns: new[] { "district", "organ", "party" });

            migrationBuilder.CreateIndex(
                name: "ix_access_grants_district_request",
                table: "access_grants",
                columns: new[] { "district", "request" });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_district_person",
                table: "accounts",
                columns: new[] { "district", "person" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_accounts_district_user_name",
                table: "accounts",
                columns: new[] { "district", "user_name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_assistance_requests_district_asked_by_asked_at_id",
                table: "assistance_requests",
                columns: new[] { "district", "asked_by", "asked_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_assistance_requests_district_asked_of_asked_at_id",
                table: "assistance_requests",
                columns: new[] { "district", "asked_of", "asked_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_assistance_requests_district_number",
                table: "assistance_requests",
                columns: new[] { "district", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_attachments_district_matter",
                table: "attachments",
                columns: new[] { "district", "matter" });

            migrationBuilder.CreateIndex(
                name: "ix_attachments_district_sm3",
                table: "attachments",
                columns: new[] { "district", "sm3" });

            migrationBuilder.CreateIndex(
                name: "ix_calendar_feeds_district_digest",
                table: "calendar_feeds",
                columns: new[] { "district", "digest" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_calendar_feeds_district_organ",
                table: "calendar_feeds",
                columns: new[] { "district", "organ" });

            migrationBuilder.CreateIndex(
                name: "ix_calendar_feeds_district_person",
                table: "calendar_feeds",
                columns: new[] { "district", "person" });

            migrationBuilder.CreateIndex(
                name: "ix_calendar_notices_district_year",
                table: "calendar_notices",
                columns: new[] { "district", "year" });

            migrationBuilder.CreateIndex(
                name: "ix_calendar_overlay_days_district_date",
                table: "calendar_overlay_days",
                columns: new[] { "district", "date" });

            migrationBuilder.CreateIndex(
                name: "ix_case_counts_district_pushed_on",
                table: "case_counts",
                columns: new[] { "district", "pushed_on" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_district_decided_at_pushed_on",
                table: "cases",
                columns: new[] { "district", "decided_at", "pushed_on" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_district_number",
                table: "cases",
                columns: new[] { "district", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_cases_district_party",
                table: "cases",
                columns: new[] { "district", "party" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_district_pushed_on_decided_at",
                table: "cases",
                columns: new[] { "district", "pushed_on", "decided_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_district_received_at_id",
                table: "cases",
                columns: new[] { "district", "received_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_district_stage_received_at_id",
                table: "cases",
                columns: new[] { "district", "stage", "received_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_circular_notices_district_letter",
                table: "circular_notices",
                columns: new[] { "district", "letter" });

            migrationBuilder.CreateIndex(
                name: "ix_circular_notices_district_organ_drafted_at_id",
                table: "circular_notices",
                columns: new[] { "district", "organ", "drafted_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_competence_disputes_district_number",
                table: "competence_disputes",
                columns: new[] { "district", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_competence_disputes_district_push",
                table: "competence_disputes",
                columns: new[] { "district", "push" });

            migrationBuilder.CreateIndex(
                name: "ix_competence_disputes_district_state_opened_at_id",
                table: "competence_disputes",
                columns: new[] { "district", "state", "opened_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conclusions_district_consultation_revision",
                table: "conclusions",
                columns: new[] { "district", "consultation", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conference_seats_district_kind",
                table: "conference_seats",
                columns: new[] { "district", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_consultation_views_district_consultation",
                table: "consultation_views",
                columns: new[] { "district", "consultation" });

            migrationBuilder.CreateIndex(
                name: "ix_consultation_views_district_reply",
                table: "consultation_views",
                columns: new[] { "district", "reply" });

            migrationBuilder.CreateIndex(
                name: "ix_consultations_district_about_id",
                table: "consultations",
                columns: new[] { "district", "about_id" });

            migrationBuilder.CreateIndex(
                name: "ix_consultations_district_number",
                table: "consultations",
                columns: new[] { "district", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_consultations_district_started_at_id",
                table: "consultations",
                columns: new[] { "district", "started_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_consultations_district_started_by_started_at_id",
                table: "consultations",
                columns: new[] { "district", "started_by", "started_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_consulted_organs_district_organ_asked_at",
                table: "consulted_organs",
                columns: new[] { "district", "organ", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_decision_items_district_conclusion",
                table: "decision_items",
                columns: new[] { "district", "conclusion" });

            migrationBuilder.CreateIndex(
                name: "ix_decision_items_district_consultation",
                table: "decision_items",
                columns: new[] { "district", "consultation" });

            migrationBuilder.CreateIndex(
                name: "ix_decision_items_district_meeting",
                table: "decision_items",
                columns: new[] { "district", "meeting" });

            migrationBuilder.CreateIndex(
                name: "ix_decision_items_district_owner_state_due_on",
                table: "decision_items",
                columns: new[] { "district", "owner", "state", "due_on" });

            migrationBuilder.CreateIndex(
                name: "ix_decision_reports_district_decision",
                table: "decision_reports",
                columns: new[] { "district", "decision" });

            migrationBuilder.CreateIndex(
                name: "ix_dispute_parties_district_organ",
                table: "dispute_parties",
                columns: new[] { "district", "organ" });

            migrationBuilder.CreateIndex(
                name: "ix_dispute_statements_district_dispute",
                table: "dispute_statements",
                columns: new[] { "district", "dispute" });

            migrationBuilder.CreateIndex(
                name: "ix_district_limits_district_rule",
                table: "district_limits",
                columns: new[] { "district", "rule" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_district_settings_district",
                table: "district_settings",
                column: "district",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_document_answers_district_document",
                table: "document_answers",
                columns: new[] { "district", "document" });

            migrationBuilder.CreateIndex(
                name: "ix_document_issuers_district_organ_state_document",
                table: "document_issuers",
                columns: new[] { "district", "organ", "state", "document" });

            migrationBuilder.CreateIndex(
                name: "ix_document_remarks_district_document",
                table: "document_remarks",
                columns: new[] { "district", "document" });

            migrationBuilder.CreateIndex(
                name: "ix_document_services_district_organ_served_at_document",
                table: "document_services",
                columns: new[] { "district", "organ", "served_at", "document" });

            migrationBuilder.CreateIndex(
                name: "ix_drafts_at",
                table: "drafts",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_duties_district_closed_at_due_at_id",
                table: "duties",
                columns: new[] { "district", "closed_at", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_duties_district_due_at",
                table: "duties",
                columns: new[] { "district", "due_at" },
                filter: "closed_at IS NULL AND breached_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_duties_district_owed_by_closed_at_due_at_id",
                table: "duties",
                columns: new[] { "district", "owed_by", "closed_at", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_duties_district_owed_by_person_closed_at_due_at_id",
                table: "duties",
                columns: new[] { "district", "owed_by_person", "closed_at", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_duties_district_owed_to_closed_at_due_at_id",
                table: "duties",
                columns: new[] { "district", "owed_to", "closed_at", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_duties_district_rule_opened_at",
                table: "duties",
                columns: new[] { "district", "rule", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_duties_district_subject_id",
                table: "duties",
                columns: new[] { "district", "subject_id" });

            migrationBuilder.CreateIndex(
                name: "ix_enforcements_district_check",
                table: "enforcements",
                columns: new[] { "district", "check" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_enforcements_district_is_open_id",
                table: "enforcements",
                columns: new[] { "district", "is_open", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_enforcements_district_is_penalised_id",
                table: "enforcements",
                columns: new[] { "district", "is_penalised", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_enforcements_district_organ_is_open_id",
                table: "enforcements",
                columns: new[] { "district", "organ", "is_open", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_enforcements_district_organ_is_penalised_id",
                table: "enforcements",
                columns: new[] { "district", "organ", "is_penalised", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_enforcements_district_party",
                table: "enforcements",
                columns: new[] { "district", "party" });

            migrationBuilder.CreateIndex(
                name: "ix_enforcements_district_push",
                table: "enforcements",
                columns: new[] { "district", "push" });

            migrationBuilder.CreateIndex(
                name: "ix_enforcements_district_to_is_open_id",
                table: "enforcements",
                columns: new[] { "district", "to", "is_open", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_enforcements_district_to_is_penalised_id",
                table: "enforcements",
                columns: new[] { "district", "to", "is_penalised", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_feedbacks_district_number",
                table: "feedbacks",
                columns: new[] { "district", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_feedbacks_district_organ_id",
                table: "feedbacks",
                columns: new[] { "district", "organ", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_feedbacks_district_organ_is_acknowledged_id",
                table: "feedbacks",
                columns: new[] { "district", "organ", "is_acknowledged", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_feedbacks_district_party_effect",
                table: "feedbacks",
                columns: new[] { "district", "party", "effect" });

            migrationBuilder.CreateIndex(
                name: "ix_feedbacks_district_push",
                table: "feedbacks",
                columns: new[] { "district", "push" });

            migrationBuilder.CreateIndex(
                name: "ix_feedbacks_district_supervisor_id",
                table: "feedbacks",
                columns: new[] { "district", "supervisor", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_feedbacks_district_supervisor_is_acknowledged_id",
                table: "feedbacks",
                columns: new[] { "district", "supervisor", "is_acknowledged", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_feedbacks_district_to_id",
                table: "feedbacks",
                columns: new[] { "district", "to", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_feedbacks_district_to_id1",
                table: "feedbacks",
                columns: new[] { "district", "to", "id" },
                filter: "awaits_outcome");

            migrationBuilder.CreateIndex(
                name: "ix_feedbacks_district_to_is_acknowledged_id",
                table: "feedbacks",
                columns: new[] { "district", "to", "is_acknowledged", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_freeze_requests_district_organ_requested_at_id",
                table: "freeze_requests",
                columns: new[] { "district", "organ", "requested_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_freeze_requests_district_party_state_until",
                table: "freeze_requests",
                columns: new[] { "district", "party", "state", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_freeze_requests_district_requested_at_id",
                table: "freeze_requests",
                columns: new[] { "district", "requested_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_group_members_district_group",
                table: "group_members",
                columns: new[] { "district", "group" });

            migrationBuilder.CreateIndex(
                name: "ix_group_members_district_person",
                table: "group_members",
                columns: new[] { "district", "person" });

            migrationBuilder.CreateIndex(
                name: "ix_group_steps_district_group_due_on",
                table: "group_steps",
                columns: new[] { "district", "group", "due_on" });

            migrationBuilder.CreateIndex(
                name: "ix_group_steps_district_number",
                table: "group_steps",
                columns: new[] { "district", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_group_steps_district_owner",
                table: "group_steps",
                columns: new[] { "district", "owner" });

            migrationBuilder.CreateIndex(
                name: "ix_incoming_papers_district_about_id",
                table: "incoming_papers",
                columns: new[] { "district", "about_id" });

            migrationBuilder.CreateIndex(
                name: "ix_incoming_papers_district_organ_received_on_id",
                table: "incoming_papers",
                columns: new[] { "district", "organ", "received_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_issuer_removals_district_organ_at",
                table: "issuer_removals",
                columns: new[] { "district", "organ", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_items_district_code",
                table: "items",
                columns: new[] { "district", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_items_district_former_organ",
                table: "items",
                columns: new[] { "district", "former_organ" });

            migrationBuilder.CreateIndex(
                name: "ix_items_district_initials_id",
                table: "items",
                columns: new[] { "district", "initials", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_ledger_entries_district_at",
                table: "ledger_entries",
                columns: new[] { "district", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_ledger_entries_district_subject_id_number",
                table: "ledger_entries",
                columns: new[] { "district", "subject_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_liaison_appointments_district_organ",
                table: "liaison_appointments",
                columns: new[] { "district", "organ" });

            migrationBuilder.CreateIndex(
                name: "ix_machine_clients_district_client_id",
                table: "machine_clients",
                columns: new[] { "district", "client_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_machine_clients_district_organ",
                table: "machine_clients",
                columns: new[] { "district", "organ" });

            migrationBuilder.CreateIndex(
                name: "ix_meeting_invitees_district_organ_invited_at",
                table: "meeting_invitees",
                columns: new[] { "district", "organ", "invited_at" });

            migrationBuilder.CreateIndex(
                name: "ix_meeting_minutes_district_meeting_revision",
                table: "meeting_minutes",
                columns: new[] { "district", "meeting", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_meeting_topics_district_consultation",
                table: "meeting_topics",
                columns: new[] { "district", "consultation" });

            migrationBuilder.CreateIndex(
                name: "ix_meeting_topics_district_group",
                table: "meeting_topics",
                columns: new[] { "district", "group" });

            migrationBuilder.CreateIndex(
                name: "ix_meeting_topics_district_meeting",
                table: "meeting_topics",
                columns: new[] { "district", "meeting" });

            migrationBuilder.CreateIndex(
                name: "ix_meeting_topics_district_number",
                table: "meeting_topics",
                columns: new[] { "district", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_meeting_topics_district_proposed_by_at",
                table: "meeting_topics",
                columns: new[] { "district", "proposed_by", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_meeting_topics_district_to_state_at",
                table: "meeting_topics",
                columns: new[] { "district", "to", "state", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_meetings_district_number",
                table: "meetings",
                columns: new[] { "district", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_meetings_district_organ_starts_at_id",
                table: "meetings",
                columns: new[] { "district", "organ", "starts_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_meetings_district_series_starts_at",
                table: "meetings",
                columns: new[] { "district", "series", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_meetings_district_starts_at_id",
                table: "meetings",
                columns: new[] { "district", "starts_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_memoranda_district_organ_number",
                table: "memoranda",
                columns: new[] { "district", "organ", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_monthly_letters_district_organ_month_edition",
                table: "monthly_letters",
                columns: new[] { "district", "organ", "month", "edition" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_official_documents_district_about_id",
                table: "official_documents",
                columns: new[] { "district", "about_id" });

            migrationBuilder.CreateIndex(
                name: "ix_official_documents_district_in_reply_to",
                table: "official_documents",
                columns: new[] { "district", "in_reply_to" });

            migrationBuilder.CreateIndex(
                name: "ix_official_documents_district_number",
                table: "official_documents",
                columns: new[] { "district", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_official_documents_district_organ_state_changed_at_id",
                table: "official_documents",
                columns: new[] { "district", "organ", "state", "changed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_one_time_links_district_digest",
                table: "one_time_links",
                columns: new[] { "district", "digest" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_organs_district_rank",
                table: "organs",
                columns: new[] { "district", "rank" });

            migrationBuilder.CreateIndex(
                name: "ix_parties_district_key",
                table: "parties",
                columns: new[] { "district", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_penalties_district_organ_number",
                table: "penalties",
                columns: new[] { "district", "organ", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_penalties_district_party",
                table: "penalties",
                columns: new[] { "district", "party" });

            migrationBuilder.CreateIndex(
                name: "ix_penalties_district_push",
                table: "penalties",
                columns: new[] { "district", "push" });

            migrationBuilder.CreateIndex(
                name: "ix_permits_district_case",
                table: "permits",
                columns: new[] { "district", "case" });

            migrationBuilder.CreateIndex(
                name: "ix_permits_district_number",
                table: "permits",
                columns: new[] { "district", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_permits_district_party",
                table: "permits",
                columns: new[] { "district", "party" });

            migrationBuilder.CreateIndex(
                name: "ix_permits_district_valid_to_case",
                table: "permits",
                columns: new[] { "district", "valid_to", "case" },
                filter: "lapse_pushed_at IS NULL AND ending IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_permits_district_valid_to_id",
                table: "permits",
                columns: new[] { "district", "valid_to", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_policy_changes_district_effective_on_id",
                table: "policy_changes",
                columns: new[] { "district", "effective_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_policy_changes_district_number",
                table: "policy_changes",
                columns: new[] { "district", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_policy_changes_district_organ_recorded_at",
                table: "policy_changes",
                columns: new[] { "district", "organ", "recorded_at" });

            migrationBuilder.CreateIndex(
                name: "ix_policy_changes_district_recorded_at_id",
                table: "policy_changes",
                columns: new[] { "district", "recorded_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_policy_changes_district_series",
                table: "policy_changes",
                columns: new[] { "district", "series" });

            migrationBuilder.CreateIndex(
                name: "ix_posts_district_organ_role",
                table: "posts",
                columns: new[] { "district", "organ", "role" });

            migrationBuilder.CreateIndex(
                name: "ix_posts_district_person",
                table: "posts",
                columns: new[] { "district", "person" });

            migrationBuilder.CreateIndex(
                name: "ix_push_counts_district_delivered_on",
                table: "push_counts",
                columns: new[] { "district", "delivered_on" });

            migrationBuilder.CreateIndex(
                name: "ix_push_events_district_push",
                table: "push_events",
                columns: new[] { "district", "push" });

            migrationBuilder.CreateIndex(
                name: "ix_pushes_district_case_organ",
                table: "pushes",
                columns: new[] { "district", "case", "organ" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_pushes_district_created_at_id",
                table: "pushes",
                columns: new[] { "district", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_pushes_district_delivered_on_organ_item_sent_on",
                table: "pushes",
                columns: new[] { "district", "delivered_on", "organ", "item", "sent_on" });

            migrationBuilder.CreateIndex(
                name: "ix_pushes_district_number",
                table: "pushes",
                columns: new[] { "district", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_pushes_district_organ_created_at_id",
                table: "pushes",
                columns: new[] { "district", "organ", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_pushes_district_organ_state_created_at_id",
                table: "pushes",
                columns: new[] { "district", "organ", "state", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_pushes_district_organ_waiting_due_at_id",
                table: "pushes",
                columns: new[] { "district", "organ", "waiting", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_pushes_district_party",
                table: "pushes",
                columns: new[] { "district", "party" });

            migrationBuilder.CreateIndex(
                name: "ix_pushes_district_sent_on_organ_item",
                table: "pushes",
                columns: new[] { "district", "sent_on", "organ", "item" });

            migrationBuilder.CreateIndex(
                name: "ix_pushes_district_waiting_due_at_id",
                table: "pushes",
                columns: new[] { "district", "waiting", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_rectifications_district_party",
                table: "rectifications",
                columns: new[] { "district", "party" });

            migrationBuilder.CreateIndex(
                name: "ix_rectifications_district_push",
                table: "rectifications",
                columns: new[] { "district", "push" });

            migrationBuilder.CreateIndex(
                name: "ix_register_revisions_district_number",
                table: "register_revisions",
                columns: new[] { "district", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reminder_choices_district_person",
                table: "reminder_choices",
                columns: new[] { "district", "person" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reminder_mails_district_person_slot",
                table: "reminder_mails",
                columns: new[] { "district", "person", "slot" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reminder_mails_district_state_next_at",
                table: "reminder_mails",
                columns: new[] { "district", "state", "next_at" });

            migrationBuilder.CreateIndex(
                name: "ix_reminder_settings_district",
                table: "reminder_settings",
                column: "district",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reminders_district_duty_rung_for_person",
                table: "reminders",
                columns: new[] { "district", "duty", "rung", "for", "person" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reminders_district_mail_mail_after",
                table: "reminders",
                columns: new[] { "district", "mail", "mail_after" });

            migrationBuilder.CreateIndex(
                name: "ix_reminders_district_person_organ_at_id",
                table: "reminders",
                columns: new[] { "district", "person", "organ", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_reminders_district_person_organ_read_at",
                table: "reminders",
                columns: new[] { "district", "person", "organ", "read_at" });

            migrationBuilder.CreateIndex(
                name: "ix_responsibilities_district_item_from",
                table: "responsibilities",
                columns: new[] { "district", "item", "from" });

            migrationBuilder.CreateIndex(
                name: "ix_responsibilities_district_organ",
                table: "responsibilities",
                columns: new[] { "district", "organ" });

            migrationBuilder.CreateIndex(
                name: "ix_routing_failures_district_case",
                table: "routing_failures",
                columns: new[] { "district", "case" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_routing_failures_district_resolved_at_failed_at_id",
                table: "routing_failures",
                columns: new[] { "district", "resolved_at", "failed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_search_docs_district_kind_row",
                table: "search_docs",
                columns: new[] { "district", "kind", "row" });

            migrationBuilder.CreateIndex(
                name: "ix_search_docs_row",
                table: "search_docs",
                column: "row",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sections_district_organ",
                table: "sections",
                columns: new[] { "district", "organ" });

            migrationBuilder.CreateIndex(
                name: "ix_security_policies_district",
                table: "security_policies",
                column: "district",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_district_account_ended_at",
                table: "sessions",
                columns: new[] { "district", "account", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_district_person_ended_at",
                table: "sessions",
                columns: new[] { "district", "person", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_attempts_district_account_at",
                table: "sign_in_attempts",
                columns: new[] { "district", "account", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_attempts_district_at",
                table: "sign_in_attempts",
                columns: new[] { "district", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_step_reports_district_step_at",
                table: "step_reports",
                columns: new[] { "district", "step", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_stored_contents_district_scan_scan_next_at",
                table: "stored_contents",
                columns: new[] { "district", "scan", "scan_next_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stored_contents_district_touched_at",
                table: "stored_contents",
                columns: new[] { "district", "touched_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_checks_district_organ_source_number",
                table: "supervision_checks",
                columns: new[] { "district", "organ", "source_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_supervision_checks_district_party",
                table: "supervision_checks",
                columns: new[] { "district", "party" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_checks_district_push_nth",
                table: "supervision_checks",
                columns: new[] { "district", "push", "nth" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_supervision_matters_district_claimed_claimed_at_id",
                table: "supervision_matters",
                columns: new[] { "district", "claimed", "claimed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_matters_district_organ_claimed_claimed_at_id",
                table: "supervision_matters",
                columns: new[] { "district", "organ", "claimed", "claimed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_matters_district_organ_planned_on_id",
                table: "supervision_matters",
                columns: new[] { "district", "organ", "planned_on", "id" },
                filter: "planned_on IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_supervision_matters_district_organ_rectify_by_id",
                table: "supervision_matters",
                columns: new[] { "district", "organ", "rectify_by", "id" },
                filter: "is_rectifying");

            migrationBuilder.CreateIndex(
                name: "ix_supervision_matters_district_organ_to_check_claimed_at_id",
                table: "supervision_matters",
                columns: new[] { "district", "organ", "to_check", "claimed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_matters_district_party",
                table: "supervision_matters",
                columns: new[] { "district", "party" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_matters_district_planned_on_id",
                table: "supervision_matters",
                columns: new[] { "district", "planned_on", "id" },
                filter: "planned_on IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_supervision_matters_district_rectify_by_id",
                table: "supervision_matters",
                columns: new[] { "district", "rectify_by", "id" },
                filter: "is_rectifying");

            migrationBuilder.CreateIndex(
                name: "ix_supervision_matters_district_to_check_claimed_at_id",
                table: "supervision_matters",
                columns: new[] { "district", "to_check", "claimed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_plans_district_organ_state_planned_on",
                table: "supervision_plans",
                columns: new[] { "district", "organ", "state", "planned_on" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_plans_district_party_state",
                table: "supervision_plans",
                columns: new[] { "district", "party", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_touched_items_district_item",
                table: "touched_items",
                columns: new[] { "district", "item" });

            migrationBuilder.CreateIndex(
                name: "ix_uploaded_sheets_at",
                table: "uploaded_sheets",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_uploads_district_at",
                table: "uploads",
                columns: new[] { "district", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_uploads_district_sm3",
                table: "uploads",
                columns: new[] { "district", "sm3" });

            migrationBuilder.CreateIndex(
                name: "ix_used_keys_at",
                table: "used_keys",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_attempts_district_at",
                table: "webhook_attempts",
                columns: new[] { "district", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_attempts_district_delivery_nth",
                table: "webhook_attempts",
                columns: new[] { "district", "delivery", "nth" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_district_state_next_at",
                table: "webhook_deliveries",
                columns: new[] { "district", "state", "next_at" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_district_subscription_number",
                table: "webhook_deliveries",
                columns: new[] { "district", "subscription", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_district_subscription_state_next_at",
                table: "webhook_deliveries",
                columns: new[] { "district", "subscription", "state", "next_at" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_district_subscription_subject_id_state_n",
                table: "webhook_deliveries",
                columns: new[] { "district", "subscription", "subject_id", "state", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_subscriptions_district_organ",
                table: "webhook_subscriptions",
                columns: new[] { "district", "organ" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "absences");

            migrationBuilder.DropTable(
                name: "access_grants");

            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "assistance_requests");

            migrationBuilder.DropTable(
                name: "attachments");

            migrationBuilder.DropTable(
                name: "calendar_feeds");

            migrationBuilder.DropTable(
                name: "calendar_notices");

            migrationBuilder.DropTable(
                name: "calendar_overlay_days");

            migrationBuilder.DropTable(
                name: "case_counts");

            migrationBuilder.DropTable(
                name: "cases");

            migrationBuilder.DropTable(
                name: "chain_heads");

            migrationBuilder.DropTable(
                name: "circular_notices");

            migrationBuilder.DropTable(
                name: "competence_disputes");

            migrationBuilder.DropTable(
                name: "conclusions");

            migrationBuilder.DropTable(
                name: "conference_seats");

            migrationBuilder.DropTable(
                name: "consultation_views");

            migrationBuilder.DropTable(
                name: "consultations");

            migrationBuilder.DropTable(
                name: "consulted_organs");

            migrationBuilder.DropTable(
                name: "countersignatures");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "decision_items");

            migrationBuilder.DropTable(
                name: "decision_reports");

            migrationBuilder.DropTable(
                name: "dispute_parties");

            migrationBuilder.DropTable(
                name: "dispute_statements");

            migrationBuilder.DropTable(
                name: "district_limits");

            migrationBuilder.DropTable(
                name: "district_settings");

            migrationBuilder.DropTable(
                name: "document_answers");

            migrationBuilder.DropTable(
                name: "document_issuers");

            migrationBuilder.DropTable(
                name: "document_remarks");

            migrationBuilder.DropTable(
                name: "document_services");

            migrationBuilder.DropTable(
                name: "document_versions");

            migrationBuilder.DropTable(
                name: "drafts");

            migrationBuilder.DropTable(
                name: "duties");

            migrationBuilder.DropTable(
                name: "duty_reminders");

            migrationBuilder.DropTable(
                name: "enforcements");

            migrationBuilder.DropTable(
                name: "feedbacks");

            migrationBuilder.DropTable(
                name: "freeze_requests");

            migrationBuilder.DropTable(
                name: "group_members");

            migrationBuilder.DropTable(
                name: "group_steps");

            migrationBuilder.DropTable(
                name: "incoming_papers");

            migrationBuilder.DropTable(
                name: "issuer_removals");

            migrationBuilder.DropTable(
                name: "items");

            migrationBuilder.DropTable(
                name: "ledger_cursors");

            migrationBuilder.DropTable(
                name: "ledger_entries");

            migrationBuilder.DropTable(
                name: "ledger_seals");

            migrationBuilder.DropTable(
                name: "liaison_appointments");

            migrationBuilder.DropTable(
                name: "machine_clients");

            migrationBuilder.DropTable(
                name: "meeting_invitees");

            migrationBuilder.DropTable(
                name: "meeting_minutes");

            migrationBuilder.DropTable(
                name: "meeting_topics");

            migrationBuilder.DropTable(
                name: "meetings");

            migrationBuilder.DropTable(
                name: "memoranda");

            migrationBuilder.DropTable(
                name: "minutes_signatures");

            migrationBuilder.DropTable(
                name: "monthly_letters");

            migrationBuilder.DropTable(
                name: "number_series");

            migrationBuilder.DropTable(
                name: "official_documents");

            migrationBuilder.DropTable(
                name: "one_time_links");

            migrationBuilder.DropTable(
                name: "organ_codes");

            migrationBuilder.DropTable(
                name: "organs");

            migrationBuilder.DropTable(
                name: "parties");

            migrationBuilder.DropTable(
                name: "penalties");

            migrationBuilder.DropTable(
                name: "people");

            migrationBuilder.DropTable(
                name: "permits");

            migrationBuilder.DropTable(
                name: "policy_changes");

            migrationBuilder.DropTable(
                name: "posts");

            migrationBuilder.DropTable(
                name: "push_counts");

            migrationBuilder.DropTable(
                name: "push_events");

            migrationBuilder.DropTable(
                name: "pushes");

            migrationBuilder.DropTable(
                name: "rectifications");

            migrationBuilder.DropTable(
                name: "register_revisions");

            migrationBuilder.DropTable(
                name: "reminder_choices");

            migrationBuilder.DropTable(
                name: "reminder_mails");

            migrationBuilder.DropTable(
                name: "reminder_settings");

            migrationBuilder.DropTable(
                name: "reminders");

            migrationBuilder.DropTable(
                name: "responsibilities");

            migrationBuilder.DropTable(
                name: "routing_failures");

            migrationBuilder.DropTable(
                name: "saved_views");

            migrationBuilder.DropTable(
                name: "search_docs");

            migrationBuilder.DropTable(
                name: "sections");

            migrationBuilder.DropTable(
                name: "security_policies");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "sign_in_attempts");

            migrationBuilder.DropTable(
                name: "sign_in_guards");

            migrationBuilder.DropTable(
                name: "step_reports");

            migrationBuilder.DropTable(
                name: "stored_contents");

            migrationBuilder.DropTable(
                name: "supervision_checks");

            migrationBuilder.DropTable(
                name: "supervision_matters");

            migrationBuilder.DropTable(
                name: "supervision_plans");

            migrationBuilder.DropTable(
                name: "touched_items");

            migrationBuilder.DropTable(
                name: "uploaded_sheets");

            migrationBuilder.DropTable(
                name: "uploads");

            migrationBuilder.DropTable(
                name: "used_keys");

            migrationBuilder.DropTable(
                name: "webhook_attempts");

            migrationBuilder.DropTable(
                name: "webhook_deliveries");

            migrationBuilder.DropTable(
                name: "webhook_lines");

            migrationBuilder.DropTable(
                name: "webhook_subscriptions");

            migrationBuilder.DropTable(
                name: "working_groups");
        }
    }
}
