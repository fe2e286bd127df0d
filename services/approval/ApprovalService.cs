using Chaperone.Approval.Cards;
using Chaperone.Approval.Doors;
using Chaperone.Approval.Jobs;
using Chaperone.Approval.Notices;
using Chaperone.Approval.Slack;
using Chaperone.Approval.Store;
using Chaperone.Approval.Teams;
using Chaperone.Bus;
using Chaperone.Bus.Doors;
using Chaperone.Bus.Health;
using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval;

/// <summary>Wires the approval room.</summary>
public static class ApprovalService
{
    private const string Section = "Approval";

    /// <summary>The room as a process of its own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = RoomBuilder.Create(args);
        builder.Services.AddApproval(builder.Configuration);
        builder.Services.AddChaperoneBus(builder.Configuration);
        var app = builder.Build();
        app.MapChaperoneHealth();
        app.MapApproval();
        return app;
    }

    /// <summary>The room's services; <see cref="BusService.AddChaperoneBus"/> comes after all rooms.</summary>
    public static IServiceCollection AddApproval(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ApprovalOptions>().Bind(configuration.GetSection(Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ApprovalOptions>, ApprovalOptionsCheck>());

        services.AddLimitedDoor(DoorKind.Signature, SlackDoor.Path, BotDoor.Path);
        services.TryAddSingleton<IApprovalDatabase>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ApprovalOptions>>();
            return options.Value.Store == ApprovalStoreKind.PostgreSql ? new PostgresDatabase(options) : new SqliteDatabase(options);
        });
        services.TryAddSingleton<StoreSchema>();
        services.TryAddSingleton<StoreSeal>();
        services.TryAddSingleton<CaseCodec>();
        services.TryAddSingleton<CaseStore>();
        services.TryAddSingleton<GrantStore>();
        services.TryAddSingleton<OutboxStore>();
        services.TryAddSingleton<NoticeStore>();
        services.TryAddSingleton<SlackPlaces>();
        services.AddSingleton<ICardPlaces>(provider => provider.GetRequiredService<SlackPlaces>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICardPlaces, TeamsPlaces>());
        services.TryAddSingleton<CardStore>();
        services.TryAddSingleton<ClickStore>();
        services.TryAddSingleton<PersonStore>();
        services.TryAddSingleton<StepOutbox>();
        services.TryAddSingleton<ApprovalDesk>();
        services.TryAddSingleton<Revealer>();

        services.TryAddEnumerable(ServiceDescriptor.Singleton<INotifier, LogNotifier>());
        if (!string.IsNullOrWhiteSpace(configuration[$"{Section}:Webhook:Url"]))
        {
            services.TryAddEnumerable(ServiceDescriptor.Singleton<INotifier, WebhookNotifier>());
        }

        if (SecretText.IsSet(configuration[$"{Section}:Teams:WorkflowUrl"], configuration[$"{Section}:Teams:WorkflowUrlFile"]))
        {
            services.TryAddEnumerable(ServiceDescriptor.Singleton<INotifier, TeamsNotifier>());
        }

        if (!string.IsNullOrWhiteSpace(configuration[$"{Section}:Email:Host"]))
        {
            services.TryAddEnumerable(ServiceDescriptor.Singleton<INotifier, EmailNotifier>());
        }

        services.TryAddSingleton<CardLinks>();
        services.TryAddSingleton<NoticePost>();
        services.AddSingleton<IDueWork>(provider => provider.GetRequiredService<NoticePost>());
        services.AddTeamsBot(configuration.GetSection($"{Section}:Teams:Bot"));
        services.AddSlack(configuration.GetSection($"{Section}:Slack"));
        services.TryAddSingleton<ApprovalJobs>();
        services.TryAddSingleton<HangfireBell>();
        services.TryAddSingleton<JobBoard>();
        services.TryAddSingleton<IDeskBell>(provider => provider.GetRequiredService<HangfireBell>());
        services.AddHostedService<ApprovalWork>();
        services.AddRoomCheck("approval", provider => provider.GetRequiredService<StoreSchema>().Problem);

        return services
            .AddDoor<RequestApproval, ApprovalStatus, RequestApprovalDoor>(Lane.Cold)
            .AddDoor<ClaimApproval, ApprovalClaimed, ClaimApprovalDoor>(Lane.Cold)
            .AddDoor<WithdrawApproval, ApprovalStatus, WithdrawApprovalDoor>(Lane.Cold)
            .AddDoor<DecideApproval, ApprovalAnswered, DecideApprovalDoor>(Lane.Cold)
            .AddDoor<ListApprovals, ApprovalPage, ListApprovalsDoor>(Lane.Cold)
            .AddDoor<NoteApprover, ApproverNoted, NoteApproverDoor>(Lane.Cold)
            .AddDoor<OpenCardLink, CardLinkOpened, OpenCardLinkDoor>(Lane.Cold)
            .AddDoor<SeeApproval, ApprovalSeen, SeeApprovalDoor>(Lane.Cold)
            .AddDoor<RevealArguments, ArgumentsRevealed, RevealArgumentsDoor>(Lane.Cold)
            .AddDoor<ReadJobs, JobsReport, ReadJobsDoor>(Lane.Cold)
            .AddAsk<ReadRequest, RequestRead>(Lane.Cold)
            .AddAnnounce<ApprovalDecided>();
    }

    /// <summary>The room's HTTP endpoints: where Slack and Teams post clicks, if they do.</summary>
    public static WebApplication MapApproval(this WebApplication app)
    {
        app.MapTeamsBot(app.Configuration.GetSection($"{Section}:Teams:Bot"));
        app.MapSlack(app.Configuration.GetSection($"{Section}:Slack"));
        return app;
    }
}
