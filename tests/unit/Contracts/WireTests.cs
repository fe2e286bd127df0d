using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chaperone.TestKit;

namespace Chaperone.Contracts.Tests;

/// <summary>The wire shape of every message is an approved file: rooms of different versions talk to each other.</summary>
public sealed class WireTests
{
    private const string ApproveVariable = "CHAPERONE_APPROVE_WIRE";

    private static readonly Type[] Framed =
    [
        typeof(EvaluateCall), typeof(CallDecided), typeof(SettleCall), typeof(CallSettled), typeof(ReviewList), typeof(ListReviewed), typeof(MaskResult), typeof(ResultMasked), typeof(RecordEntry),
    ];

    private static readonly Type[] Cold =
    [
        typeof(RequestApproval), typeof(ApprovalStatus), typeof(ClaimApproval), typeof(ApprovalClaimed), typeof(WithdrawApproval),
        typeof(DecideApproval), typeof(ApprovalAnswered), typeof(ApprovalDecided), typeof(SessionEnded), typeof(TaskGiven), typeof(NoteApprover), typeof(ApproverNoted), typeof(OpenCardLink), typeof(CardLinkOpened), typeof(SeeApproval), typeof(ApprovalSeen), typeof(RevealArguments), typeof(ArgumentsRevealed), typeof(ReadJobs), typeof(JobsReport), typeof(ReadRequest), typeof(RequestRead), typeof(ListApprovals), typeof(ApprovalPage),
        typeof(ListTools), typeof(ToolPage), typeof(DecideTool), typeof(ToolDecided), typeof(ReadBreakGlass), typeof(BreakGlassReport), typeof(ChangeBreakGlass), typeof(BreakGlassChanged),
        typeof(ListSessions), typeof(SessionPage), typeof(ReadSession), typeof(SessionTranscript), typeof(ReadIntegrity), typeof(IntegrityReport),
        typeof(FindMessages), typeof(MessageTerms), typeof(MessagePage), typeof(ListSearches), typeof(SearchList), typeof(KeepSearch), typeof(SearchKept), typeof(ReadProof), typeof(RecordProof), typeof(RevealRecord), typeof(RecordRevealed),
        typeof(ReadReviews), typeof(ReviewBoard), typeof(ChangeReviews), typeof(ReviewsChanged),
        typeof(NamePatient), typeof(PatientIdentifier), typeof(PatientNamed), typeof(FindDisclosures), typeof(DisclosuresFound),
        typeof(MakeEvidence), typeof(EvidenceMade), typeof(ReadEvidence), typeof(EvidencePiece),
        typeof(ReadPolicy), typeof(PolicyReport), typeof(ExplainCall), typeof(CallExplained),
        typeof(TestPolicy), typeof(PolicyTested), typeof(ComparePolicies), typeof(PoliciesCompared), typeof(ReadCalls), typeof(CallsRead),
        typeof(ReadRetention), typeof(RetentionReport), typeof(ChangeRetention), typeof(RetentionChanged),
    ];

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Messages => [.. Framed.Concat(Cold).Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Shape_OfEachMessage_IsTheApprovedFile(string name)
    {
        AssertApproved(name, Shape(TypeOf(name)));
    }

    /// <summary>Names cross on the hot lane and in records, numbers on the cold lane: neither may move.</summary>
    [Fact]
    public void Enums_NamesAndNumbers_AreTheApprovedFile()
    {
        var enums = typeof(CallFacts).Assembly.GetExportedTypes().Where(t => t.IsEnum).OrderBy(t => t.Name, StringComparer.Ordinal);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            writer.WriteStartObject();
            foreach (var type in enums)
            {
                writer.WriteStartObject(type.Name);
                foreach (var value in Enum.GetValues(type))
                {
                    writer.WriteNumber(value.ToString()!, Convert.ToInt32(value));
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        AssertApproved("Enums", Encoding.UTF8.GetString(stream.ToArray()) + "\n");
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void RoundTrip_EverythingSetOrNull_LosesNothing(string name)
    {
        var type = TypeOf(name);
        foreach (var message in new[] { Sample.Full(type), Sample.Least(type) })
        {
            var passed = Call(Framed.Contains(type) ? nameof(WireForm.PassFramed) : nameof(WireForm.PassCold), type, message);

            Assert.Equivalent(message, passed, strict: true);
        }
    }

    /// <summary>What is approved is whole: no message, and nothing inside one, is left out of the files.</summary>
    [Fact]
    public void Contracts_EveryType_IsPartOfAnApprovedMessage()
    {
        var reached = new HashSet<Type>();
        foreach (var type in Framed.Concat(Cold))
        {
            Reach(type, reached);
        }

        // Crosses as a byte inside a record's part; its numbers are approved with the enums.
        reached.Add(typeof(PatientIdentifierClass));
        var all = typeof(CallFacts).Assembly.GetExportedTypes();

        Assert.Empty(all.Except(reached).Select(t => t.Name));
    }

    /// <summary>House rules of messages: sealed, without a base class, in one namespace (their wire name).</summary>
    [Fact]
    public void Contracts_EveryType_IsAPlainSealedRecord()
    {
        foreach (var type in typeof(CallFacts).Assembly.GetExportedTypes().Where(t => !t.IsEnum))
        {
            Assert.True(type.IsSealed && type.BaseType == typeof(object) && type.Namespace == "Chaperone.Contracts", type.Name);
            Assert.True(type.GetMethod("<Clone>$") is not null, $"{type.Name} is not a record.");
        }
    }

    /// <summary>Zero is the safe side: what an older room does not know must not open anything.</summary>
    [Theory]
    [InlineData(CallEffect.Deny)]
    [InlineData(MaskDisposition.Withheld)]
    [InlineData(ApprovalState.Pending)]
    [InlineData(OutcomeStatus.Refused)]
    [InlineData(RetentionChange.Hold)]
    [InlineData(ShredScope.Body)]
    [InlineData(ShredState.Open)]
    public void Enums_Zero_IsTheSafeSide(Enum safe) => Assert.Equal(0, Convert.ToInt32(safe));

    private static void AssertApproved(string name, string shape)
    {
        var path = Path.Combine(SourceTree.Root, "tests", "unit", "Contracts", "wire", $"{name}.json");
        if (Environment.GetEnvironmentVariable(ApproveVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, shape);
        }

        var approved = File.Exists(path) ? File.ReadAllText(path) : "";

        Assert.True(
            approved == shape,
            $"""
            The wire shape of {name} is not the approved one (tests/unit/Contracts/wire/{name}.json).
            A new member that may be missing is fine: older rooms ignore it. A renamed, removed, retyped or newly required
            member, or a changed enum, breaks rooms that are upgraded one by one, and records already written.
            If the change is meant, run these tests once with {ApproveVariable}=1, read the difference, and commit the file
            together with the contract.
            Now it is:
            {shape}
            """);
    }

    private static string Shape(Type type)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("road", Framed.Contains(type) ? "hot lane or journal (framed)" : "cold lane (MassTransit)");
            foreach (var (label, message) in new[] { ("full", Sample.Full(type)), ("least", Sample.Least(type)) })
            {
                writer.WritePropertyName(label);
                var json = (byte[])Call(Framed.Contains(type) ? nameof(WireForm.WriteFramed) : nameof(WireForm.WriteCold), type, message);
                using var document = JsonDocument.Parse(json);
                document.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static object Call(string method, Type type, object message) =>
        typeof(WireForm).GetMethod(method)!.MakeGenericMethod(type).Invoke(null, [message])!;

    private static Type TypeOf(string name) => Framed.Concat(Cold).Single(t => t.Name == name);

    private static void Reach(Type type, HashSet<Type> reached)
    {
        var actual = Nullable.GetUnderlyingType(type) ?? (type.IsArray ? type.GetElementType()! : type);
        if (actual.Assembly == typeof(CallFacts).Assembly && reached.Add(actual) && !actual.IsEnum)
        {
            foreach (var member in Sample.Members(actual))
            {
                Reach(member.PropertyType, reached);
            }
        }
    }
}
