using System.Numerics;

namespace InceptionMl.Training;

/// <summary>The machine's own register width, for machines without 512-bit registers.</summary>
internal readonly struct NativeLanes(Vector<float> value) : ILanes<NativeLanes>
{
    private readonly Vector<float> value = value;

    public static int Count => Vector<float>.Count;

    public static bool FitsFour => false;

    public static NativeLanes Load(ref float source, nuint offset) => new(Vector.LoadUnsafe(ref source, offset));

    public static NativeLanes Broadcast(float value) => new(new Vector<float>(value));

    public static NativeLanes MultiplyAdd(NativeLanes left, NativeLanes right, NativeLanes addend)
        => new(Vector.FusedMultiplyAdd(left.value, right.value, addend.value));

    public static void AddTo(NativeLanes value, ref float destination, nuint offset)
        => (Vector.LoadUnsafe(ref destination, offset) + value.value).StoreUnsafe(ref destination, offset);

    public static float Sum(NativeLanes value) => Vector.Sum(value.value);
}
