using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace PlainMlNetConsumer;

/// <summary>What the model takes: a picture of any size.</summary>
internal sealed class ImageInput
{
    // The model's own size, as schema["Image"].Type says it: ML.NET tells image types by it. The model resizes whatever it gets.
    [ImageType(128, 128)]
    public MLImage? Image { get; set; }
}
