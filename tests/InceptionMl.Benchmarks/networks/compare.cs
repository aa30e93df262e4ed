#:package Microsoft.ML.OnnxRuntime
#:property AllowUnsafeBlocks=true

// dotnet run -c Release compare.cs -- OURS.onnx THEIRS.onnx [HEIGHT WIDTH [RUNS]]
// Times two models in ONNX Runtime in one process, turn by turn, two threads, batch 1; prints medians and their ratio (below 1:
// the first is faster) and, where both have them, how far their features are apart.
using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: compare.cs OURS.onnx THEIRS.onnx [HEIGHT WIDTH [RUNS]]");
    return 2;
}

int height = args.Length > 3 ? int.Parse(args[2]) : 299;
int width = args.Length > 3 ? int.Parse(args[3]) : 299;
int runs = args.Length > 4 ? int.Parse(args[4]) : 30;
using SessionOptions options = new() { IntraOpNumThreads = 2 };
options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
using InferenceSession ours = new(args[0], options);
using InferenceSession theirs = new(args[1], options);
float[] image = new float[3 * height * width];
Random random = new(1);
for (int i = 0; i < image.Length; i++)
{
    image[i] = (random.NextSingle() * 2) - 1;
}

float[] first = Run(ours, out _);
float[] second = Run(theirs, out _);
List<double> ourTimes = [];
List<double> theirTimes = [];
for (int i = 0; i < runs; i++)
{
    Run(ours, out double mine);
    Run(theirs, out double other);
    ourTimes.Add(mine);
    theirTimes.Add(other);
}

ourTimes.Sort();
theirTimes.Sort();
double a = ourTimes[runs / 2];
double b = theirTimes[runs / 2];
float scale = second.Max(Math.Abs);
double apart = first.Length == second.Length ? first.Zip(second, (x, y) => Math.Abs(x - y)).Max() / scale : double.NaN;
Console.WriteLine(FormattableString.Invariant(
    $"ours {a:f1} ms (best {ourTimes[0]:f1}), theirs {b:f1} ms (best {theirTimes[0]:f1}), ratio {a / b:f3} (best {ourTimes[0] / theirTimes[0]:f3}), apart {apart:g2}"));
return 0;

float[] Run(InferenceSession session, out double milliseconds)
{
    using RunOptions run = new();
    using OrtValue input = OrtValue.CreateTensorValueFromMemory(image, [1, 3, height, width]);
    long start = Stopwatch.GetTimestamp();
    using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [session.InputNames[0]], [input], [session.OutputNames[0]]);
    milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    return outputs[0].GetTensorDataAsSpan<float>().ToArray();
}
