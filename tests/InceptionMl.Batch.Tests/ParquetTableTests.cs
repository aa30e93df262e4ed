using System.Runtime.InteropServices;
using CsCheck;
using InceptionMl.TestSupport;
using Parquet;
using Parquet.Schema;

namespace InceptionMl.Batch.Tests;

public sealed class ParquetTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private async Task<string> WriteAsync(string[]? paths, byte[][]? images, string[]? ids, int groups = 2)
    {
        DataField<string> path = new("path");
        DataField<byte[]> image = new("picture");
        DataField<string> id = new("id");
        List<Field> fields = [];
        fields.AddRange(paths is null ? [] : [path]);
        fields.AddRange(images is null ? [] : [image]);
        fields.AddRange(ids is null ? [] : [id]);
        string file = folder.At("t.parquet");
        await using FileStream stream = File.Create(file);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        for (int i = 0; i < groups; i++)
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            if (paths is not null)
            {
                await group.WriteAsync(path, paths);
            }

            if (images is not null)
            {
                await group.WriteAsync(image, images);
            }

            if (ids is not null)
            {
                await group.WriteAsync(id, ids);
            }
        }

        return file;
    }

    [Fact]
    public async Task Paths_and_ids_are_read_group_by_group()
    {
        string table = await WriteAsync(["a.jpg", "sub/b.jpg", null!], null, ["1", null!, "3"]);

        List<BatchInput> inputs = await Batches.ReadAsync(new BatchOptions { IdColumn = "id" }, null, table);

        Assert.Equal(["a.jpg", "sub/b.jpg", $"{table}#3", "a.jpg", "sub/b.jpg", $"{table}#6"], inputs.Select(i => i.Path));
        Assert.Equal(["1", null, "3", "1", null, "3"], inputs.Select(i => i.Id));
        Assert.Equal(folder.At("sub", "b.jpg"), inputs[1].Image.Path);
        Assert.Equal("has no path", inputs[2].Image.Error);
    }

    private async Task<string> WithIdsAsync<T>(string name, T?[] ids)
        where T : struct
    {
        DataField<string> path = new("path");
        DataField id = new("id", typeof(T), isNullable: ids.Any(value => value is null));
        string file = folder.At(name);
        await using FileStream stream = File.Create(file);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(path, id), stream);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        await group.WriteAsync(path, Enumerable.Repeat("a.jpg", ids.Length).ToArray());
        await (id.IsNullable ? group.WriteAsync<T>(id, ids.AsMemory()) : group.WriteAsync<T>(id, ids.Select(value => value!.Value).ToArray()));
        return file;
    }

    private static async Task<string?[]> IdsAsync(string table) =>
        [.. (await Batches.ReadAsync(new BatchOptions { IdColumn = "id" }, null, table)).Select(input => input.Id)];

    [Fact]
    public async Task Ids_that_are_whole_numbers_or_guids_are_carried_as_text()
    {
        Guid guid = new("0f8fad5b-d9cb-469f-a165-70867728950e");

        Assert.Equal(["-7", "2147483647"], await IdsAsync(await WithIdsAsync<int>("int.parquet", [-7, int.MaxValue])));
        Assert.Equal(["1", null, "-9223372036854775808"], await IdsAsync(await WithIdsAsync<long>("long.parquet", [1, null, long.MinValue])));
        Assert.Equal(["0", "65535"], await IdsAsync(await WithIdsAsync<ushort>("ushort.parquet", [0, ushort.MaxValue])));
        Assert.Equal(["18446744073709551615"], await IdsAsync(await WithIdsAsync<ulong>("ulong.parquet", [ulong.MaxValue])));
        Assert.Equal([guid.ToString(), null], await IdsAsync(await WithIdsAsync<Guid>("guid.parquet", [guid, null])));
    }

    [Fact]
    public async Task Ids_of_other_types_are_refused_and_told_from_columns_that_are_not_there()
    {
        string table = await WithIdsAsync<double>("t.parquet", [0.5]);

        DatasetException type = await Assert.ThrowsAsync<DatasetException>(() => IdsAsync(table));
        DatasetException name = await Assert.ThrowsAsync<DatasetException>(() => Batches.ReadAsync(new BatchOptions { IdColumn = "key" }, null, table));

        Assert.Contains("'id' that is not text or a whole number", type.Message, StringComparison.Ordinal);
        Assert.Contains("no column 'key'", name.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_are_read_from_the_only_binary_column_or_the_named_one()
    {
        string table = await WriteAsync(null, [Batches.Image, null!], ["1", "2"]);

        List<BatchInput> inputs = await Batches.ReadAsync(table);

        Assert.Equal([$"{table}#1", $"{table}#2", $"{table}#3", $"{table}#4"], inputs.Select(i => i.Path));
        Assert.Equal(Batches.Image, inputs[2].Image.Bytes!.Value.ToArray());
        Assert.Equal("has no image", inputs[1].Image.Error);

        table = await WriteAsync(["n.jpg", "m.jpg"], [Batches.Image, Batches.Image], null, groups: 1);
        inputs = await Batches.ReadAsync(new BatchOptions { BytesColumn = "picture" }, null, table);
        Assert.Equal(["n.jpg", "m.jpg"], inputs.Select(i => i.Path));
        Assert.All(inputs, i => Assert.NotNull(i.Image.Bytes));
    }

    [Fact]
    public async Task A_row_group_larger_than_allowed_is_refused_by_what_it_states()
    {
        string table = await WriteAsync(["a.jpg", "b.jpg"], [Batches.Image, Batches.Image], null);

        BatchInput rows = Assert.Single(await Batches.ReadAsync(new BatchOptions { MaxGroupRows = 1 }, null, table));
        BatchInput bytes = Assert.Single(await Batches.ReadAsync(new BatchOptions { BytesColumn = "picture", MaxColumnBytes = 1000 }, null, table));

        Assert.Contains("write it with smaller row groups", rows.Image.Error, StringComparison.Ordinal);
        Assert.Contains("write it with smaller row groups", bytes.Image.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_one_dictionary_entry_share_its_memory()
    {
        const int rows = 20_000;
        byte[] entry = [.. Batches.Image, .. new byte[1_000_000]];
        string images = folder.Write("images.parquet", DictionaryParquet.Create("picture", entry, rows));

        List<BatchInput> inputs = await Batches.ReadAsync(images);
        HashSet<byte[]> arrays = [.. inputs.Select(i => MemoryMarshal.TryGetArray(i.Image.Bytes!.Value, out ArraySegment<byte> held) ? held.Array! : [])];

        Assert.Equal(rows, inputs.Count);
        Assert.Equal(entry, Assert.Single(arrays));
    }

    [Fact]
    public async Task A_path_or_an_id_of_any_length_is_not_carried_on()
    {
        string longest = new('p', 100);
        string table = await WriteAsync([longest, longest + "p", "a.jpg"], null, ["1", "2", longest + "i"], groups: 1);

        List<BatchInput> inputs = await Batches.ReadAsync(new BatchOptions { IdColumn = "id", LongestLine = 100 }, null, table);

        Assert.Equal([longest, $"{table}#2", $"{table}#3"], inputs.Select(i => i.Path));
        Assert.All(inputs[1..], i => Assert.Equal("has a path or an id of more than 100 characters", i.Image.Error));
        Assert.Equal(["1", null, null], inputs.Select(i => i.Id));
    }

    [Fact]
    public async Task A_file_without_images_or_columns_of_that_name_is_refused()
    {
        string table = await WriteAsync(null, null, ["1"]);

        Assert.Contains("and no binary column; its columns are", (await Assert.ThrowsAsync<DatasetException>(() => Batches.ReadAsync(table))).Message, StringComparison.Ordinal);
        Assert.Contains("'nowhere'", (await Assert.ThrowsAsync<DatasetException>(
            () => Batches.ReadAsync(new BatchOptions { PathColumn = "nowhere" }, null, table))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_cut_off_is_one_error()
    {
        string table = await WriteAsync(["a.jpg"], null, null);
        byte[] bytes = await File.ReadAllBytesAsync(table, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(table, bytes[..^5], TestContext.Current.CancellationToken);

        Assert.Contains("cut off", Assert.Single(await Batches.ReadAsync(table)).Image.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_bytes_give_inputs_or_the_librarys_own_refusal()
    {
        string table = await WriteAsync(["a.jpg", "b.jpg", "c.jpg"], [[1, 2, 3], Batches.Image[..200], []], ["1", "2", "3"]);
        byte[] whole = await File.ReadAllBytesAsync(table, TestContext.Current.CancellationToken);
        BatchOptions options = new() { BytesColumn = "picture", IdColumn = "id" };
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.OneOf(Gen.Byte, Gen.Const((byte)0xFF), Gen.Const((byte)0))).Array[1, 4].Sample(changes =>
        {
            byte[] bytes = [.. whole];
            foreach ((int at, byte to) in changes)
            {
                bytes[at] = to;
            }

            string path = folder.Write($"{Guid.NewGuid():N}.parquet", bytes);
            try
            {
                Batches.ReadAsync(options, null, path).GetAwaiter().GetResult();
            }
            catch (DatasetException refusal)
            {
                Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
            }

            File.Delete(path);
        }, iter: 1500);
    }
}
