using InceptionMl.Internal;

namespace InceptionMl.Models.Internal;

/// <summary>Reads and checks backbone cards for readers that know what a message is about.</summary>
public static class BackboneCardReading
{
    /// <summary>Reads a card.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="subject">What a message is about.</param>
    public static BackboneCard Parse(ReadOnlySpan<byte> json, Subject subject) => BackboneCard.Parse(json, subject);

    /// <summary>Checks every value's range.</summary>
    /// <param name="card">The card.</param>
    /// <param name="subject">What a message is about.</param>
    public static void Require(this BackboneCard card, Subject subject) => card.Validate(subject);
}
