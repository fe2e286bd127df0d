using Chaperone.Approval.Jobs;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Slack;

/// <summary>Wires Slack, if it is on.</summary>
internal static class SlackService
{
    public static void AddSlack(this IServiceCollection services, IConfigurationSection section)
    {
        var slack = section.Get<SlackOptions>() ?? new SlackOptions();
        if (!slack.IsOn)
        {
            return;
        }

        services.TryAddSingleton<SlackApi>();
        services.TryAddSingleton<SlackSearch>();
        services.TryAddSingleton<SlackPeople>();
        services.TryAddSingleton<SlackInbox>();
        services.TryAddSingleton<SlackDoor>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDueWork, SlackAnswers>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDueWork, SlackCards>());
        if (slack.UsesSocket)
        {
            services.AddHostedService<SlackSocket>();
        }
    }

    public static void MapSlack(this WebApplication app)
    {
        var slack = app.Services.GetRequiredService<IOptions<ApprovalOptions>>().Value.Slack;
        if (slack is { IsOn: true, UsesHttp: true })
        {
            app.MapPost(SlackDoor.Path, (HttpContext http, SlackDoor door) => door.TakeAsync(http));
        }
    }
}
