namespace InceptionMl.Networks.Weights.Hdf5;

/// <summary>What a message is about, as far as a file of weights needs it; the numbers are the format's.</summary>
internal enum Hdf5MessageKind
{
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    Attribute = 0x0c,
    Continuation = 0x10,
    SymbolTable = 0x11,
}
