namespace InceptionMl.Training;

/// <summary>A register of float32 lanes: lets one kernel be compiled for 512-bit registers and for whatever else the machine has.</summary>
/// <typeparam name="TSelf">The register itself.</typeparam>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Gets the number of floats in one register; divides <see cref="StandardizedRows.Padding"/> / 4.</summary>
    public static abstract int Count { get; }

    /// <summary>Gets a value that indicates whether there are registers enough for a tile of sixteen sums.</summary>
    public static abstract bool FitsFour { get; }

    /// <summary>Reads <see cref="Count"/> floats.</summary>
    public static abstract TSelf Load(ref float source, nuint offset);

    /// <summary>One value in every lane.</summary>
    public static abstract TSelf Broadcast(float value);

    /// <summary>left * right + addend.</summary>
    public static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>Adds this register to memory.</summary>
    public static abstract void AddTo(TSelf value, ref float destination, nuint offset);

    /// <summary>Gets the sum over the lanes.</summary>
    public static abstract float Sum(TSelf value);
}
