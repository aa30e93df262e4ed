namespace InceptionMl.Networks.TensorFlow;

/// <summary>
/// Refuses a NodeDef whose parsed form could take many times its bytes, before it is parsed: only tensors may be large.
/// </summary>
internal static class NodeBounds
{
    private const int MostInputs = 4096;
    private const int MostAttributes = 256;
    private const int LongestText = 64 << 10;
    private const int LargestShape = 4 << 10;

    private const int InputField = 3;
    private const int AttributeField = 5;
    private const int AttributeValueField = 2;
    private const int TensorValueField = 8;
    private const int TensorShapeField = 2;
    private const int Int32ValuesField = 7;
    private const int Int64ValuesField = 10;
    private const int HalfValuesField = 13;

    /// <summary>What is wrong with the node's message; null if it may be parsed.</summary>
    public static string? Problem(ReadOnlySpan<byte> node)
    {
        int inputs = 0;
        int attributes = 0;
        while (!node.IsEmpty)
        {
            if (!WireField.TryTake(ref node, out WireField field))
            {
                return "is damaged";
            }

            inputs += field.Number == InputField ? 1 : 0;
            attributes += field.Number == AttributeField ? 1 : 0;
            if (inputs > MostInputs || attributes > MostAttributes)
            {
                return $"has more than {MostInputs} inputs or {MostAttributes} attributes";
            }

            string? problem = field.Number == AttributeField ? AttributeProblem(field.Payload)
                : field.Payload.Length > LongestText ? $"has a text of {field.Payload.Length} bytes" : null;
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? AttributeProblem(ReadOnlySpan<byte> entry)
    {
        while (!entry.IsEmpty)
        {
            if (!WireField.TryTake(ref entry, out WireField field))
            {
                return "has a damaged attribute";
            }

            string? problem = field.Number == AttributeValueField ? ValueProblem(field.Payload)
                : field.Payload.Length > LongestText ? $"has a text of {field.Payload.Length} bytes" : null;
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? ValueProblem(ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            if (!WireField.TryTake(ref value, out WireField field))
            {
                return "has a damaged attribute";
            }

            string? problem = field.Number == TensorValueField ? TensorProblem(field.Payload)
                : field.Payload.Length > LongestText ? $"has an attribute of {field.Payload.Length} bytes" : null;
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    // Integers grow eightfold on parsing; networks hold them only as axes, sizes and paddings.
    private static string? TensorProblem(ReadOnlySpan<byte> tensor)
    {
        int integers = 0;
        int shape = 0;
        while (!tensor.IsEmpty)
        {
            if (!WireField.TryTake(ref tensor, out WireField field))
            {
                return "has a damaged tensor";
            }

            int bytes = field.Payload.Length + 1;
            integers += field.Number is Int32ValuesField or Int64ValuesField or HalfValuesField ? bytes : 0;
            shape += field.Number == TensorShapeField ? bytes : 0;
            if (integers > LongestText || shape > LargestShape)
            {
                return "has a tensor with an oversized shape or list of integers";
            }
        }

        return null;
    }
}
