namespace InceptionMl.Networks.TensorFlow;

/// <summary>TensorFlow's numbers for the types of tensor elements that networks and their image fronts use.</summary>
internal enum DataType
{
    None = 0,
    Float = 1,
    Double = 2,
    Int32 = 3,
    UInt8 = 4,
    String = 7,
    Int64 = 9,
    Bool = 10,
    Half = 19,
}
