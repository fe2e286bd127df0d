namespace Chaperone.Recorder.Retention;

/// <summary>Checks the settings of retention at start.</summary>
internal static class RetentionOptionsCheck
{
    private const int MostDays = 36_525;

    public static void Check(List<string> wrong, RetentionOptions options)
    {
        if (options.MetaDays is < RetentionOptions.FloorDays or > MostDays)
        {
            wrong.Add($"Recorder:Retention:MetaDays is {options.MetaDays}: give {RetentionOptions.FloorDays} (six years, 45 CFR 164.316(b)(2)(i)) to {MostDays}.");
        }

        if (options.BodyDays < 1 || options.BodyDays > options.MetaDays)
        {
            wrong.Add($"Recorder:Retention:BodyDays is {options.BodyDays}: give 1 to MetaDays ({options.MetaDays}), for messages cannot be kept longer than the facts about them.");
        }
    }
}
