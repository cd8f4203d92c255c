using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Liandong.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SearchFingerprint : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "fingerprint",
                table: "search_docs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "fingerprint",
                table: "search_docs");
        }
    }
}
