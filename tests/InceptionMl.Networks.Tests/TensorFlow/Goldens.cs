using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.TensorFlow;

/// <summary>The files that scripts/small_graphs.py wrote.</summary>
internal static class Goldens
{
    public static string Path(string file) => Workspace.At("tests", "InceptionMl.Networks.Tests", "TensorFlow", "Goldens", file);
}
