using Chaperone.Bus;
using Chaperone.Bus.Health;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Masking.Deep;
using Chaperone.Masking.Patients;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chaperone.Masking;

/// <summary>Wires the masking room.</summary>
public static class MaskingService
{
    /// <summary>The room as a process of its own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = RoomBuilder.Create(args);
        builder.Services.AddMasking(builder.Configuration);
        builder.Services.AddChaperoneBus(builder.Configuration);
        var app = builder.Build();
        app.MapChaperoneHealth();
        app.MapMasking();
        return app;
    }

    /// <summary>The room's services; <see cref="BusService.AddChaperoneBus"/> comes after all rooms.</summary>
    public static IServiceCollection AddMasking(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MaskingOptions>().Bind(configuration.GetSection("Masking")).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MaskingOptions>, MaskingOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => DeepTier.Open(provider.GetRequiredService<IOptions<MaskingOptions>>().Value.Deep, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new Masker(
            provider.GetRequiredService<IOptions<MaskingOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            Keys(provider),
            Deep(provider)));
        services.TryAddSingleton(provider => new PatientKeys(Keys(provider)));
        services.AddRoomCheck("masking-key", provider => provider.GetRequiredService<Masker>() is null ? "There is no masker." : null);
        services.TryAddSingleton<MaskingTelemetry>();
        services.AddHostedService<MaskingWarmUp>();
        services.AddDoor<NamePatient, PatientNamed, NamePatientDoor>(Lane.Cold);
        return services.AddDoor<MaskResult, ResultMasked, MaskResultDoor>(Lane.Hot);
    }

    /// <summary>The room's HTTP endpoints.</summary>
    public static WebApplication MapMasking(this WebApplication app) => app;

    // Asked for only where it is on, so that nothing of it is loaded where it is off.
    private static DeepTier? Deep(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<MaskingOptions>>().Value.Deep.Folder is null ? null : provider.GetRequiredService<DeepTier>();

    private static IReadOnlyList<(string Id, byte[] Key)> Keys(IServiceProvider provider) =>
        KeyFile.LoadOrCreate(provider.GetRequiredService<IOptions<MaskingOptions>>().Value.KeyFile).Keys;
}
