using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;

namespace InceptionMl.Training.Pipelines;

/// <summary>Where a pipeline reads and writes: what a run writes must not come among the images, nor into the versions of its registry.</summary>
internal static class PipelinePlaces
{
    /// <summary>What is wrong with the places, and the key of the file that says it; null where nothing is.</summary>
    public static (string Key, string What)? Problem(Pipeline pipeline)
    {
        foreach ((string key, PipelinePath? place) in (ReadOnlySpan<(string, PipelinePath?)>)[("registry", pipeline.Registry), ("cache", pipeline.Cache)])
        {
            if (pipeline.Sources.FirstOrDefault(images => place?.IsIn(images.Path.Full) == true) is { } images)
            {
                return (key, $"the {key} \"{place!.Written}\" is inside the images \"{images.Path.Written}\", and would be read as images: put it beside them");
            }
        }

        return pipeline.Cache?.IsIn(new RegistryFolder(pipeline.Registry.Full).VersionsPath) == true
            ? ("cache", "the cache is inside the versions of the registry: put it beside the registry")
            : null;
    }

    /// <summary>Refuses wrong places of a pipeline that comes from no file, or whose images are others than its file names.</summary>
    /// <exception cref="PipelineException">The message says which.</exception>
    public static void Check(Pipeline pipeline)
    {
        if (Problem(pipeline) is { } problem)
        {
            throw new PipelineException($"In the pipeline {pipeline.Name}, {problem.What}.");
        }
    }
}
