using InceptionMl.Internal;

namespace InceptionMl.Tests.Internal;

/// <summary>What ONNX Runtime says, as people are told it.</summary>
public sealed class OnnxFailureTests
{
    [Theory]
    [InlineData(
        "[ErrorCode:Fail] /onnxruntime_src/onnxruntime/core/graph/model_load_utils.h:46 void onnxruntime::model_load_utils::ValidateOpsetForDomain(const std::unordered_map<std::__cxx11::basic_string<char>, int>&, const onnxruntime::logging::Logger&, bool, const std::string&, int) ONNX Runtime only *guarantees* support for models stamped with official released onnx opset versions. Opset 99 is under development and support for this is limited. Current official support for domain ai.onnx is till opset 26.",
        "it is written for opset 99, and opset 26 is the latest that is known here: export it again with that opset or an earlier one")]
    [InlineData(
        "[ErrorCode:Fail] /onnxruntime_src/onnxruntime/core/graph/model.cc:256 onnxruntime::Model::Model(onnx::ModelProto&&, const onnxruntime::PathString&, const onnxruntime::ModelOptions&) Unsupported model IR version: 99, max supported IR version: 13.",
        "it is written in version 99 of the ONNX format, and 13 is the latest that is known here: export it again with an earlier opset")]
    [InlineData("[ErrorCode:InvalidArgument] Got invalid dimensions for input: image for the following indices\n index: 0", "Got invalid dimensions for input: image for the following indices")]
    [InlineData(
        "[ErrorCode:RuntimeException] Non-zero status code returned while running Conv node. Name:'c' Status Message: /src/core/conv.cc:12 onnxruntime::common::Status onnxruntime::Conv<T>::Compute(OpKernelContext*) const [with T = float] X num_dims does not match",
        "Non-zero status code returned while running Conv node. Name:'c' Status Message: X num_dims does not match")]
    [InlineData(
        "[ErrorCode:Fail] Load model failed:Type Error: Type parameter (T) of Optype (Mul) bound to different types (tensor(float) and tensor(float16) in node ().",
        "it computes in float16, where float32 is needed: export it again in float32")]
    [InlineData("[ErrorCode:Fail] ", "it gives no reason")]
    public void A_failure_is_told_without_source_files_and_signatures(string message, string told) => Assert.Equal(told, OnnxFailure.Reason(message));
}
