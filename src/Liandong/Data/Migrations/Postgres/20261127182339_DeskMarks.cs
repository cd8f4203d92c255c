using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Liandong.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class DeskMarks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "desks",
                table: "chain_heads",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "desks",
                table: "chain_heads");
        }
    }
}
