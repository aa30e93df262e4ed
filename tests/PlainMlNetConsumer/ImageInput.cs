using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace PlainMlNetConsumer;

/// <summary>What the model takes: a picture of any size.</summary>
internal sealed class ImageInput
{
    // The attribute wants a size; the model resizes whatever it gets.
    [ImageType(1, 1)]
    public MLImage? Image { get; set; }
}
