using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace InceptionMl.Training.Training;

/// <summary>The columns a saved model's zip declares: any ML.NET program feeds it a class with an <c>Image</c> of its own.</summary>
internal sealed class MlNetInput
{
    // The attribute must be there; the size that counts is set below.
    [ImageType(1, 1)]
    public MLImage? Image { get; set; }

    // A zip's schema cannot hold an image column, and an empty one cannot be saved: a text column keeps the schema loadable.
    public string Label { get; set; } = string.Empty;

    public static SchemaDefinition Schema(int width, int height)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(MlNetInput));
        schema[nameof(Image)].ColumnType = new ImageDataViewType(height, width);
        return schema;
    }
}
