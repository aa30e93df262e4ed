using InceptionMl.Images;
using InceptionMl.Models.Internal;

namespace InceptionMl.Backbones.Internal;

/// <summary>The backbone inside a model.</summary>
public static class ModelBackbone
{
    /// <summary>Opens it.</summary>
    public static Backbone Open(ModelPackage model)
    {
        ModelPreprocessing prepared = model.Card.Preprocessing;
        return new Backbone(
            model.Card.Backbone, new ImagePreprocessing(prepared.Width, prepared.Height) { Mode = prepared.Mode }, model.Network.ToArray());
    }
}
