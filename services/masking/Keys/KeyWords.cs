using Chaperone.Masking.Words;

namespace Chaperone.Masking.Keys;

/// <summary>Splits a key into lower-case words: <c>patientDOB</c>, <c>patient_dob</c>, <c>Patient.Dob</c> and <c>pt-dob</c> all read <c>patient dob</c>.</summary>
internal static class KeyWords
{
    private const int MostWords = 12;
    private const int Longest = 128;

    /// <summary>More characters than the words of a key have, a word behind them included.</summary>
    public const int Room = 256;

    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
#pragma warning disable format // A table reads better with several pairs a line.
        ["pt"] = "patient", ["pat"] = "patient", ["ptnt"] = "patient", ["nm"] = "name", ["nme"] = "name", ["fname"] = "first name",
        ["lname"] = "last name", ["mname"] = "middle name", ["fullname"] = "full name", ["firstname"] = "first name",
        ["lastname"] = "last name", ["middlename"] = "middle name", ["surname"] = "last name", ["forename"] = "first name",
        ["addr"] = "address", ["adr"] = "address", ["addr1"] = "address", ["addr2"] = "address", ["address1"] = "address",
        ["address2"] = "address", ["ph"] = "phone", ["phn"] = "phone", ["tel"] = "phone", ["telephone"] = "phone", ["mob"] = "mobile",
        ["cellphone"] = "cell", ["no"] = "number", ["num"] = "number", ["nbr"] = "number", ["nr"] = "number", ["acct"] = "account",
        ["acc"] = "account", ["acctno"] = "account number", ["dt"] = "date", ["birthdate"] = "birth date", ["birthday"] = "birth date",
        ["bday"] = "birth date", ["bdate"] = "birth date", ["dateofbirth"] = "birth date", ["mrnumber"] = "mrn", ["mrno"] = "mrn",
        ["medrec"] = "medical record", ["zipcode"] = "zip", ["postcode"] = "zip", ["postalcode"] = "zip", ["prov"] = "provider",
        ["emp"] = "employee", ["grp"] = "group", ["enc"] = "encounter", ["auth"] = "authorization", ["mem"] = "member", ["sub"] = "subscriber", ["ins"] = "insurance", ["lic"] = "license",
        ["licence"] = "license", ["ident"] = "id", ["identifier"] = "id", ["ec"] = "emergency contact", ["phonenumber"] = "phone number",
        ["emailaddress"] = "email", ["mail"] = "email", ["dr"] = "doctor", ["doc"] = "doc", ["ssn4"] = "ssn", ["ipaddress"] = "ip",
        ["ipaddr"] = "ip", ["macaddress"] = "mac", ["username"] = "user name", ["userid"] = "user id", ["patientid"] = "patient id",
        ["patientname"] = "patient name", ["memberid"] = "member id", ["accountnumber"] = "account number", ["streetaddress"] = "street address",
        ["admitdate"] = "admit date", ["dischargedate"] = "discharge date", ["lat"] = "latitude", ["lng"] = "longitude", ["lon"] = "longitude",
        ["long"] = "longitude", ["pwd"] = "password", ["passwd"] = "password", ["pass"] = "password", ["apikey"] = "api key", ["mbr"] = "member",
        ["clm"] = "claim", ["subscr"] = "subscriber", ["cntct"] = "contact", ["emrgncy"] = "emergency", ["prvdr"] = "provider", ["ptid"] = "patient id",
        ["ptname"] = "patient name", ["ptnm"] = "patient name", ["patname"] = "patient name", ["patnm"] = "patient name", ["nam"] = "name", ["ptdob"] = "birth date",
        ["patdob"] = "birth date", ["attnd"] = "attending", ["attg"] = "attending", ["attd"] = "attending", ["attng"] = "attending", ["dlno"] = "dl number", ["dlnum"] = "dl number",
#pragma warning restore format
    };

    private static readonly WordMap<string> Abbreviations = new(Short, ignoreCase: false);

    /// <summary>Short forms that are read as other words.</summary>
    public static IEnumerable<string> ShortForms => Short.Keys;

    /// <summary>
    /// Writes the words of <paramref name="key"/>, joined by single spaces, to <paramref name="target"/> (<see cref="Room"/>
    /// long) and answers them; empty where it is too long to be a name of something.
    /// </summary>
    public static Span<char> Normalise(ReadOnlySpan<char> key, Span<char> target)
    {
        if (key.Length > Longest)
        {
            return [];
        }

        var words = 0;
        var written = 0;
        var start = -1;
        for (var i = 0; i <= key.Length; i++)
        {
            var inWord = i < key.Length && char.IsAsciiLetterOrDigit(key[i]);
            if (start >= 0 && (!inWord || Breaks(key, i)))
            {
                // "Mother's name": the s belongs to the word before it.
                words += !IsOwned(key, start, i) && Add(target, ref written, key[start..i]) ? 1 : 0;
                start = -1;
                if (words > MostWords)
                {
                    return [];
                }
            }

            if (inWord && start < 0)
            {
                start = i;
            }
        }

        return target[..written];
    }

    private static bool Breaks(ReadOnlySpan<char> key, int i)
    {
        var here = key[i];
        var before = key[i - 1];
        return char.IsAsciiLetterUpper(here)
            && (char.IsAsciiLetterLower(before)
                || (char.IsAsciiLetterUpper(before) && i + 1 < key.Length && char.IsAsciiLetterLower(key[i + 1]) && !IsPluralEnd(key, i)));
    }

    // "IDs", "MRNs": the s belongs to the capitals before it.
    private static bool IsPluralEnd(ReadOnlySpan<char> key, int i) =>
        key[i + 1] == 's' && (i + 2 == key.Length || !char.IsAsciiLetter(key[i + 2]));

    private static bool IsOwned(ReadOnlySpan<char> key, int start, int end) =>
        end == start + 1 && start > 1 && key[start] is 's' or 'S' && key[start - 1] is '\'' or '\u2019' && end < key.Length;

    private static bool Add(Span<char> target, ref int written, ReadOnlySpan<char> word)
    {
        var at = written > 0 ? written + 1 : 0;
        ReadOnlySpan<char> lower = target.Slice(at, word.Length);
        word.ToLowerInvariant(target[at..]);
        if (written > 0 && !lower.ContainsAnyExceptInRange('0', '9'))
        {
            // "phone_1" is a phone; a number of its own says nothing.
            return false;
        }

        if (!Abbreviations.TryGetValue(lower, out var full))
        {
            var stem = lower.TrimEnd("0123456789");
            lower = stem.IsEmpty ? lower : stem;
            Abbreviations.TryGetValue(lower, out full);
        }

        if (full is not null)
        {
            full.CopyTo(target[at..]);
        }

        if (written > 0)
        {
            target[written] = ' ';
        }

        written = at + (full is null ? lower.Length : full.Length);
        return true;
    }
}
