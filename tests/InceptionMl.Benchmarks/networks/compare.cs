#:package Microsoft.ML.OnnxRuntime
#:property AllowUnsafeBlocks=true

// dotnet run -c Release compare.cs -- OURS.onnx THEIRS.onnx [HEIGHT WIDTH [RUNS]]
// Times two models in ONNX Runtime in one process, turn by turn, two threads that do not spin, batch 1; prints medians of wall and
// processor time (the latter holds on a busy machine), their ratios (below 1: the first is faster), and how far the first outputs
// are apart.
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

float[] first = Run(ours, out _, out _);
float[] second = Run(theirs, out _, out _);
double[] ourWall = new double[runs];
double[] ourProcessor = new double[runs];
double[] theirWall = new double[runs];
double[] theirProcessor = new double[runs];
for (int i = 0; i < runs; i++)
{
    Run(ours, out ourWall[i], out ourProcessor[i]);
    Run(theirs, out theirWall[i], out theirProcessor[i]);
}

float scale = second.Max(Math.Abs);
double apart = first.Length == second.Length ? first.Zip(second, (x, y) => Math.Abs(x - y)).Max() / scale : double.NaN;
Print("wall", ourWall, theirWall);
Print("processor", ourProcessor, theirProcessor);
Console.WriteLine(FormattableString.Invariant($"apart {apart:g2}"));
return 0;

static void Print(string kind, double[] ours, double[] theirs)
{
    Array.Sort(ours);
    Array.Sort(theirs);
    double a = ours[ours.Length / 2];
    double b = theirs[theirs.Length / 2];
    Console.WriteLine(FormattableString.Invariant(
        $"{kind}: ours {a:f1} ms (best {ours[0]:f1}), theirs {b:f1} ms (best {theirs[0]:f1}), ratio {a / b:f3} (best {ours[0] / theirs[0]:f3})"));
}

float[] Run(InferenceSession session, out double wall, out double processor)
{
    using RunOptions run = new();
    using OrtValue input = OrtValue.CreateTensorValueFromMemory(image, [1, 3, height, width]);
    TimeSpan before = Environment.CpuUsage.TotalTime;
    long start = Stopwatch.GetTimestamp();
    using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [session.InputNames[0]], [input], [session.OutputNames[0]]);
    wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    processor = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    return outputs[0].GetTensorDataAsSpan<float>().ToArray();
}
