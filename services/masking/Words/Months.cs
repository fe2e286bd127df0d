namespace Chaperone.Masking.Words;

/// <summary>Names of months.</summary>
internal static class Months
{
    private static readonly WordMap<int> Names = new(new Dictionary<string, int>
    {
#pragma warning disable format // A table reads better with several pairs a line.
        ["january"] = 1, ["jan"] = 1, ["february"] = 2, ["feb"] = 2, ["march"] = 3, ["mar"] = 3, ["april"] = 4, ["apr"] = 4, ["may"] = 5,
        ["june"] = 6, ["jun"] = 6, ["july"] = 7, ["jul"] = 7, ["august"] = 8, ["aug"] = 8, ["september"] = 9, ["sep"] = 9, ["sept"] = 9,
        ["october"] = 10, ["oct"] = 10, ["november"] = 11, ["nov"] = 11, ["december"] = 12, ["dec"] = 12,
        ["enero"] = 1, ["febrero"] = 2, ["marzo"] = 3, ["abril"] = 4, ["mayo"] = 5, ["junio"] = 6, ["julio"] = 7, ["agosto"] = 8, ["septiembre"] = 9, ["setiembre"] = 9,
        ["octubre"] = 10, ["noviembre"] = 11, ["diciembre"] = 12, ["janvier"] = 1, ["février"] = 2, ["fevrier"] = 2, ["mars"] = 3, ["avril"] = 4, ["mai"] = 5, ["juin"] = 6,
        ["juillet"] = 7, ["août"] = 8, ["septembre"] = 9, ["octobre"] = 10, ["novembre"] = 11, ["décembre"] = 12, ["decembre"] = 12, ["januar"] = 1, ["februar"] = 2, ["märz"] = 3,
        ["juni"] = 6, ["juli"] = 7, ["oktober"] = 10, ["dezember"] = 12,
#pragma warning restore format
    });

    private static readonly WordSet Days = Set(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first");

    private static readonly WordSet Weekdays = Set("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun");

    /// <summary>1 to 12, or 0 if <paramref name="word"/> names no month.</summary>
    public static int Number(ReadOnlySpan<char> word) =>
        word.Length is >= 3 and <= 10 && MayStart(word[0], word[1]) && Names.TryGetValue(word, out var month) ? month : 0;

    // Tells most words from months without a look into the table.
    private static bool MayStart(char first, char second) => (char)(first | 0x20) switch
    {
        'j' => (char)(second | 0x20) is 'a' or 'u',
        'f' or 's' => (char)(second | 0x20) is 'e' || second > 0x7F,
        'm' => (char)(second | 0x20) is 'a' || second > 0x7F,
        'a' => (char)(second | 0x20) is 'p' or 'u' or 'b' or 'g' or 'v' or 'o',
        'o' => (char)(second | 0x20) is 'c' or 'k',
        'n' => (char)(second | 0x20) is 'o',
        'd' => (char)(second | 0x20) is 'e' or 'i' || second > 0x7F,
        'e' => (char)(second | 0x20) is 'n',
        _ => false,
    };

    /// <summary>True for words that are also common verbs or nouns when they are written small.</summary>
    public static bool IsAmbiguous(ReadOnlySpan<char> word) =>
        word is "may" or "mar" or "sep" or "dec" or "MAR" or "SEP" or "DEC" or "mars" or "mai" or "Mars" or "MAI" or "mayo" or "Mayo" or "juin";

    /// <summary>True for <c>first</c> to <c>thirty-first</c>.</summary>
    public static bool IsDayWord(ReadOnlySpan<char> word) => Days.Contains(word);

    /// <summary>True for the days of the week and their short forms, written with a capital.</summary>
    public static bool IsWeekday(ReadOnlySpan<char> word) => word.Length >= 3 && char.IsAsciiLetterUpper(word[0]) && Weekdays.Contains(word);

    /// <summary>The date behind the day of the week.</summary>
    public static ReadOnlySpan<char> WithoutWeekday(ReadOnlySpan<char> date)
    {
        var end = date.IndexOfAny(" ,.");
        return end > 0 && IsWeekday(date[..end]) ? date[end..].TrimStart(" ,.") : date;
    }

    private static WordSet Set(string words) => words.Split(' ').ToWordSet();
}
