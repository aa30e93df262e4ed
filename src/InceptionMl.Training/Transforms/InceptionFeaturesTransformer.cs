using Microsoft.ML;
using Microsoft.ML.Data;

namespace InceptionMl.Training.Transforms;

/// <summary>
/// What <see cref="InceptionFeaturesEstimator"/> fits: in this process it leaves the caller's images alone, what it saves is the
/// stock chain, which plain ML.NET loads.
/// </summary>
/// <param name="here">The chain that transforms; it ends in the same transformers as the other, and gives the same bits.</param>
/// <param name="stock">The chain that is saved.</param>
/// <param name="checkFile">Throws where the network's file, which ML.NET reads at every save, is gone.</param>
internal sealed class InceptionFeaturesTransformer(TransformerChain<ITransformer> here, TransformerChain<ITransformer> stock, Action checkFile)
    : ITransformer, IDisposable
{
    public bool IsRowToRowMapper => ((ITransformer)here).IsRowToRowMapper;

    public IDataView Transform(IDataView input) => here.Transform(input);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => here.GetOutputSchema(inputSchema);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)here).GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        checkFile();
        ((ICanSaveModel)stock).Save(ctx);
    }

    // The chains share what holds anything.
    public void Dispose() => stock.Dispose();
}
