using System.Text.Json.Serialization;

namespace InceptionMl.Backbones.Download;

[JsonSerializable(typeof(PartialOrigin))]
internal sealed partial class PartialOriginJson : JsonSerializerContext;
