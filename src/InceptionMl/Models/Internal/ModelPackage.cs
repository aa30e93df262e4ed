using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;
using InceptionMl.Images.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Models.Internal;

/// <summary>
/// A model zip as the scorer sees it: the card, the head and the network's bytes. Nothing else in the zip is read, nothing is
/// unpacked to disk, and no type is created by a name in the file.
/// </summary>
public sealed record ModelPackage(ModelCard Card, LinearHead Head, ReadOnlyMemory<byte> Network)
{
    /// <summary>Gets the vectors that tell whether an image is one of its classes; null where the model does not.</summary>
    public FeatureBank? Bank { get; init; }

    /// <summary>Gets what sets of labels follow from; null where the zip does not hold it.</summary>
    public ConformalScores? Scores { get; init; }

    /// <summary>The card's zip entry.</summary>
    public const string CardEntry = "InceptionMl/card.json";

    /// <summary>The head's zip entry.</summary>
    public const string HeadEntry = "InceptionMl/head.safetensors";

    /// <summary>Name of the head's weights, [classes, width].</summary>
    public const string WeightsTensor = "weights";

    /// <summary>Name of the head's bias, [classes].</summary>
    public const string BiasTensor = "bias";

    /// <summary>The zip entry of <see cref="TrainedContents"/>.</summary>
    public const string TrainedEntry = "InceptionMl/trained.bin";

    private const long MaxCard = 64L << 20;
    private const long MaxNetwork = 1L << 30;
    private const int LongestName = 200;
    private const int LengthPrefix = sizeof(int);

    /// <summary>Reads a model zip.</summary>
    /// <exception cref="ModelFormatException">It is no zip, no model of this kind, damaged, or of a newer format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelPackage Read(string path)
    {
        if (File.Exists(path) && !FileKind.IsRegular(path))
        {
            throw Subject.FromFile(path).Refuse("is a pipe or a device: name the model's zip file");
        }

        using FileStream file = File.OpenRead(path);
        return Read(file, Subject.FromFile(path));
    }

    /// <summary>Reads a model zip.</summary>
    /// <param name="seekable">The zip.</param>
    /// <param name="subject">What a message is about.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static ModelPackage Read(Stream seekable, Subject subject) => Unzip(seekable, subject, zip => Read(zip, subject));

    /// <summary>Reads a model zip's card and sees that all it names is in the zip, without reading that.</summary>
    /// <exception cref="ModelFormatException">It is no zip, no model of this kind, cut short, or of a newer format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelCard ReadCard(Stream seekable, Subject subject) => Unzip(seekable, subject, zip =>
    {
        ModelCard card = ReadCard(zip, subject);
        Require(zip, subject, card.Head.Entry);
        Require(zip, subject, card.Network.Entry);
        return card;
    });

    /// <summary>Reads which images a model was fitted on; null where its zip does not list them.</summary>
    /// <exception cref="ModelFormatException">It is no zip, or the list is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrainedContents? ReadTrained(string path) =>
        ReadOptional(path, TrainedEntry, TrainedContents.MostInZip * TrainedContents.PrefixLength, bytes => TrainedContents.Parse(bytes));

    /// <summary>Reads an entry that not every model has; null where this one has none.</summary>
    /// <param name="path">The zip.</param>
    /// <param name="name">The entry.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <param name="parse">Reads its content; null where that is something else.</param>
    /// <exception cref="ModelFormatException">It is no zip, or the entry is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T? ReadOptional<T>(string path, string name, long limit, Func<byte[], T?> parse)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(parse);
        using FileStream file = File.OpenRead(path);
        Subject subject = Subject.FromFile(path);
        return Unzip(file, subject, zip => zip.GetEntry(name) is not { } entry ? null
            : parse(ReadEntry(entry, subject, limit)) ?? throw Damaged(subject, $"{name} is not what its name says"));
    }

    private static T Unzip<T>(Stream seekable, Subject subject, Func<ZipArchive, T> read)
    {
        try
        {
            using ZipArchive zip = new(seekable, ZipArchiveMode.Read, leaveOpen: true);
            return read(zip);
        }
        catch (InvalidDataException exception)
        {
            throw OtherKind(seekable) is { } other
                ? subject.Refuse(other, innerException: exception)
                : subject.Refuse("is no readable zip file, or a damaged one: train the model again or fetch a whole copy", ModelErrorReason.Damaged, exception);
        }
    }

    // What is given in a model's place, the arguments being exchanged for one.
    private static string? OtherKind(Stream seekable)
    {
        byte[] start = new byte[ImageSignature.HeadLength];
        seekable.Position = 0;
        ReadOnlySpan<byte> head = start.AsSpan(0, seekable.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        return ImageKinds.Find(head) is { } kind ? $"is {kind.Name}, not a model: name the model's zip file"
            : head.StartsWith("version https://git-lfs"u8) ? "is a Git LFS pointer, not a model: fetch the file itself with 'git lfs pull'"
            : head is [0x1F, 0x8B, ..] ? "is compressed with gzip: unpack it first, and name the model's zip file"
            : head.TrimStart(" \t\r\n"u8) is [(byte)'<', ..] ? "is a web page, not a model: download the model itself"
            : head.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? "is JSON, not a model: name the model's zip file"
            : null;
    }

    private static ModelCard ReadCard(ZipArchive zip, Subject subject) => zip.GetEntry(CardEntry) is { } entry
        ? ModelCard.Parse(ReadEntry(entry, subject, MaxCard), subject)
        : throw subject.Refuse($"is no model of InceptionMl: {WhatItHolds(zip)}");

    // What people make of a model on its way to somebody else.
    private static string WhatItHolds(ZipArchive zip) =>
        zip.Entries.FirstOrDefault(entry => entry.FullName.EndsWith('/' + CardEntry, StringComparison.Ordinal)) is { } card
            ? $"it holds one in its folder '{Shown(card.FullName[..^(CardEntry.Length + 1)])}': zip what is in that folder, and not the folder"
        : zip.Entries.FirstOrDefault(entry => entry.FullName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) is { } inner
            ? $"it holds another zip, '{Shown(inner.FullName)}': unpack that and name it"
        : $"it has no {CardEntry} (a zip saved by ML.NET alone is loaded with mlContext.Model.Load)";

    private static string Shown(string name) => SingleLineText.Clean(name, LongestName);

    private static ModelPackage Read(ZipArchive zip, Subject subject)
    {
        ModelCard card = ReadCard(zip, subject);
        int classes = card.Classes.Count;
        int width = card.Backbone.Outputs.Features.Width;
        long headBytes = ((long)classes * width * sizeof(float)) + (1 << 21);
        byte[] head = ReadEntry(Require(zip, subject, card.Head.Entry), subject, headBytes);
        LinearHead linear;
        try
        {
            linear = new LinearHead(width, Safetensors.Read(head, subject, WeightsTensor, classes, width), Safetensors.Read(head, subject, BiasTensor, classes));
        }
        catch (ArgumentException exception)
        {
            throw subject.Refuse($"holds a damaged head: {exception.Message}", ModelErrorReason.Damaged, exception);
        }

        return new ModelPackage(card, linear, ReadNetwork(zip, subject, card))
        {
            Bank = card.Unknown is null ? null : ReadBank(zip, subject, width),
            Scores = card.Sets is null ? null : ReadScores(zip, subject, classes),
        };
    }

    private static FeatureBank ReadBank(ZipArchive zip, Subject subject, int width) =>
        FeatureBank.Parse(ReadEntry(Require(zip, subject, FeatureBank.Entry), subject, FeatureBank.MostBytes), width)
        ?? throw Damaged(subject, $"{FeatureBank.Entry} is no bank of the network's features");

    private static ConformalScores ReadScores(ZipArchive zip, Subject subject, int classes) =>
        ConformalScores.Parse(ReadEntry(Require(zip, subject, ConformalScores.Entry), subject, ConformalScores.MostBytes), classes)
        ?? throw Damaged(subject, $"{ConformalScores.Entry} holds no scores of its classes");

    private static ReadOnlyMemory<byte> ReadNetwork(ZipArchive zip, Subject subject, ModelCard card)
    {
        byte[] entry = ReadEntry(Require(zip, subject, card.Network.Entry), subject, MaxNetwork);
        if (entry.Length < LengthPrefix || BinaryPrimitives.ReadInt32LittleEndian(entry) != entry.Length - LengthPrefix)
        {
            throw Damaged(subject, $"{card.Network.Entry} is not as long as it says");
        }

        ReadOnlyMemory<byte> onnx = entry.AsMemory(LengthPrefix);
        if (!Convert.ToHexString(SHA256.HashData(onnx.Span)).Equals(card.Network.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw Damaged(subject, $"{card.Network.Entry} does not have the checksum the model card names");
        }

        return onnx;
    }

    private static ZipArchiveEntry Require(ZipArchive zip, Subject subject, string name) =>
        zip.GetEntry(name) ?? throw Damaged(subject, $"it has no {name}");

    private static byte[] ReadEntry(ZipArchiveEntry entry, Subject subject, long limit)
    {
        limit = Math.Min(limit, Array.MaxLength);
        if (entry.Length > limit)
        {
            throw subject.Refuse(FormattableString.Invariant(
                $"is refused: {entry.FullName} claims {entry.Length} bytes, more than the {limit} such an entry may have"));
        }

        byte[] bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException exception)
        {
            throw Damaged(subject, $"{entry.FullName} ends early", exception);
        }

        // The framework does not compare it: an entry that is stored plainly would come back changed without a word.
        return Crc32.HashToUInt32(bytes) == entry.Crc32
            ? bytes
            : throw Damaged(subject, $"{entry.FullName} does not have the checksum the zip names");
    }

    private static ModelFormatException Damaged(Subject subject, string problem, Exception? cause = null) =>
        subject.Refuse($"is damaged: {problem}", ModelErrorReason.Damaged, cause);
}
