namespace InceptionMl;

/// <summary>The kinds of <see cref="Diagnostic"/>. They do not change between versions.</summary>
public static class DiagnosticIds
{
    /// <summary>Validation and test figures differ by more than chance.</summary>
    public const string AccuracyGap = "accuracy-gap";

    /// <summary>Archives and tables in folders are passed over.</summary>
    public const string ArchivesNotOpened = "archives-not-opened";

    /// <summary>Images are blurred or enlarged, unlike the others.</summary>
    public const string BlurredImages = "blurred";

    /// <summary>Images are nearly white all over.</summary>
    public const string BrightImages = "bright";

    /// <summary>The feature cache cannot be used.</summary>
    public const string CacheFailed = "cache-failed";

    /// <summary>A class is new since the latest version.</summary>
    public const string ClassAdded = "class-added";

    /// <summary>A part of the split has no image of a class.</summary>
    public const string ClassMissingInPart = "class-missing-in-part";

    /// <summary>A class is gone since the latest version.</summary>
    public const string ClassRemoved = "class-removed";

    /// <summary>A class has another name since the latest version.</summary>
    public const string ClassRenamed = "class-renamed";

    /// <summary>Classes have too few images for every fold of a cross-validation.</summary>
    public const string ClassesSmallerThanFolds = "classes-smaller-than-folds";

    /// <summary>Images are of one color all over.</summary>
    public const string ConstantImages = "constant";

    /// <summary>Equal images are in the training part and outside it.</summary>
    public const string ContentsInTwoParts = "contents-in-two-parts";

    /// <summary>Equal images have different labels.</summary>
    public const string ContentsUnderTwoLabels = "contents-under-two-labels";

    /// <summary>The registry does not say any more which version is the current one.</summary>
    public const string CurrentVersionLost = "current-version-lost";

    /// <summary>Images are very dark.</summary>
    public const string DarkImages = "dark";

    /// <summary>How many images are new, gone or relabeled since the latest version.</summary>
    public const string DatasetChanged = "dataset-changed";

    /// <summary>A class has most of the images.</summary>
    public const string DominantClass = "dominant-class";

    /// <summary>A label's folder has no image.</summary>
    public const string EmptyLabelFolders = "empty-label-folders";

    /// <summary>The backbone gives all images the same features.</summary>
    public const string FeaturesAlike = "features-alike";

    /// <summary>The features come from other blocks of the network than the latest version's.</summary>
    public const string FeaturesFromOtherBlocks = "features-from-other-blocks";

    /// <summary>Classes have too few images to judge them by.</summary>
    public const string FewTestImages = "few-test-images";

    /// <summary>A folder stands beside the folders of parts and is left out.</summary>
    public const string FolderBesideParts = "folder-beside-parts";

    /// <summary>The registry's list of frozen test images is lost.</summary>
    public const string FrozenTestLost = "frozen-test-lost";

    /// <summary>Images of a group are in the test part and outside it.</summary>
    public const string GroupsInTwoParts = "groups-in-two-parts";

    /// <summary>Hidden images and folders are ignored.</summary>
    public const string HiddenIgnored = "hidden-ignored";

    /// <summary>An image of a class was moved so that every part has one.</summary>
    public const string ImageMovedToPart = "image-moved-to-part";

    /// <summary>Images changed while they were trained on.</summary>
    public const string ImagesChanged = "images-changed";

    /// <summary>Images moved to another part since the latest version.</summary>
    public const string ImagesMoved = "images-moved";

    /// <summary>Images have no label and are ignored.</summary>
    public const string ImagesWithoutLabel = "images-without-label";

    /// <summary>Labels differ in case, blanks or the encoding of accents.</summary>
    public const string LabelSpelling = "label-spelling";

    /// <summary>Copies of one image are a large share of their class.</summary>
    public const string LargeGroups = "large-groups";

    /// <summary>A symbolic link was not followed.</summary>
    public const string LinkNotFollowed = "link-not-followed";

    /// <summary>Symbolic links were followed.</summary>
    public const string LinksFollowed = "links-followed";

    /// <summary>A manifest has no header, so its columns were guessed.</summary>
    public const string ManifestWithoutHeader = "manifest-without-header";

    /// <summary>A folder holds a model and is not taken for a class.</summary>
    public const string ModelFolder = "model-folder";

    /// <summary>There are more diagnostics than are listed.</summary>
    public const string MoreWarnings = "more-warnings";

    /// <summary>Images are copies or near-copies of others, and stay together.</summary>
    public const string NearCopies = "near-copies";

    /// <summary>Images are near-copies of images under another label.</summary>
    public const string NearCopiesUnderTwoLabels = "near-copies-under-two-labels";

    /// <summary>An archive holds archives, which are not opened.</summary>
    public const string NestedArchives = "nested-archives";

    /// <summary>Images lie deeper than in a label's own folder, and nothing says which folder is the label.</summary>
    public const string NestedFolders = "nested-folders";

    /// <summary>The challenger was measured on classes that the champion does not know.</summary>
    public const string NewClassesMeasured = "new-classes-measured";

    /// <summary>There is no test image, so no later version can be compared.</summary>
    public const string NoTestImages = "no-test-images";

    /// <summary>A manifest's column of parts names no part.</summary>
    public const string PartColumnIgnored = "part-column-ignored";

    /// <summary>A manifest names images more than once.</summary>
    public const string RepeatedImages = "repeated-images";

    /// <summary>The images are softer or sharper than those that the model learned from.</summary>
    public const string SharpnessShift = "sharpness-shift";

    /// <summary>There are too few test images to see a small loss.</summary>
    public const string SmallLossUnseen = "small-loss-unseen";

    /// <summary>Images are far smaller than what the network takes.</summary>
    public const string SmallImages = "small";

    /// <summary>Test images have copies among the images that were trained on.</summary>
    public const string TestCopiesInTraining = "test-copies-in-training";

    /// <summary>Test images were left out of a comparison, because the champion was trained on them.</summary>
    public const string TestImagesLeftOut = "test-images-left-out";

    /// <summary>Frozen test images are gone.</summary>
    public const string TestImagesMissing = "test-images-missing";

    /// <summary>Frozen test images have another label now.</summary>
    public const string TestImagesRelabeled = "test-images-relabeled";

    /// <summary>Frozen test images are left out, because their class is gone.</summary>
    public const string TestImagesSetAside = "test-images-set-aside";

    /// <summary>Only the images of the test part are used.</summary>
    public const string TestPartOnly = "test-part-only";

    /// <summary>The model was trained on images that it is measured on.</summary>
    public const string TrainedImages = "trained-images";

    /// <summary>The model does not list the images that it was trained on.</summary>
    public const string TrainedImagesUnknown = "trained-images-unknown";

    /// <summary>Images are near-copies of images of earlier versions and take their places.</summary>
    public const string Twins = "twins";

    /// <summary>Versions do not keep what their images look like.</summary>
    public const string TwinsUnknown = "twins-unknown";

    /// <summary>The model does not know labels of the images.</summary>
    public const string UnknownLabels = "unknown-labels";

    /// <summary>Most images show no more than smaller ones would.</summary>
    public const string UpscaledImages = "upscaled";

    /// <summary>A version's list of images cannot be read.</summary>
    public const string VersionUnreadable = "version-unreadable";
}
