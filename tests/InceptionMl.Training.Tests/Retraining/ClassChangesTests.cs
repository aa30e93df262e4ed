using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Training.Tests.Retraining;

public sealed class ClassChangesTests
{
    [Fact]
    public void Nothing_changed_is_nothing_told()
    {
        ClassChanges changes = ClassChanges.Between(Images("aaabbb"), Images("aaabbb"));

        Assert.Empty(changes.Appeared);
        Assert.Empty(changes.Vanished);
        Assert.Empty(changes.Renamed);
    }

    [Fact]
    public void A_class_of_new_images_appeared() => Assert.Equal(["c"], ClassChanges.Between(Images("aaabbb"), Images("aaabbbcc")).Appeared);

    [Fact]
    public void A_class_whose_images_are_gone_vanished() => Assert.Equal(["b"], ClassChanges.Between(Images("aaabbb"), Images("aaa")).Vanished);

    [Fact]
    public void A_class_whose_images_stand_under_a_new_name_was_renamed()
    {
        ClassChanges changes = ClassChanges.Between(Images("aaabbb"), Images("aaaxxx"));

        Assert.Equal("x", changes.NameNow("b"));
        Assert.Equal("a", changes.NameNow("a"));
        Assert.Empty(changes.Appeared);
        Assert.Empty(changes.Vanished);
    }

    [Fact]
    public void A_renamed_class_may_have_gained_and_lost_images() => Assert.Equal("x", ClassChanges.Between(Images("aabbbb"), Images("aaxxx.xxxxxxx")).NameNow("b"));

    [Fact]
    public void A_class_that_went_into_another_vanished() => Assert.Equal(["b"], ClassChanges.Between(Images("aaabbb"), Images("aaaaaa")).Vanished);

    [Fact]
    public void A_class_that_was_parted_vanished_and_its_parts_appeared()
    {
        ClassChanges changes = ClassChanges.Between(Images("aaabbbb"), Images("aaaxxyy"));

        Assert.Equal(["b"], changes.Vanished);
        Assert.Equal(["x", "y"], changes.Appeared);
    }

    [Fact]
    public void Of_two_classes_joined_under_a_new_name_the_larger_was_renamed()
    {
        ClassChanges changes = ClassChanges.Between(Images("aaabb"), Images("xxxxx"));

        Assert.Equal("x", changes.NameNow("a"));
        Assert.Equal(["b"], changes.Vanished);
    }

    [Fact]
    public void Two_classes_that_swapped_their_names_are_relabeled_images_not_renamed_classes() =>
        Assert.Empty(ClassChanges.Between(Images("aaabbb"), Images("bbbaaa")).Renamed);

    /// <summary>One image a letter, its content told by its place, its label the letter; a dot is no image.</summary>
    private static Dictionary<ContentHash, string> Images(string labels) => labels
        .Select((label, place) => (label, place))
        .Where(image => image.label != '.')
        .ToDictionary(image => ContentHash.Compute([(byte)image.place]), image => image.label.ToString());
}
