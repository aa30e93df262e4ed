using System.ComponentModel.DataAnnotations;
using InceptionMl.Backbones;
using InceptionMl.Training.Features;

namespace InceptionMl.Training.Transforms;

public sealed partial class InceptionClassifierEstimator
{
    /// <summary>The options of the estimator.</summary>
    public sealed class Options
    {
        /// <summary>Gets or sets the column of labels: text, or a key that <c>MapValueToKey</c> made of text.</summary>
        /// <value>The default is "Label".</value>
        public string LabelColumnName { get; set; } = "Label";

        /// <summary>Gets or sets the column of images, of type <see cref="Microsoft.ML.Data.MLImage"/>.</summary>
        /// <value>The default is "Image".</value>
        public string ImageColumnName { get; set; } = "Image";

        /// <summary>Gets or sets the column of the backbone's features, which is added beside <c>Score</c> and <c>PredictedLabel</c>.</summary>
        /// <value>The default is "Features".</value>
        public string FeatureColumnName { get; set; } = "Features";

        /// <summary>Gets or sets the backbone.</summary>
        /// <value>The default is null: the embedded one.</value>
        public Backbone? Backbone { get; set; }

        /// <summary>Gets or sets which heads compete, and how they are searched and fitted.</summary>
        /// <value>The default is both kinds over the powers of ten.</value>
        [Required]
        public HeadSettings Heads { get; set; } = new();

        /// <summary>
        /// Gets or sets the number of folds by which head and L2 are chosen, from 2 to <see cref="SplitSettings.MaxFolds"/>. Folds are stratified, with
        /// equal images in one fold.
        /// </summary>
        /// <value>The default is 5.</value>
        [Range(2, SplitSettings.MaxFolds)]
        public int Folds { get; set; } = 5;

        /// <summary>Gets or sets whether every class counts alike, however many images it has.</summary>
        /// <value>The default is false.</value>
        public bool BalanceClasses { get; set; }

        /// <summary>
        /// Gets or sets the seed of all that is random. ML.NET does not tell a trainer the seed of the <see cref="Microsoft.ML.MLContext"/>.
        /// </summary>
        /// <value>The default is 1: the same images give the same model.</value>
        public int Seed { get; set; } = 1;

        /// <summary>
        /// Gets or sets a callback that is invoked with a sentence after each step of <c>Fit</c>: what was read, and which head was chosen.
        /// ML.NET does not give a trainer the log of the <see cref="Microsoft.ML.MLContext"/>.
        /// </summary>
        /// <value>The default is null.</value>
        public Action<string>? Log { get; set; }

        /// <summary>
        /// Gets or sets a progress sink that is invoked after each image. <see cref="FeatureProgress.Total"/> is 0 where the data view does not know its rows.
        /// </summary>
        /// <value>The default is null.</value>
        public IProgress<FeatureProgress>? Progress { get; set; }

        /// <summary>Gets or sets a progress sink that is invoked while the head is searched and fitted.</summary>
        /// <value>The default is null.</value>
        public IProgress<HeadProgress>? HeadProgress { get; set; }

        /// <summary>Gets or sets a token to cancel <c>Fit</c>. It stops between images and between iterations of the head's search.</summary>
        /// <value>The default is none.</value>
        public CancellationToken CancellationToken { get; set; }
    }
}
