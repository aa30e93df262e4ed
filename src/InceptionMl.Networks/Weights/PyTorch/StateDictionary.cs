namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>The state_dict of a pickle: the pickle's root, or, in a training checkpoint, the root's 'state_dict' or 'model'.</summary>
internal static class StateDictionary
{
    private const string Advice = "Save it with torch.save(model.state_dict(), ..)";

    /// <summary>Gets the tensors a pickle's root names, not read yet.</summary>
    public static List<KeyValuePair<string, TorchTensor>> Tensors(object? root, string source)
    {
        if (root is not Dictionary<object, object?> dictionary)
        {
            throw new WeightException($"{source} holds {PickleValue.Describe(root)} and no state_dict. {Advice}.");
        }

        foreach (string key in (string[])["state_dict", "model"])
        {
            if (dictionary.TryGetValue(key, out object? inner) && inner is Dictionary<object, object?> state)
            {
                dictionary = state;
                break;
            }
        }

        List<KeyValuePair<string, TorchTensor>> tensors = new(dictionary.Count);
        foreach ((object key, object? value) in dictionary)
        {
            tensors.Add(key is string name && TensorName.IsPlain(name) && value is TorchTensor tensor
                ? KeyValuePair.Create(name, tensor)
                : throw new WeightException(
                    $"{source}: '{TensorName.Shown($"{key}")}' is {PickleValue.Describe(value)}; "
                    + $"a state_dict has a tensor under every name, and names are plain text. {Advice}."));
        }

        return tensors.Count > 0 ? tensors : throw new WeightException($"{source} holds no tensors.");
    }
}
