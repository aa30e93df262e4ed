namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>The stack and the memo of a pickle being read, with bounds on all a pickle can make them hold.</summary>
internal sealed class PickleStack(PickleBytes bytes)
{
    // A network of a thousand tensors takes about 30,000 values, 2,000 of them on the stack at once and 3 marks deep.
    private const int MostValues = 400_000;
    private const int Deepest = 50_000;
    private const int MostMarks = 64;
    private readonly List<object?> values = [];
    private readonly Stack<int> marks = new();
    private readonly Dictionary<uint, object?> memo = [];
    private int made;

    public void Push(object? value)
    {
        Charge(1);
        if (values.Count == Deepest)
        {
            throw bytes.Error($"the pickle's stack grows beyond {Deepest} values; a state_dict needs a few thousand. It is damaged or meant to harm");
        }

        values.Add(value);
    }

    /// <summary>Counts values made beside those pushed.</summary>
    public void Charge(int count)
    {
        made += count;
        if (made > MostValues)
        {
            throw bytes.Error($"the pickle makes more than {MostValues} values; a state_dict needs some thousand. It is damaged or meant to harm");
        }
    }

    public void Mark()
    {
        if (marks.Count == MostMarks)
        {
            throw bytes.Error($"the pickle nests deeper than {MostMarks} levels; a state_dict nests a few. It is damaged or meant to harm");
        }

        marks.Push(values.Count);
    }

    public object? Pop()
    {
        if (values.Count <= (marks.Count == 0 ? 0 : marks.Peek()))
        {
            throw bytes.Error("the pickle takes a value that is not there: the file is damaged");
        }

        object? value = values[^1];
        values.RemoveAt(values.Count - 1);
        return value;
    }

    public object?[] Pop(int count)
    {
        object?[] taken = new object?[count];
        for (int i = count - 1; i >= 0; i--)
        {
            taken[i] = Pop();
        }

        return taken;
    }

    public T Pop<T>(string expected) => Pop() is T value ? value : throw bytes.Error($"{expected} was expected here: the file is damaged");

    /// <summary>Gets all values above the last mark, and the mark.</summary>
    public object?[] PopToMark()
    {
        if (marks.Count == 0)
        {
            throw bytes.Error("the pickle takes values up to a mark, and there is none: the file is damaged");
        }

        int start = marks.Pop();
        object?[] taken = [.. values.Skip(start)];
        values.RemoveRange(start, values.Count - start);
        return taken;
    }

    public T Peek<T>(string expected) =>
        values.Count > (marks.Count == 0 ? 0 : marks.Peek()) && values[^1] is T value
            ? value
            : throw bytes.Error($"{expected} was expected here: the file is damaged");

    public void Memoize(uint? index = null) => memo[index ?? (uint)memo.Count] = Peek<object?>("a value");

    public void Recall(uint index) =>
        Push(memo.TryGetValue(index, out object? value)
            ? value
            : throw bytes.Error($"value {index} is recalled before it was kept: the file is damaged"));
}

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
