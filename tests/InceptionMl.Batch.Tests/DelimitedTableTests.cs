using CsCheck;
using InceptionMl.TestSupport;

namespace InceptionMl.Batch.Tests;

public sealed class DelimitedTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("t.csv", "id,path\n7,a.jpg\n8,\"sub/b, c.jpg\"\n")]
    [InlineData("t.csv", "sep=;\nid;path\n7;a.jpg\n8;sub/b, c.jpg\n")]
    [InlineData("t.tsv", "id\tfile\tother\n7\ta.jpg\t1\n8\tsub/b, c.jpg\t2\n")]
    public async Task Paths_are_relative_to_the_table_and_reported_as_it_writes_them(string name, string content)
    {
        string table = Batches.Text(folder, name, content);

        List<BatchInput> inputs = await Batches.ReadAsync(new BatchOptions { IdColumn = "id" }, null, table);

        Assert.Equal(["a.jpg", "sub/b, c.jpg"], inputs.Select(i => i.Path));
        Assert.Equal([folder.At("a.jpg"), folder.At("sub", "b, c.jpg")], inputs.Select(i => i.Image.Path));
        Assert.Equal(["7", "8"], inputs.Select(i => i.Id));
    }

    [Fact]
    public async Task A_named_column_is_taken_and_a_missing_one_is_said()
    {
        string table = Batches.Text(folder, "t.csv", "path,Photo File\nwrong.jpg,right.jpg\n");

        Assert.Equal("right.jpg", Assert.Single(await Batches.ReadAsync(new BatchOptions { PathColumn = "photo file" }, null, table)).Path);
        DatasetException missing = await Assert.ThrowsAsync<DatasetException>(() => Batches.ReadAsync(new BatchOptions { PathColumn = "nowhere" }, null, table));
        Assert.Contains("no column 'nowhere'", missing.Message, StringComparison.Ordinal);
        missing = await Assert.ThrowsAsync<DatasetException>(() => Batches.ReadAsync(new BatchOptions { IdColumn = "nowhere" }, null, table));
        Assert.Contains("no column 'nowhere'", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.jpg,7\nb.jpg,8\n")]
    [InlineData("7;a.jpg\n8;b.jpg\n")]
    [InlineData("a.jpg\nb.jpg\n\u001A")]
    [InlineData("# two\na.jpg|7\nb.jpg|8\n")]
    public async Task A_list_without_a_header_is_read_where_its_path_is_clear(string text)
    {
        string table = Batches.Text(folder, "t.csv", text);

        Assert.Equal(["a.jpg", "b.jpg"], (await Batches.ReadAsync(table)).Select(input => input.Path));
    }

    [Fact]
    public async Task An_address_or_an_image_written_as_text_is_told_and_the_next_row_is_read()
    {
        string table = Batches.Text(folder, "t.csv", "path,id\nhttps://example.org/a.jpg,1\ndata:image/png;base64.iVBORw0KGgo=,2\nb.jpg,3\n");

        List<BatchInput> inputs = [.. await Batches.ReadAsync(table)];

        Assert.Equal(["https://example.org/a.jpg", $"{table}, line 3", "b.jpg"], inputs.Select(input => input.Path));
        Assert.Contains("is an address: only files are read", inputs[0].Image.Error, StringComparison.Ordinal);
        Assert.Contains("is a data URI", inputs[1].Image.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_columns_that_could_be_meant_and_none_are_refused()
    {
        string two = Batches.Text(folder, "two.csv", "file,image\na,b\n");
        string none = Batches.Text(folder, "none.csv", "x,y\na,b\n");

        DatasetException open = await Assert.ThrowsAsync<DatasetException>(() => Batches.ReadAsync(two));
        Assert.Contains("has 2 columns that could be the path, 'file', 'image'", open.Message, StringComparison.Ordinal);
        Assert.Equal(DatasetErrorReason.Columns, open.Reason);
        DatasetException missing = await Assert.ThrowsAsync<DatasetException>(() => Batches.ReadAsync(none));
        Assert.Contains("has no column of paths (path, file, filename, image, image_path or the like); its columns are 'x', 'y'", missing.Message, StringComparison.Ordinal);
        Assert.Equal(DatasetErrorReason.Columns, missing.Reason);
    }

    [Fact]
    public async Task A_bad_row_is_an_error_and_the_rest_goes_on()
    {
        string table = Batches.Text(folder, "t.csv", "path,x\na.jpg,1\nb.jpg\n,2\n\nc.jpg,3\n");

        List<BatchInput> inputs = await Batches.ReadAsync(table);

        Assert.Equal(["a.jpg", $"{table}, line 3", $"{table}, line 4", "c.jpg"], inputs.Select(i => i.Path));
        Assert.Contains("has 1 fields and the header 2", inputs[1].Image.Error, StringComparison.Ordinal);
        Assert.Equal("has no path", inputs[2].Image.Error);
    }

    [Fact]
    public async Task A_quote_left_open_ends_the_table_and_not_the_batch()
    {
        string table = Batches.Text(folder, "t.csv", "path\na.jpg\n\"b.jpg\nc.jpg\n");

        List<BatchInput> inputs = await Batches.ReadAsync(table, "z.jpg");

        Assert.Equal(["a.jpg", table, "z.jpg"], inputs.Select(i => i.Path));
        Assert.Contains("line 3: a quote is opened and not closed", inputs[1].Image.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_bytes_give_inputs_or_the_librarys_own_refusal()
    {
        byte[] whole = "id,path,x\r\n1,\"a, b.jpg\",y\r\n2,c.jpg,\"z \"\"q\"\"\"\n3,é.jpg,\n"u8.ToArray();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.OneOf(Gen.Byte, Gen.Int[0, 5].Select(i => "\",\t\r\n\0"u8[i]))).Array[1, 6].Sample(changes =>
        {
            byte[] bytes = [.. whole];
            foreach ((int at, byte to) in changes)
            {
                bytes[at] = to;
            }

            string path = folder.Write($"{Guid.NewGuid():N}.csv", bytes);
            try
            {
                Batches.ReadAsync(new BatchOptions { IdColumn = "id" }, null, path).GetAwaiter().GetResult();
            }
            catch (DatasetException refusal)
            {
                Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
            }

            File.Delete(path);
        }, iter: 2000);
    }
}
