using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Liandong.Data.Migrations.Sqlite
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
                    district = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    decided_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    item = table.Column<Guid>(type: "TEXT", nullable: false),
                    pushed_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    cases = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_counts", x => new { x.district, x.decided_on, x.item, x.pushed_on });
                });

            migrationBuilder.CreateTable(
                name: "push_counts",
                columns: table => new
                {
                    district = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    sent_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    organ = table.Column<Guid>(type: "TEXT", nullable: false),
                    item = table.Column<Guid>(type: "TEXT", nullable: false),
                    delivered_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    due_at = table.Column<string>(type: "TEXT", nullable: false),
                    sent = table.Column<int>(type: "INTEGER", nullable: false),
                    pending = table.Column<int>(type: "INTEGER", nullable: false),
                    waiting = table.Column<int>(type: "INTEGER", nullable: false),
                    claimed = table.Column<int>(type: "INTEGER", nullable: false),
                    returning = table.Column<int>(type: "INTEGER", nullable: false),
                    rerouted = table.Column<int>(type: "INTEGER", nullable: false),
                    disputed = table.Column<int>(type: "INTEGER", nullable: false),
                    closed = table.Column<int>(type: "INTEGER", nullable: false),
                    delivered = table.Column<int>(type: "INTEGER", nullable: false),
                    signed = table.Column<int>(type: "INTEGER", nullable: false),
                    returned = table.Column<int>(type: "INTEGER", nullable: false),
                    late = table.Column<int>(type: "INTEGER", nullable: false),
                    by_reroute = table.Column<int>(type: "INTEGER", nullable: false),
                    beside = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
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
