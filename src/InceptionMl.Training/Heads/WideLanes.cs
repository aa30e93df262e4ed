using System.Runtime.Intrinsics;

namespace InceptionMl.Training;

/// <summary>512-bit registers.</summary>
internal readonly struct WideLanes(Vector512<float> value) : ILanes<WideLanes>
{
    private readonly Vector512<float> value = value;

    public static int Count => Vector512<float>.Count;

    public static bool FitsFour => true;

    public static WideLanes Load(ref float source, nuint offset) => new(Vector512.LoadUnsafe(ref source, offset));

    public static WideLanes Broadcast(float value) => new(Vector512.Create(value));

    public static WideLanes MultiplyAdd(WideLanes left, WideLanes right, WideLanes addend)
        => new(Vector512.FusedMultiplyAdd(left.value, right.value, addend.value));

    public static void AddTo(WideLanes value, ref float destination, nuint offset)
        => (Vector512.LoadUnsafe(ref destination, offset) + value.value).StoreUnsafe(ref destination, offset);

    public static float Sum(WideLanes value) => Vector512.Sum(value.value);
}
