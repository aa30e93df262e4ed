using System.Text.Json.Serialization;

namespace InceptionMl.Training.Backbones.Download;

[JsonSerializable(typeof(PartialOrigin))]
internal sealed partial class PartialOriginJson : JsonSerializerContext;
