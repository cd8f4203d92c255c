using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Liandong.Data;

/// <summary>
/// A query that is translated once and not looked up by its shape each time, for what every page asks. EF Core ties what it compiles to one model, and a
/// process may hold several: that of each database, that of each host of a test run.
/// </summary>
/// <typeparam name="T">What <c>EF.CompileAsyncQuery</c> gives.</typeparam>
public sealed class Compiled<T>(Func<T> compile) where T : class
{
    private readonly ConditionalWeakTable<IModel, T> known = [];

    public T For(AppDb db) => known.GetValue(db.Model, _ => compile());
}
