using InceptionMl.Networks.Weights;
using InceptionMl.Networks.Weights.PyTorch;

namespace InceptionMl.Networks.Tests.Weights.PyTorch;

/// <summary>Pickles that want to do more than hold tensors: each is refused, naming what it wanted, in little memory.</summary>
public sealed class HostilePickleTests
{
    private const long Bounded = 128 << 20;
    private static readonly byte[] OneFloat = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3f];

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "getattr")]
    [InlineData("subprocess", "Popen")]
    [InlineData("torch.storage", "_load_from_bytes")]
    [InlineData("torch._utils", "_rebuild_tensor_v3")]
    [InlineData("torch", "load")]
    [InlineData("torchvision.models.inception", "Inception3")]
    [InlineData("collections", "OrderedDict.__class__")]
    [InlineData("collections.OrderedDict", "")]
    public void Any_other_global_is_refused_by_name(string module, string name)
    {
        Refused(w => w.Global(module, name).Op('(').Text("touch /tmp/harm").Op('t', 'R'), $"'{module}.{name}'", "refused");
        Refused(w => w.Text(module).Text(name).Op(0x93), $"'{module}.{name}'", "refused");
    }

    [Fact]
    public void A_name_that_would_steer_a_terminal_is_shown_without_its_controls() =>
        Refused(w => w.Global("os\u001b[2J", "system"), "'os?[2J.system'");

    [Theory]
    [InlineData('i', "Inst")]
    [InlineData('o', "Obj")]
    [InlineData('P', "PersId")]
    [InlineData('F', "Float")]
    [InlineData('V', "Unicode")]
    [InlineData('d', "Dict")]
    [InlineData('g', "Get")]
    [InlineData('2', "Dup")]
    [InlineData(0x81, "NewObj")]
    [InlineData(0x92, "NewObjEx")]
    [InlineData(0x82, "Ext1")]
    [InlineData(0x84, "Ext4")]
    [InlineData(0x8b, "Long4")]
    [InlineData(0x8d, "BinUnicode8")]
    [InlineData(0x96, "ByteArray8")]
    [InlineData(0x97, "NextBuffer")]
    [InlineData(0x8f, "EmptySet")]
    public void Any_other_opcode_is_refused_by_name(int opcode, string name) => Refused(w => w.Op(opcode), $"opcode {name} ");

    [Fact]
    public void What_is_no_opcode_is_refused() => Refused(w => w.Op(0xff), "ff is no pickle opcode");

    [Fact]
    public void Deep_nesting_neither_recurses_nor_grows_without_end()
    {
        Refused(w => w.Repeat(1_000_000, x => x.Op(']')), "stack grows");
        Refused(w => w.Repeat(1_000_000, x => x.Op('(')), "nests deeper");
        Refused(w => w.Op(')').Repeat(1_000_000, x => x.Op(0x85)), "makes more than");
        Refused(w => w.Op(']', 'q', 0).Repeat(100_000, x => x.Op(']', 'q', 1, 'a', 'h', 1)), "");
    }

    [Fact]
    public void Containers_that_hold_themselves_are_refused_and_not_walked()
    {
        Refused(w => w.Op(']', 'q', 0, 'h', 0, 'a'), "holds a list");
        Refused(w => w.Op('}', 'q', 0).Text("a").Op('h', 0, 's'), "'a' is a dictionary");
        Refused(w => w.Op('}', 'q', 0).Text("state_dict").Op('h', 0, 's'), "'state_dict' is a dictionary");
        Refused(w => w.Op('}', 'q', 0).Op('h', 0).Op('N', 's'), "key of a dictionary is a dictionary");
    }

    [Fact]
    public void A_billion_laughs_are_shared_and_never_spread_out()
    {
        Refused(
            w => w.Op(']', 'q', 0).Repeat(60, x => x.Op(']', 'q', 1, '(', 'h', 0, 'h', 0, 'h', 0, 'h', 0, 'h', 0, 'h', 0, 'h', 0, 'h', 0, 'e', 'q', 0)),
            "");

        int numbered = 0;

        // One list of pairs, copied into dictionary after dictionary.
        Refused(
            w => w.Op(']', 'q', 0, '(').Repeat(2000, x => x.Op('(').Text("k").Op('N', 't')).Op('e').Repeat(10_000, x => Copy(x)),
            "twice");
        Refused(
            w => w.Op(']', 'q', 0, '(').Repeat(2000, x => x.Op('(').Number(numbered++).Op('N', 't')).Op('e').Repeat(10_000, x => Copy(x)),
            "makes more than");

        static void Copy(PickleWriter w) => w.Global("collections", "OrderedDict").Op('h', 0, 0x85, 'R');
    }

    [Fact]
    public void The_memo_cannot_be_tricked()
    {
        Refused(w => w.Op('h', 7), "value 7 is recalled");
        Refused(w => w.Op('q', 7), "expected here");
        Refused(w => w.Op('j').Int32(-1), "value 4294967295");
        Refused(w => w.Global("collections", "OrderedDict").Op('q', 0).Text("os").Op('q', 0, 'h', 0, ')', 'R'), "a function was expected");
        Refused(w => w.Text("a").Repeat(300_000, x => x.Op('r').Int32(-5)), "holds a text");
        Refused(w => w.Text("a").Op('q', 0).Repeat(1_000_000, x => x.Op('h', 0)), "stack grows");
    }

    [Theory]
    [InlineData('X', int.MaxValue)]
    [InlineData('X', -1)]
    [InlineData('X', 70_000)]
    [InlineData('X', 60_000)]
    [InlineData('T', int.MaxValue)]
    public void A_length_the_file_does_not_hold_takes_no_memory(int opcode, int length) => Refused(w => w.Op(opcode).Int32(length), "announced");

    [Fact]
    public void Numbers_and_names_have_an_end()
    {
        Refused(w => w.Op(0x8a, 255), "255 bytes");
        Refused(w => w.Op('c').Raw(new string('a', 5000)), "longer than 1024");
        Refused(w => w.Op('t'), "up to a mark");
        Refused(w => w.Op('R'), "not there");
        Refused(w => w.Op('N', '(', 0x85), "not there");
    }

    [Theory]
    [InlineData(1, 0, new[] { 2 }, new[] { 1 })]
    [InlineData(1, 1, new[] { 1 }, new[] { 1 })]
    [InlineData(1, -1, new[] { 1 }, new[] { 1 })]
    [InlineData(1, 0, new[] { -1 }, new[] { 1 })]
    [InlineData(1, 0, new[] { 1 }, new[] { -1 })]
    [InlineData(1, 0, new[] { 1 }, new int[0])]
    [InlineData(1, 0, new[] { int.MaxValue }, new[] { 0 })]
    [InlineData(4, 0, new[] { 4, 4 }, new[] { 1, 0 })]
    [InlineData(8, 0, new[] { 2, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue }, new[] { 1, 1, 1, 1, 1 })]
    [InlineData(8, 0, new[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, new[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 })]
    public void A_tensor_lies_in_its_storage(int count, int offset, int[] size, int[] stride) =>
        Refused(w => w.Op('}').Text("a").Tensor("0", count, offset, size, stride).Op('s'), "tensor");

    [Fact]
    public void A_storage_has_the_bytes_it_claims()
    {
        Refused(w => w.Op('}').Text("a").Tensor("0", 1 << 28, 0, [1 << 28], [1]).Op('s'), "cut short");
        Refused(w => w.Op('}').Text("a").Tensor("1", 1, 0, [1], [1]).Op('s'), "none the tensors use");
        Refused(w => w.Op('}').Text("a").Tensor("0", 1, 0, [1], [1]).Op('s').Text("b").Tensor("0", 2, 0, [1], [1]).Op('s'), "described twice");
    }

    [Fact]
    public void Many_views_of_one_storage_cannot_be_more_than_the_file()
    {
        byte[] storage = new byte[8 + 40_000];
        BitConverter.TryWriteBytes(storage, 10_000L);
        PickleWriter state = new();
        state.Op('}');
        for (int i = 0; i < 500; i++)
        {
            state.Text($"t{i}").Tensor("0", 10_000, i, [9000], [1]).Op('s');
        }

        Refused(PickleWriter.Legacy(state, Keys(), storage), "they overlap");
    }

    [Fact]
    public void The_same_writer_makes_a_file_that_is_read()
    {
        PickleWriter state = new PickleWriter().Op('}').Text("a").Tensor("0", 1, 0, [1, 1], [1, 1]).Op('s');
        TensorStore store = PyTorchFile.Read(new MemoryStream(PickleWriter.Legacy(state, Keys(), OneFloat)), "x.pth");

        Assert.True(store.TryGet("a", out Tensor? a));
        Assert.Equal([1f], a.Values.ToArray());
    }

    [Fact]
    public void An_ordered_dictionary_as_python_2_wrote_it_is_read()
    {
        PickleWriter state = new PickleWriter().Global("collections", "OrderedDict")
            .Op(']', ']').Text("a").Op('a').Tensor("0", 1, 0, [1], [1]).Op('a', 'a', 0x85, 'R');
        TensorStore store = PyTorchFile.Read(new MemoryStream(PickleWriter.Legacy(state, Keys(), OneFloat)), "x.pth");

        Assert.Equal(["a"], store.Names);
    }

    private static PickleWriter Keys() => new PickleWriter().Op(']').Text("0").Op('a');

    private static void Refused(Action<PickleWriter> write, params string[] reasons)
    {
        PickleWriter state = new();
        write(state);
        Refused(PickleWriter.Legacy(state, Keys(), OneFloat), reasons);
    }

    private static void Refused(byte[] file, params string[] reasons)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<WeightException>(() => PyTorchFile.Read(new MemoryStream(file), "x.pth")).Message;
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.StartsWith("x.pth", message);
        Assert.All(reasons, reason => Assert.Contains(reason, message));
        Assert.True(taken < Bounded, $"{taken} bytes of memory for a file of {file.Length}");
    }
}
