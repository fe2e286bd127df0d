using Chaperone.Approval.Cards;
using Chaperone.Approval.Jobs;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chaperone.Approval.Teams;

/// <summary>Wires the Teams bot, if it is on.</summary>
internal static class TeamsBotService
{
    public static void AddTeamsBot(this IServiceCollection services, IConfigurationSection section)
    {
        if (!IsOn(section))
        {
            return;
        }

        services.TryAddSingleton<BotConnector>();
        services.TryAddSingleton<BotGate>();
        services.TryAddSingleton<TeamsChat>();
        services.TryAddSingleton<TeamsPeople>();
        services.TryAddSingleton<BotDoor>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDueWork, CardWork<TeamsChat>>());
    }

    public static void MapTeamsBot(this WebApplication app, IConfigurationSection section)
    {
        if (IsOn(section))
        {
            app.MapPost(BotDoor.Path, (HttpContext http, BotDoor door) => door.TakeAsync(http));
        }
    }

    private static bool IsOn(IConfigurationSection section) => !string.IsNullOrWhiteSpace(section["AppId"]);
}
