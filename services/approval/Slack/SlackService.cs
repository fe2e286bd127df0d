using Chaperone.Approval.Cards;
using Chaperone.Approval.Jobs;
using Chaperone.Approval.Notices;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chaperone.Approval.Slack;

/// <summary>Wires Slack, if it is on.</summary>
internal static class SlackService
{
    public static void AddSlack(this IServiceCollection services, IConfigurationSection section)
    {
        if (!IsSet(section, "BotToken"))
        {
            return;
        }

        services.TryAddSingleton<SlackApi>();
        services.TryAddSingleton<SlackSearch>();
        services.TryAddSingleton<SlackPeople>();
        services.TryAddSingleton<SlackChat>();
        services.TryAddSingleton<SlackInbox>();
        services.TryAddSingleton<SlackDoor>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INotifier, SlackReminder>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDueWork, SlackAnswers>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDueWork, CardWork<SlackChat>>());
        if (IsSet(section, "AppToken"))
        {
            services.AddHostedService<SlackSocket>();
        }
    }

    public static void MapSlack(this WebApplication app, IConfigurationSection section)
    {
        if (IsSet(section, "BotToken") && IsSet(section, "SigningSecret"))
        {
            app.MapPost(SlackDoor.Path, (HttpContext http, SlackDoor door) => door.TakeAsync(http));
        }
    }

    // Settings are checked at start, all at once: nothing is read out of them before.
    private static bool IsSet(IConfigurationSection section, string secret) => SecretText.IsSet(section[secret], section[secret + "File"]);
}
