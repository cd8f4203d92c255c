using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Liandong.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SourcesOfSwitches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "closing_source",
                table: "district_settings",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "signing_source",
                table: "district_settings",
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "closing_source",
                table: "district_settings");

            migrationBuilder.DropColumn(
                name: "signing_source",
                table: "district_settings");
        }
    }
}
