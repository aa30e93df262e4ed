using InceptionMl.Backbones;
using InceptionMl.Images.Internal;
using InceptionMl.Inference.Internal;
using InceptionMl.Internal;
using InceptionMl.Models.Internal;

namespace InceptionMl.Benchmarks.Features;

/// <summary>ONNX Runtime on tensors that were prepared beforehand, several threads on one session: no reading, no decoding.</summary>
internal sealed class RuntimeAlone : IContender
{
    private readonly FeatureNetwork network;
    private readonly FeatureBuffers[] prepared;
    private readonly int workers;

    /// <param name="backbone">The network.</param>
    /// <param name="paths">The images.</param>
    /// <param name="workers">Images under way at once.</param>
    /// <param name="threads">Threads that share one image.</param>
    public RuntimeAlone(Backbone backbone, string[] paths, int workers, int threads)
    {
        Name = $"ONNX Runtime alone, {workers} x {threads} threads";
        this.workers = workers;
        network = FeatureNetwork.Open(backbone.Network, new Subject("The network"), backbone.Card.Outputs.Features.Width, session => session.IntraOpNumThreads = threads);
        ImagePreparer preparer = new(backbone.Preprocessing);
        prepared = [.. paths.Select(path =>
        {
            FeatureBuffers buffers = new(network);
            preparer.Prepare(File.ReadAllBytes(path), buffers.Rgb);
            ImagePreparer.ToPlanar(buffers.Rgb, buffers.Planes);
            return buffers;
        })];
    }

    public string Name { get; }

    public void RunOnce()
    {
        int next = -1;
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(_ => new Thread(() =>
        {
            for (int i = Interlocked.Increment(ref next); i < prepared.Length; i = Interlocked.Increment(ref next))
            {
                network.Run(prepared[i]);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    public void Dispose()
    {
        Array.ForEach(prepared, buffers => buffers.Dispose());
        network.Dispose();
    }
}
