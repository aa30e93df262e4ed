namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>What a value of a pickle is called in a message.</summary>
internal static class PickleValue
{
    public static string Describe(object? value) => value switch
    {
        null => "None",
        bool => "a truth value",
        long or Int128 or double => "a number",
        string => "a text",
        object?[] => "a tuple",
        List<object?> => "a list",
        Dictionary<object, object?> => "a dictionary",
        TorchTensor => "a tensor",
        TorchStorage => "a storage",
        _ => "a function",
    };
}
