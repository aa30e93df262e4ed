using System.Globalization;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>What a node's input names: <c>node</c>, <c>node:port</c>, or <c>^node</c>, which only orders execution.</summary>
internal readonly record struct TensorReference(string Node, int Port, bool Control)
{
    public static bool TryParse(string text, out TensorReference reference)
    {
        bool control = text.StartsWith('^');
        string name = control ? text[1..] : text;
        int port = 0;
        int colon = name.LastIndexOf(':');
        if (colon >= 0)
        {
            if (control || !int.TryParse(name.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
            {
                reference = default;
                return false;
            }

            name = name[..colon];
        }

        reference = new TensorReference(name, port, control);
        return name.Length > 0;
    }
}
