using System.Text.Json.Serialization;

namespace InceptionMl.Training.Datasets;

/// <summary>Specifies the folder that gives an image its label.</summary>
public enum LabelFolder
{
    /// <summary>The one right below the dataset's folder, or below a part's; folders below it belong to it.</summary>
    [JsonStringEnumMemberName("top")]
    Top,

    /// <summary>The one that the image lies in, however deep.</summary>
    [JsonStringEnumMemberName("parent")]
    Parent,
}
