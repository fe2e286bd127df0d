using Chaperone.Bus;
using Chaperone.Bus.Doors;
using Chaperone.Bus.Health;
using Chaperone.Console.Search;
using Chaperone.Console.SignIn;
using Chaperone.Console.Web;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chaperone.Console;

/// <summary>Wires the console room.</summary>
public static class ConsoleService
{
    /// <summary>The room as a process of its own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = RoomBuilder.Create(args);
        builder.Services.AddConsole(builder.Configuration);
        builder.Services.AddChaperoneBus(builder.Configuration);
        var app = builder.Build();
        app.MapChaperoneHealth();
        app.MapConsole();
        return app;
    }

    /// <summary>The room's services; <see cref="BusService.AddChaperoneBus"/> comes after all rooms.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ConsoleOptions>().Bind(configuration.GetSection("Console")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConsoleOptions>, ConsoleOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Rooms>();
        services.TryAddSingleton<ConsoleJournal>();
        services.TryAddSingleton<EvidenceOrder>();
        services
            .AddAsk<ListApprovals, ApprovalPage>(Lane.Cold)
            .AddAsk<DecideApproval, ApprovalAnswered>(Lane.Cold)
            .AddAsk<NoteApprover, ApproverNoted>(Lane.Cold)
            .AddAsk<OpenCardLink, CardLinkOpened>(Lane.Cold)
            .AddAsk<SeeApproval, ApprovalSeen>(Lane.Cold)
            .AddAsk<RevealArguments, ArgumentsRevealed>(Lane.Cold)
            .AddAsk<ReadJobs, JobsReport>(Lane.Cold)
            .AddAsk<ListTools, ToolPage>(Lane.Cold)
            .AddAsk<DecideTool, ToolDecided>(Lane.Cold)
            .AddAsk<ListSessions, SessionPage>(Lane.Cold)
            .AddAsk<ReadSession, SessionTranscript>(Lane.Cold)
            .AddAsk<ReadIntegrity, IntegrityReport>(Lane.Cold)
            .AddAsk<FindMessages, MessagePage>(Lane.Cold)
            .AddAsk<ListSearches, SearchList>(Lane.Cold)
            .AddAsk<KeepSearch, SearchKept>(Lane.Cold)
            .AddAsk<ReadProof, RecordProof>(Lane.Cold)
            .AddAsk<RevealRecord, RecordRevealed>(Lane.Cold)
            .AddAsk<MakeEvidence, EvidenceMade>(Lane.Cold)
            .AddAsk<ReadEvidence, EvidencePiece>(Lane.Cold)
            .AddAsk<ReadRetention, RetentionReport>(Lane.Cold)
            .AddAsk<ChangeRetention, RetentionChanged>(Lane.Cold)
            .AddAsk<ReadBreakGlass, BreakGlassReport>(Lane.Cold)
            .AddAsk<ChangeBreakGlass, BreakGlassChanged>(Lane.Cold)
            .AddAsk<ReadReviews, ReviewBoard>(Lane.Cold)
            .AddAsk<ChangeReviews, ReviewsChanged>(Lane.Cold)
            .AddAsk<NamePatient, PatientNamed>(Lane.Cold)
            .AddAsk<FindDisclosures, DisclosuresFound>(Lane.Cold)
            .AddAsk<ReadPolicy, PolicyReport>(Lane.Cold)
            .AddAsk<ExplainCall, CallExplained>(Lane.Cold)
            .AddAsk<TestPolicy, PolicyTested>(Lane.Cold)
            .AddAsk<ComparePolicies, PoliciesCompared>(Lane.Cold);
        AddSignIn(services);
        AddPages(services);
        services.AddLimitedDoor(DoorKind.SignIn, ConsolePaths.SignIn, ConsolePaths.SignInCallback, ConsolePaths.SignOut, ConsolePaths.SignOutCallback);
        return services;
    }

    /// <summary>The room's HTTP endpoints.</summary>
    public static WebApplication MapConsole(this WebApplication app)
    {
        app.Services.GetRequiredService<ConsoleAssets>().Map(app);
        SignInDoors.Map(app);
        app.MapRazorPages();
        return app;
    }

    private static void AddSignIn(IServiceCollection services)
    {
        services.TryAddSingleton<RoleMap>();
        services.TryAddSingleton<Visitors>();
        services.TryAddSingleton<FailureBudget>();
        services.TryAddSingleton<ApproverNotes>();
        services.TryAddScoped<SignInEvents>();
        services.AddSingleton<IAuthorizationHandler, RoleHandler>();

        services.AddDataProtection().SetApplicationName("chaperone-console");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeyRing>();

        services.ConfigureOptions<CookieSetup>().ConfigureOptions<OidcSetup>();
        services.AddAuthentication().AddCookie(ConsoleSchemes.Cookie).AddOpenIdConnect(ConsoleSchemes.Oidc, _ => { });
        services.AddAuthorizationBuilder()
            .AddPolicy(ConsoleSchemes.SignedIn, policy => policy.AddAuthenticationSchemes(ConsoleSchemes.Cookie).RequireAuthenticatedUser())
            .AddRolePolicy(ConsoleSchemes.Approvals, ConsoleRoles.Approver | ConsoleRoles.Admin)
            .AddRolePolicy(ConsoleSchemes.Sessions, ConsoleRoles.Analyst)
            .AddRolePolicy(ConsoleSchemes.Reveal, ConsoleRoles.Analyst, ConsoleRoles.Revealer)
            .AddRolePolicy(ConsoleSchemes.Integrity, ConsoleRoles.Analyst | ConsoleRoles.Admin)
            .AddRolePolicy(ConsoleSchemes.Tools, ConsoleRoles.Analyst | ConsoleRoles.Admin)
            .AddRolePolicy(ConsoleSchemes.Evidence, ConsoleRoles.Analyst | ConsoleRoles.Admin)
            .AddRolePolicy(ConsoleSchemes.Retention, ConsoleRoles.Analyst | ConsoleRoles.Admin | ConsoleRoles.Custodian)
            .AddRolePolicy(ConsoleSchemes.Reviews, ConsoleRoles.Analyst | ConsoleRoles.Admin | ConsoleRoles.Reviewer)
            .AddRolePolicy(ConsoleSchemes.Jobs, ConsoleRoles.Admin)
            .AddRolePolicy(ConsoleSchemes.Policy, ConsoleRoles.Admin);
    }

    private static AuthorizationBuilder AddRolePolicy(this AuthorizationBuilder builder, string name, params ConsoleRoles[] oneOfEach) =>
        builder.AddPolicy(name, policy => policy
            .AddAuthenticationSchemes(ConsoleSchemes.Cookie)
            .RequireAuthenticatedUser()
            .AddRequirements([.. oneOfEach.Select(anyOf => new RoleRequirement(anyOf))]));

    private static void AddPages(IServiceCollection services)
    {
        services.TryAddSingleton<BreakGlassWatch>();
        services.TryAddSingleton<ConsoleAssets>();
        services.TryAddSingleton<SearchTicket>();
        services.TryAddSingleton<WordsTicket>();
        services.TryAddSingleton<SavedSearches>();
        services.AddTransient<IStartupFilter, ConsoleGate>();
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<ConsoleOptions>>((forgery, options) =>
        {
            forgery.Cookie.Name = "chaperone-console-form";
            forgery.Cookie.HttpOnly = true;
            forgery.Cookie.SameSite = SameSiteMode.Strict;
            forgery.Cookie.SecurePolicy = CookieSetup.SecurePolicy(options.Value);
        });
        services.AddOptions<CookieTempDataProviderOptions>().Configure<IOptions<ConsoleOptions>>((message, options) =>
        {
            message.Cookie.Name = "chaperone-console-message";
            message.Cookie.HttpOnly = true;
            message.Cookie.SameSite = SameSiteMode.Lax;
            message.Cookie.SecurePolicy = CookieSetup.SecurePolicy(options.Value);
        });
        var room = typeof(ConsoleService).Assembly;
        services.AddRazorPages(Guard).ConfigureApplicationPartManager(parts =>
        {
            // The entry assembly may or may not have brought this room along already.
            foreach (var known in parts.ApplicationParts.Where(p => p.Name == room.GetName().Name).ToArray())
            {
                parts.ApplicationParts.Remove(known);
            }
        }).AddApplicationPart(room);
    }

    /// <summary>Default deny: a page not named here needs a signed-in person, and only the doors are open to all.</summary>
    private static void Guard(RazorPagesOptions pages)
    {
        var all = pages.Conventions;
        all.AuthorizeFolder("/", ConsoleSchemes.SignedIn);
        all.AuthorizeFolder("/Approvals", ConsoleSchemes.Approvals);
        all.AuthorizeFolder("/Sessions", ConsoleSchemes.Sessions);
        all.AuthorizePage("/Sessions/Reveal", ConsoleSchemes.Reveal);
        all.AuthorizeFolder("/Search", ConsoleSchemes.Sessions);
        all.AuthorizeFolder("/Tools", ConsoleSchemes.Tools);
        all.AuthorizePage("/Integrity", ConsoleSchemes.Integrity);
        all.AuthorizePage("/Evidence", ConsoleSchemes.Evidence);
        all.AuthorizePage("/Retention", ConsoleSchemes.Retention);
        all.AuthorizePage("/Reviews", ConsoleSchemes.Reviews);
        all.AuthorizePage("/Disclosures", ConsoleSchemes.Reveal);
        all.AuthorizePage("/Jobs", ConsoleSchemes.Jobs);
        all.AuthorizeFolder("/Policies", ConsoleSchemes.Policy);
        all.AllowAnonymousToPage("/SignIn");
        all.AddFolderApplicationModelConvention("/", page => page.Filters.Add(new TypeFilterAttribute(typeof(TroublePage))));
    }
}
