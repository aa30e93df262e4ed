namespace InceptionMl.Benchmarks.Evidence;

/// <summary>What is told of data and mistakes, measured by the protocols that its limits come from. All seeds are fixed.</summary>
internal static class EvidenceSections
{
    public static async Task<int> RunAsync(Options options)
    {
        string[] folders = options.Has("--images") ? options.Texts("--images") : [];
        string[] sections = options.Has("--sections") ? options.Texts("--sections") : ["near-copies", "speed", "copies", "bursts", "labels", "suggest", "decisions", "promotion"];
        string[] backbones = options.Has("--backbones") ? options.Texts("--backbones") : ["inception-compact"];
        int draws = options.Number("--draws", 5);
        string cache = options.Text("--cache") ?? Directory.CreateTempSubdirectory("inceptionml-evidence-").FullName;
        foreach (string section in sections)
        {
            Console.WriteLine($"\n{section}\n");
            switch (section)
            {
                case "near-copies":
                    NearCopyFigures.Find(folders);
                    break;
                case "speed":
                    NearCopyFigures.Time(folders);
                    break;
                case "copies":
                    await CopiedData.CompareCopiesAsync(folders[0]);
                    break;
                case "bursts":
                    await CopiedData.CompareBurstsAsync(folders[0]);
                    break;
                case "labels":
                    await LabelFlips.RunAsync(folders, backbones, draws, cache);
                    break;
                case "promotion":
                    PromotionRates.Run();
                    break;
                case "suggest":
                    await LabelingGain.RunAsync(folders, draws, cache);
                    break;
                case "decisions":
                    await DecisionFigures.RunAsync(folders, backbones, draws, cache);
                    break;
                default:
                    throw new ArgumentException($"There is no section {section}");
            }
        }

        return 0;
    }
}
