using Chaperone.Approval;
using Chaperone.Bus;
using Chaperone.Bus.Doors;
using Chaperone.Console;
using Chaperone.Edge;
using Chaperone.Masking;
using Chaperone.Policy;
using Chaperone.Recorder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chaperone.Cli.Doctor;

/// <summary>The settings of all rooms as the rooms themselves read and check them; nothing is started.</summary>
internal sealed class Installation : IDisposable
{
    /// <summary>All rooms, in call order.</summary>
    public static readonly string[] AllRooms = ["edge", "policy", "approval", "masking", "recorder", "console"];

    private readonly ServiceProvider _provider;

    public Installation(IConfiguration configuration, IReadOnlyCollection<string> rooms)
    {
        Rooms = rooms;
        _provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton(configuration)
            .AddRecorder(configuration)
            .AddPolicy(configuration)
            .AddMasking(configuration)
            .AddApproval(configuration)
            .AddEdge(configuration)
            .AddConsole(configuration)
            .AddChaperoneBus(configuration)
            .BuildServiceProvider();
        Settings = Read();
    }

    /// <summary>Which rooms are looked at.</summary>
    public IReadOnlyCollection<string> Rooms { get; }

    /// <summary>What their settings are like.</summary>
    public IReadOnlyList<Diagnosis> Settings { get; }

    /// <summary>Null where they are refused, or where no room looked at has them; what is refused cannot be looked into.</summary>
    public BusOptions? Bus { get; private set; }

    public DoorOptions? Doors { get; private set; }

    public EdgeOptions? Edge { get; private set; }

    public PolicyOptions? Policy { get; private set; }

    public ApprovalOptions? Approval { get; private set; }

    public MaskingOptions? Masking { get; private set; }

    public RecorderOptions? Recorder { get; private set; }

    public ConsoleOptions? Console { get; private set; }

    public void Dispose() => _provider.Dispose();

    /// <summary>What .NET says of a setting of the wrong type, from its key on: before that it quotes the value.</summary>
    public static string WithoutValue(InvalidOperationException e) => e.Message.Split(" at ", 2)[^1];

    private List<Diagnosis> Read()
    {
        var found = new List<Diagnosis>();
        Bus = Read<BusOptions>("bus", found);
        Doors = Read<DoorOptions>("doors", found);
        Edge = Read<EdgeOptions>("edge", found);
        Policy = Read<PolicyOptions>("policy", found);
        Approval = Read<ApprovalOptions>("approval", found);
        Masking = Read<MaskingOptions>("masking", found);
        Recorder = Read<RecorderOptions>("recorder", found);
        Console = Read<ConsoleOptions>("console", found);
        return found;
    }

    private T? Read<T>(string room, List<Diagnosis> found)
        where T : class
    {
        // Every room has these.
        if (room is not ("bus" or "doors") && !Rooms.Contains(room, StringComparer.Ordinal))
        {
            return null;
        }

        var subject = $"settings of {room}";
        try
        {
            var options = _provider.GetRequiredService<IOptions<T>>().Value;
            found.Add(Diagnosis.Well(subject, "are good"));
            return options;
        }
        catch (OptionsValidationException e)
        {
            found.AddRange(e.Failures.Select(f => Diagnosis.Ill(subject, f, "Section:Name is the variable CHAPERONE_Section__Name.")));
        }

        // A value of the wrong type: the message names the key, and the value too, which may be a secret in the wrong place.
        catch (InvalidOperationException e)
        {
            found.Add(Diagnosis.Ill(subject, $"a value cannot be read: {WithoutValue(e)}", "Give a value of the type that the setting has."));
        }

        return null;
    }
}
