using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Checks;

/// <summary>What came up while a dataset was read.</summary>
internal static class StructureChecks
{
    /// <summary>Adds what would have been refused, and what was left out, followed or doubted.</summary>
    public static void AddReading(FindingList findings, IEnumerable<DatasetException> refusals, ImageDataset dataset)
    {
        foreach (DatasetException refusal in refusals)
        {
            findings.Add(CheckOf(refusal.Reason), DiagnosticSeverity.Error, refusal.Message, refusal.Path);
        }

        if (dataset.Missing is { } missing)
        {
            findings.Add("not-found", DiagnosticSeverity.Error, missing, count: dataset.Samples.Count);
        }

        foreach (Diagnostic diagnostic in dataset.Diagnostics)
        {
            findings.Add(diagnostic.Id, IsUsual(diagnostic.Id) ? DiagnosticSeverity.Note : diagnostic.Severity, diagnostic.Message, diagnostic.Path);
        }
    }

    private static bool IsUsual(string id) => id is DiagnosticIds.HiddenIgnored or DiagnosticIds.LinksFollowed or DiagnosticIds.ManifestWithoutHeader;

    private static string CheckOf(DatasetErrorReason reason) => reason switch
    {
        DatasetErrorReason.TooFewImages => "few-images",
        DatasetErrorReason.Unreadable => "unreadable",
        DatasetErrorReason.NestedFolders => DiagnosticIds.NestedFolders,
        _ => "layout",
    };
}
