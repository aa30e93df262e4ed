namespace InceptionMl.Networks.Weights.Hdf5;

/// <summary>One message of an object's header.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Shared">Whether its content stands elsewhere in the file.</param>
/// <param name="Address">Where its content stands.</param>
/// <param name="Content">Its content.</param>
internal sealed record Hdf5Message(Hdf5MessageKind Kind, bool Shared, long Address, ReadOnlyMemory<byte> Content);
