using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Liandong.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ReconcileCounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_search_docs_district_kind_row",
                table: "search_docs",
                columns: new[] { "district", "kind", "row" });

            migrationBuilder.CreateIndex(
                name: "ix_case_counts_district_pushed_on",
                table: "case_counts",
                columns: new[] { "district", "pushed_on" });

            migrationBuilder.CreateIndex(
                name: "ix_push_counts_district_delivered_on",
                table: "push_counts",
                columns: new[] { "district", "delivered_on" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "case_counts");

            migrationBuilder.DropTable(
                name: "push_counts");

            migrationBuilder.DropIndex(
                name: "ix_search_docs_district_kind_row",
                table: "search_docs");
        }
    }
}
