using InceptionMl.Images.Internal;
using InceptionMl.Inference.Internal;
using InceptionMl.Models.Internal;

namespace InceptionMl.Scoring.Explanations;

/// <summary>
/// Occlusion (Zeiler and Fergus 2014): a gray patch, two cells wide and high, is centered on each cell of a grid over what the
/// network sees; the cell's value is how far the label's logit drops.
/// </summary>
internal sealed class Occlusion(FeatureNetwork network, LinearHead head)
{
    /// <summary>Rows and columns of the grid; the network runs once a cell.</summary>
    public const int Side = 8;

    private const float Gray = 128;

    /// <param name="room">Its planes hold the image; its features are overwritten.</param>
    /// <param name="label">The label's place.</param>
    /// <param name="picture">What the network sees.</param>
    /// <param name="cancellationToken">Asked before each run of the network.</param>
    public float[] Measure(FeatureBuffers room, int label, VisibleRegion picture, CancellationToken cancellationToken)
    {
        float whole = head.Logit(room.Features, label);
        float[] grid = new float[Side * Side];
        for (int cell = 0; cell < grid.Length; cell++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ImagePreparer.ToPlanar(room.Rgb, room.Planes);
            Cover(room.Planes, picture, cell / Side, cell % Side);
            network.Run(room);
            grid[cell] = whole - head.Logit(room.Features, label);
        }

        return grid;
    }

    private void Cover(Span<float> planes, VisibleRegion picture, int row, int column)
    {
        (int left, int right) = Patch(column, picture.Window.Left, picture.Window.Width);
        (int top, int bottom) = Patch(row, picture.Window.Top, picture.Window.Height);
        for (int channel = 0; channel < 3; channel++)
        {
            for (int y = top; y < bottom; y++)
            {
                int start = ((channel * network.Height) + y) * network.Width;
                planes[(start + left)..(start + right)].Fill(Gray);
            }
        }
    }

    // Half a cell beyond the cell on either side, inside what is seen.
    private static (int From, int To) Patch(int cell, int start, int length) => (
        start + Math.Max(0, ((2 * cell) - 1) * length / (2 * Side)),
        start + Math.Min(length, ((2 * cell) + 3) * length / (2 * Side)));
}
