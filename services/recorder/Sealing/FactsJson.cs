using System.Text.Json.Serialization;
using Chaperone.Contracts;

namespace Chaperone.Recorder.Sealing;

/// <summary>The JSON of a record's whole facts as sealed in its <c>facts</c> part. Enum values are words, so that adding one never changes an old record.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecordEntry))]
internal sealed partial class FactsJson : JsonSerializerContext;
