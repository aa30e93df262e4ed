using Google.Protobuf;

namespace InceptionMl.Networks.Onnx.Editing.Internal;

/// <summary>Gives the input and the features of a backbone other names, where the world around it goes by names.</summary>
public static class TensorRenaming
{
    /// <summary>Returns the model with its input and its features renamed, and no further output.</summary>
    /// <param name="onnx">A backbone that <see cref="BackboneEditor"/> made.</param>
    /// <param name="image">The input's new name.</param>
    /// <param name="features">The features' new name; another one.</param>
    /// <returns>The serialized edited model; the same input gives the same bytes.</returns>
    /// <exception cref="OnnxFormatException">The bytes are no such model.</exception>
    public static byte[] Rename(ReadOnlySpan<byte> onnx, string image, string features)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        ArgumentException.ThrowIfNullOrEmpty(features);
        ModelProto model = BackboneEditor.Parse(onnx, BackboneEditor.UnnamedSource);
        GraphProto graph = model.Graph;
        TensorNames names = new(graph, BackboneEditor.UnnamedSource);
        names.RequireProduced(BackboneEditor.FeaturesTensor);
        for (int i = graph.Output.Count - 1; i >= 0; i--)
        {
            if (graph.Output[i].Name != BackboneEditor.FeaturesTensor)
            {
                graph.Output.RemoveAt(i);
            }
        }

        // Out of the way first, lest a new name be one that the graph uses inside.
        string input = names.RenameToFresh(BackboneEditor.ImageTensor, "renamed_input");
        string output = names.RenameToFresh(BackboneEditor.FeaturesTensor, "renamed_output");
        names.RenameToFresh(image, image + "_original");
        names.RenameToFresh(features, features + "_original");
        names.Rename(input, image);
        names.Rename(output, features);
        return model.ToByteArray();
    }
}
