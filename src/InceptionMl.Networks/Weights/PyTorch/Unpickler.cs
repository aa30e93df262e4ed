using System.Buffers.Binary;

namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>
/// Reads one pickle that holds numbers, texts, lists, tuples, dictionaries and tensors. No code of the file's choosing runs:
/// a name is looked up in <see cref="TorchGlobal"/> and every other name, and every opcode a state_dict does not need, is
/// refused. Nothing here recurses, and <see cref="PickleStack"/> bounds what a pickle can make.
/// </summary>
internal sealed class Unpickler(PickleBytes bytes)
{
    private const string Advice = "Only the tensors of a state_dict are read; save it with torch.save(model.state_dict(), ..)";
    private readonly PickleStack stack = new(bytes);
    private readonly TorchConstruction construction = new(bytes);

    /// <summary>Gets the storages it spoke of, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => construction.Storages;

    /// <summary>Reads the pickle to its end.</summary>
    /// <returns>
    /// Null, a bool, a long, an <see cref="Int128"/>, a double, a string, an object?[] for a tuple, a list, a dictionary, a
    /// <see cref="TorchGlobal"/>, a <see cref="TorchStorage"/> or a <see cref="TorchTensor"/>.
    /// </returns>
    public object? Load()
    {
        for (PickleOpcode opcode = bytes.Opcode(); opcode != PickleOpcode.Stop; opcode = bytes.Opcode())
        {
            if (!(Literal(opcode) || Container(opcode) || Memo(opcode) || Construct(opcode)))
            {
                throw bytes.Error(Enum.IsDefined(opcode)
                    ? $"the pickle's opcode {opcode} is refused. {Advice}"
                    : $"{(int)opcode:x2} is no pickle opcode: the file is damaged or no PyTorch file");
            }
        }

        return stack.Pop();
    }

    private bool Literal(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.None:
                stack.Push(null);
                return true;
            case PickleOpcode.NewTrue or PickleOpcode.NewFalse:
                stack.Push(opcode == PickleOpcode.NewTrue);
                return true;
            case PickleOpcode.BinInt:
                stack.Push((long)Int32());
                return true;
            case PickleOpcode.BinInt1:
                stack.Push((long)bytes.Byte());
                return true;
            case PickleOpcode.BinInt2:
                stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(bytes.Take(2)));
                return true;
            case PickleOpcode.Long1:
                Int128 number = Long(bytes.Byte());
                stack.Push(number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number);
                return true;
            case PickleOpcode.BinFloat:
                stack.Push(BinaryPrimitives.ReadDoubleBigEndian(bytes.Take(8)));
                return true;
            case PickleOpcode.BinUnicode or PickleOpcode.BinString:
                stack.Push(bytes.Text(Int32()));
                return true;
            case PickleOpcode.ShortBinUnicode or PickleOpcode.ShortBinString:
                stack.Push(bytes.Text(bytes.Byte()));
                return true;
            default:
                return false;
        }
    }

    private bool Container(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark:
                stack.Mark();
                return true;
            case PickleOpcode.EmptyTuple:
                stack.Push(Array.Empty<object?>());
                return true;
            case PickleOpcode.Tuple:
                stack.Push(stack.PopToMark());
                return true;
            case PickleOpcode.Tuple1 or PickleOpcode.Tuple2 or PickleOpcode.Tuple3:
                stack.Push(stack.Pop(opcode - PickleOpcode.Tuple1 + 1));
                return true;
            case PickleOpcode.EmptyList:
                stack.Push(new List<object?>());
                return true;
            case PickleOpcode.Append or PickleOpcode.Appends:
                object?[] items = opcode == PickleOpcode.Append ? stack.Pop(1) : stack.PopToMark();
                stack.Peek<List<object?>>("a list").AddRange(items);
                return true;
            case PickleOpcode.EmptyDict:
                stack.Push(new Dictionary<object, object?>());
                return true;
            case PickleOpcode.SetItem or PickleOpcode.SetItems:
                object?[] entries = opcode == PickleOpcode.SetItem ? stack.Pop(2) : stack.PopToMark();
                construction.Set(stack.Peek<Dictionary<object, object?>>("a dictionary"), entries);
                return true;
            default:
                return false;
        }
    }

    private bool Memo(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                byte protocol = bytes.Byte();
                return protocol is >= 2 and <= 5 ? true : throw bytes.Error($"pickle protocol {protocol} is not read; 2 to 5 are. {Advice}");
            case PickleOpcode.Frame:
                // Frames only help readers that buffer; the length is not needed.
                bytes.Take(8);
                return true;
            case PickleOpcode.BinPut:
                stack.Memoize(bytes.Byte());
                return true;
            case PickleOpcode.LongBinPut:
                stack.Memoize((uint)Int32());
                return true;
            case PickleOpcode.Memoize:
                stack.Memoize();
                return true;
            case PickleOpcode.BinGet:
                stack.Recall(bytes.Byte());
                return true;
            case PickleOpcode.LongBinGet:
                stack.Recall((uint)Int32());
                return true;
            default:
                return false;
        }
    }

    private bool Construct(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global:
                string module = bytes.Line();
                stack.Push(Global(module, bytes.Line()));
                return true;
            case PickleOpcode.StackGlobal:
                string name = stack.Pop<string>("a name");
                stack.Push(Global(stack.Pop<string>("a module"), name));
                return true;
            case PickleOpcode.BinPersId:
                stack.Push(construction.Storage(stack.Pop<object?[]>("a storage's description")));
                return true;
            case PickleOpcode.Reduce:
                object?[] arguments = stack.Pop<object?[]>("a tuple of arguments");
                stack.Push(construction.Call(stack.Pop<TorchGlobal>("a function"), arguments, stack.Charge));
                return true;
            case PickleOpcode.Build:
                // An OrderedDict's attributes: torch keeps the versions of its modules there, which no weight depends on.
                stack.Pop<Dictionary<object, object?>>("attributes");
                stack.Peek<Dictionary<object, object?>>("an OrderedDict");
                return true;
            default:
                return false;
        }
    }

    private TorchGlobal Global(string module, string name) => TorchGlobal.Find(module, name)
        ?? throw bytes.Error(
            $"the pickle names '{TensorName.Shown(module)}.{TensorName.Shown(name)}', which is refused: a file may not choose code to run. {Advice}");

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(bytes.Take(4));

    private Int128 Long(int length)
    {
        if (length > 16)
        {
            throw bytes.Error($"a number of {length} bytes is refused; a state_dict needs 16 at most");
        }

        Int128 value = 0;
        byte[] digits = bytes.Take(length);
        for (int i = length - 1; i >= 0; i--)
        {
            value = i == length - 1 ? (sbyte)digits[i] : (value << 8) | digits[i];
        }

        return value;
    }
}
