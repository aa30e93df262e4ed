namespace InceptionMl.Networks.Weights.Hdf5;

/// <summary>One message of an object's header.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Shared">Whether its content stands elsewhere in the file.</param>
/// <param name="Address">Where its content stands.</param>
/// <param name="Content">Its content.</param>
internal sealed record Hdf5Message(Hdf5Message.Subject Kind, bool Shared, long Address, ReadOnlyMemory<byte> Content)
{
    /// <summary>What a message is about, as far as a file of weights needs it.</summary>
    internal enum Subject
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
}
