using System.Buffers.Binary;
using System.Text.Json.Serialization;

namespace InceptionMl.Models.Internal;

/// <summary>
/// How strange the true labels of images were to heads that had not seen them, from which sets of labels follow that hold the true one in a wanted share
/// of images (split-conformal prediction: Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005).
/// </summary>
public sealed class ConformalScores
{
    /// <summary>The zip entry of a model's scores.</summary>
    public const string Entry = "InceptionMl/sets.bin";

    /// <summary>The most images of which scores are kept.</summary>
    public const int MostImages = 10_000;

    /// <summary>The most bytes of the entry.</summary>
    public const int MostBytes = HeaderLength + (MostImages * RowLength);

    // Angelopoulos, Bates, Malik and Jordan, "Uncertainty sets for image classifiers using conformal prediction", 2021: penalty and free ranks of RAPS.
    private const float Penalty = 0.05f;
    private const int FreeRanks = 2;

    private const int HeaderLength = 8;
    private const int RowLength = sizeof(int) + sizeof(float);

    private readonly int[] labels;
    private readonly float[] scores;

    private ConformalScores(ConformalMethod method, int[] labels, float[] scores)
    {
        Method = method;
        this.labels = labels;
        this.scores = scores;
    }

    private static ReadOnlySpan<byte> Mark => "IMS"u8;

    /// <summary>Gets how strangeness is measured.</summary>
    public ConformalMethod Method { get; }

    /// <summary>Gets the number of images.</summary>
    public int Images => labels.Length;

    /// <summary>Takes the scores of images; of more than <see cref="MostImages"/> the first.</summary>
    /// <param name="method">How strangeness is measured.</param>
    /// <param name="images">The true label of each and the probabilities that a head gave that had not seen it.</param>
    public static ConformalScores Create(ConformalMethod method, IEnumerable<(int Label, float[] Probabilities)> images)
    {
        (int Label, float Score)[] kept = [.. images.Take(MostImages).Select(image => (image.Label, All(method, image.Probabilities)[image.Label]))];
        return new ConformalScores(method, [.. kept.Select(of => of.Label)], [.. kept.Select(of => of.Score)]);
    }

    /// <summary>Reads scores; null where the bytes are none of a model of so many classes.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> gave.</param>
    /// <param name="classes">The number of classes.</param>
    public static ConformalScores? Parse(ReadOnlySpan<byte> bytes, int classes)
    {
        if (bytes.Length < HeaderLength || !bytes.StartsWith(Mark) || !Enum.IsDefined((ConformalMethod)bytes[3])
            || bytes.Length - HeaderLength != (long)BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) * RowLength)
        {
            return null;
        }

        int[] labels = new int[(bytes.Length - HeaderLength) / RowLength];
        float[] scores = new float[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(HeaderLength + (i * RowLength))..]);
            scores[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(HeaderLength + (i * RowLength) + sizeof(int))..]);
            if ((uint)labels[i] >= (uint)classes || !float.IsFinite(scores[i]))
            {
                return null;
            }
        }

        return new ConformalScores((ConformalMethod)bytes[3], labels, scores);
    }

    /// <summary>Gets the scores as bytes: a header, then label and score of each image.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[HeaderLength + (labels.Length * RowLength)];
        Mark.CopyTo(bytes);
        bytes[3] = (byte)Method;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), labels.Length);
        for (int i = 0; i < labels.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(HeaderLength + (i * RowLength)), labels[i]);
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(HeaderLength + (i * RowLength) + sizeof(int)), scores[i]);
        }

        return bytes;
    }

    /// <summary>
    /// Gets the score of each class up to which it belongs to a set. Where every class has at least 1 / (1 - coverage) images each class has its own
    /// (class-conditional: Vovk, "Conditional validity of inductive conformal predictors", 2012), so that the coverage holds for each of them.
    /// </summary>
    /// <param name="coverage">The share of images whose set shall hold the true label, above 0, below 1.</param>
    /// <param name="classes">The number of classes.</param>
    public float[] Limits(double coverage, int classes)
    {
        ILookup<int, float> byClass = labels.Zip(scores).ToLookup(of => of.First, of => of.Second);
        bool each = Enumerable.Range(0, classes).All(c => byClass[c].Count() * (1 - coverage) >= 1 - 1e-9);
        float all = Quantile(scores, coverage);
        return [.. Enumerable.Range(0, classes).Select(c => each ? Quantile(byClass[c], coverage) : all)];
    }

    /// <summary>Gets the places of the labels of a set, the most probable first; never none.</summary>
    /// <param name="probabilities">The probability of each label.</param>
    /// <param name="limits">What <see cref="Limits"/> gave.</param>
    public IReadOnlyList<int> Set(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> limits)
    {
        float[] all = All(Method, probabilities);
        int[] order = Order(probabilities);
        List<int> set = [];
        foreach (int place in order)
        {
            if (all[place] <= limits[place])
            {
                set.Add(place);
            }
        }

        return set.Count > 0 ? set : [order[0]];
    }

    // The k-th smallest of n, k = ceil((n + 1) coverage); with fewer images than that, every label belongs to every set.
    private static float Quantile(IEnumerable<float> scores, double coverage)
    {
        float[] rising = [.. scores.Order()];
        int place = (int)Math.Ceiling(((rising.Length + 1) * coverage) - 1e-9);
        return place > rising.Length ? float.PositiveInfinity : rising[Math.Max(1, place) - 1];
    }

    private static int[] Order(ReadOnlySpan<float> probabilities)
    {
        int[] order = new int[probabilities.Length];
        float[] falling = new float[probabilities.Length];
        for (int i = 0; i < order.Length; i++)
        {
            (order[i], falling[i]) = (i, -probabilities[i]);
        }

        // Equals stay in the order of the classes.
        Array.Sort([.. falling.Zip(order)], order);
        return order;
    }

    private static float[] All(ConformalMethod method, ReadOnlySpan<float> probabilities)
    {
        float[] scores = new float[probabilities.Length];
        if (method == ConformalMethod.Lac)
        {
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] = 1 - probabilities[i];
            }

            return scores;
        }

        double sum = 0;
        int rank = 0;
        foreach (int place in Order(probabilities))
        {
            sum += probabilities[place];
            rank++;
            scores[place] = (float)(sum + (method == ConformalMethod.Raps ? Penalty * Math.Max(0, rank - FreeRanks) : 0));
        }

        return scores;
    }
}

/// <summary>How strange a label is to an image.</summary>
public enum ConformalMethod
{
    /// <summary>One less its probability (Sadinle, Lei and Wasserman, "Least ambiguous set-valued classifiers", 2019): the smallest sets.</summary>
    [JsonStringEnumMemberName("lac")]
    Lac,

    /// <summary>The probability of it and of all labels before it (Romano, Sesia and Candes, "Classification with valid and adaptive coverage", 2020).</summary>
    [JsonStringEnumMemberName("aps")]
    Aps,

    /// <summary>As <see cref="Aps"/>, with a penalty on late ranks (Angelopoulos and others, 2021).</summary>
    [JsonStringEnumMemberName("raps")]
    Raps,
}
