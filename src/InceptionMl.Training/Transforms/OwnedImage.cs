using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace InceptionMl.Training.Transforms;

/// <summary>A row's image as ML.NET may have it: what ResizeImages passes on uncopied is disposed at the next row.</summary>
internal sealed class OwnedImage
{
    // The attribute must be there; the size that counts is the column's own.
    [ImageType(1, 1)]
    public MLImage? Image { get; set; }

    /// <summary>Adds a column of images that are copies where they have the size already, and the caller's own where they will be resized.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="image">The column of type <see cref="MLImage"/>.</param>
    /// <param name="owned">The column added.</param>
    /// <param name="type">The type of both.</param>
    /// <param name="width">Width that is resized to, in pixels.</param>
    /// <param name="height">Height that is resized to, in pixels.</param>
    /// <param name="missing">Invoked, on any thread, at each row without an image; null for nothing.</param>
    public static IEstimator<ITransformer> Column(
        TransformsCatalog transforms, string image, string owned, DataViewType type, int width, int height, Action? missing) =>
        transforms.CustomMapping<OwnedImage, OwnedImage>(
            (from, to) =>
            {
                if (from.Image is null)
                {
                    missing?.Invoke();
                }

                to.Image = from.Image is { } whole && whole.Width == width && whole.Height == height ? Copy(whole) : from.Image;
            },
            contractName: null,
            Column(image, type),
            Column(owned, type));

    private static MLImage Copy(MLImage image) => MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, image.Pixels);

    private static SchemaDefinition Column(string column, DataViewType type)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(OwnedImage));
        schema[nameof(Image)].ColumnType = type;
        schema[nameof(Image)].ColumnName = column;
        return schema;
    }
}
