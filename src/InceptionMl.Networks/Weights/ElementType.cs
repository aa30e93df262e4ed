namespace InceptionMl.Networks.Weights;

/// <summary>What the elements of a tensor are in its file.</summary>
internal enum ElementType
{
    Float32,
    Float16,
    BFloat16,
    Float64,
    Int64,
    Int32,
    Int16,
    Int8,
    UInt8,
    Boolean,
}
