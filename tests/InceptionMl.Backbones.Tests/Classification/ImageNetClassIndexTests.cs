using System.Text;
using InceptionMl.Backbones.Classification;
using InceptionMl.TestSupport;

namespace InceptionMl.Backbones.Tests.Classification;

public sealed class ImageNetClassIndexTests
{
    private static readonly string Whole = Encoding.UTF8.GetString(SmallClassifier.Index());

    [Fact]
    public void A_thousand_classes_come_in_their_order_whatever_the_order_of_the_file()
    {
        string[] members = Whole[1..^1].Split("], ");
        string backwards = "{" + string.Join("], ", members.Reverse().Select(m => m.TrimEnd(']'))) + "]}";

        foreach (string json in (string[])[Whole, backwards])
        {
            IReadOnlyList<ImageClass> classes = ImageNetClassIndex.Parse(Encoding.UTF8.GetBytes(json));

            Assert.Equal(1000, classes.Count);
            Assert.Equal(new ImageClass("thing 0", "n00000000"), classes[0]);
            Assert.Equal(new ImageClass("thing 999", "n00009990"), classes[999]);
        }
    }

    [Theory]
    [InlineData("", "The class index is no ImageNet class index")]
    [InlineData("[]", "no JSON object")]
    [InlineData("null", "no JSON object")]
    [InlineData("{}", "no class 0")]
    [InlineData("{\"00\": [\"n00000000\", \"a\"]}", "not a number from 0 to 999")]
    [InlineData("{\"1000\": [\"n00000000\", \"a\"]}", "not a number from 0 to 999")]
    [InlineData("{\"-1\": [\"n00000000\", \"a\"]}", "not a number from 0 to 999")]
    [InlineData("{\"0\": \"tench\"}", "class 0 is not an array")]
    [InlineData("{\"0\": [\"n00000000\"]}", "class 0 is not an array")]
    [InlineData("{\"0\": [\"n00000000\", \"a\", \"b\"]}", "class 0 is not an array")]
    [InlineData("{\"0\": [\"n00000000\", 1]}", "class 0 is not an array")]
    [InlineData("{\"0\": [\"00000000n\", \"a\"]}", "class 0 has no WordNet id")]
    [InlineData("{\"0\": [\"n00000000\", \"\"]}", "class 0 has an empty name")]
    [InlineData("{\"0\": [\"n00000000\", \"a\\u001b[2J\"]}", "class 0 has a control character")]
    [InlineData("{\"0\": [\"n00000000\", \"\\ud800\"]}", "no ImageNet class index")]
    [InlineData("{\"0\": [\"n00000000\", \"a\"], \"0\": [\"n00000001\", \"a\"]}", "class 0 twice")]
    [InlineData("{\"0\": [\"n00000000\", \"a\"], \"1\": [\"n00000000\", \"b\"]}", "n00000000 twice")]
    [InlineData("{\"0\": [\"n00000000\", \"a\"]} {}", "no ImageNet class index")]
    [InlineData("{\"0\": [\"n00000000\", [[[]]]]}", "no ImageNet class index")]
    public void Anything_else_is_refused_in_one_sentence(string json, string said)
    {
        string message = Assert.Throws<BackboneException>(() => ImageNetClassIndex.Parse(Encoding.UTF8.GetBytes(json))).Message;

        Assert.StartsWith("The class index is no ImageNet class index as Keras publishes it: ", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void More_than_an_index_can_be_is_refused_unread() => Assert.Contains(
        "more than 1,048,576", Assert.Throws<BackboneException>(() => ImageNetClassIndex.Parse(new byte[ImageNetClassIndex.MaxBytes + 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void Damaged_indices_are_read_or_refused_and_nothing_else()
    {
        byte[] whole = SmallClassifier.Index();
        Random random = new(20151211);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. whole];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                Assert.Equal(1000, ImageNetClassIndex.Parse(damaged.AsSpan(0, i % 4 == 0 ? random.Next(damaged.Length) : damaged.Length)).Count);
            }
            catch (BackboneException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 1999);
    }
}
