namespace Liandong.Kernel.Parties;

/// <summary>The tables in Parties/Data, embedded in the assembly.</summary>
internal static class PartiesData
{
    public static Stream Open(string file) =>
        typeof(PartiesData).Assembly.GetManifestResourceStream($"parties/{file}") ?? throw new InvalidOperationException($"parties/{file} is not embedded");
}
