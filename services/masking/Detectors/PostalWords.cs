using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Words by which a street, a flat or a postcode is known in the addresses of many countries.</summary>
internal static class PostalWords
{
    // "Rue Joseph Vernet"
    private static readonly WordSet Heads = Set("""
        rue via viale vicolo corso piazza piazzale largo strada avenue avenida avda avinguda av calle carrer camino camiño paseo passeig plaza plaça praça praca rua travessa estrada rodovia alameda
        ul ulica aleja aleje al plac osiedle os boulevard bulevar bulevardul blvd chemin allée allee quai place impasse route cours faubourg calea strasse ulitsa prospekt leoforos odos jalan jl
        """);

    // Those that are no word of English prose and so need no number before them.
    private static readonly WordSet SureHeads = Set("rue viale vicolo piazza piazzale avenida avda calle carrer camino camiño praça rua travessa ul ulica aleja chemin allée");

    // "Gosposka ulica", "Charilaou Trikoupi Str."
    private static readonly WordSet Tails = Set("""
        street st str avenue ave road rd drive dr lane ln boulevard blvd court ct terrace parkway highway crescent way square close ulica ulice utca útja katu tie tänav iela gatvė trg cesta náměstí
        třída sokak sk caddesi cad mahallesi krt tér gata gatan gade vej veg vei väg weg platz allee allé gr pde tce cct straße strasse gasse straat laan plein gracht singel
        """);

    // "Koenigstrasse", "Machelsesteenweg"; what English words also end in is left out.
    private static readonly string[] Endings =
    [
        "straße", "strasse", "gasse", "weg", "platz", "allee", "allé", "damm", "ufer", "gade", "gata", "gatan", "vej", "vejen", "veg", "vegen", "vei", "veien", "väg", "vägen", "straat", "laan",
        "plein", "plaats", "dreef", "steenweg", "gracht", "singel", "katu", "polku", "tie", "gatvė", "vegur", "gatu", "stræde", "stigen", "stien", "backen", "lände", "steig", "promenade",
    ];

    private static readonly WordSet Units = Set("apt apartment suite ste flat apto appt depto lgh unit piso");

    private static readonly WordSet Particles = Set("de da do das dos del della delle dei di du des la le les el los las van von der den het ten ter zu zum zur al of the and y e i nad pod og och im am an dem l d u dalla dal na by");

    // Common words that are part of many names of places.
    private static readonly WordSet PlaceWords = Set("north south east west new old united states saint st republic");

    private static readonly WordSet Cues = Set("address addresses lives live living lived reside resides residing located deliver delivered mail mailed ship shipped send sent moved return taxi headquarters");

    private static readonly WordSet PostTowns = Set("""
        AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU M
        ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
        """);

    private static readonly SearchValues<char> NotCanadian = SearchValues.Create("DFIOQU");

    private static readonly SearchValues<char> NotBritish = SearchValues.Create("CIKMOV");

    public static bool IsHead(ReadOnlySpan<char> word) => Has(Heads, word);

    public static bool IsSureHead(ReadOnlySpan<char> word) => Has(SureHeads, word);

    public static bool IsUnit(ReadOnlySpan<char> word) => Has(Units, word);

    public static bool IsParticle(ReadOnlySpan<char> word) => word.Length <= 5 && Has(Particles, word);

    public static bool IsPlaceWord(ReadOnlySpan<char> word) => Has(PlaceWords, word);

    public static bool IsCue(ReadOnlySpan<char> word) => Has(Cues, word);

    /// <summary>True for a word that says street, or ends in one.</summary>
    public static bool IsTail(ReadOnlySpan<char> word)
    {
        if (Has(Tails, word))
        {
            return true;
        }

        // The shortest ending has three letters, and three must stand before it.
        if (word.Length < 6)
        {
            return false;
        }

        foreach (var ending in Endings)
        {
            if (word.Length >= ending.Length + 3 && word.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Both halves of a postcode of the United Kingdom (<c>SW1A 1AA</c>) or of Canada (<c>K1A 0B1</c>).</summary>
    public static bool IsPostcode(ReadOnlySpan<char> one, ReadOnlySpan<char> two)
    {
        if (one.Length == 3 && IsShape(one, "A0A") && IsShape(two, "0A0"))
        {
            return !one.ContainsAny(NotCanadian) && !two.ContainsAny(NotCanadian) && one[0] is not ('W' or 'Z');
        }

        if (!IsShape(two, "0AA") || two.ContainsAny(NotBritish) || one.Length is < 2 or > 4)
        {
            return false;
        }

        var letters = char.IsAsciiLetterUpper(one[1]) ? 2 : 1;
        return one.Length > letters && PostTowns.Contains(one[..letters])
            && char.IsAsciiDigit(one[letters]) && (one.Length == letters + 1 || (one.Length == letters + 2 && char.IsAsciiLetterOrDigit(one[^1])));
    }

    private static bool IsShape(ReadOnlySpan<char> word, ReadOnlySpan<char> shape)
    {
        if (word.Length != shape.Length)
        {
            return false;
        }

        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 'A' ? !char.IsAsciiLetterUpper(word[i]) : !char.IsAsciiDigit(word[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Has(WordSet set, ReadOnlySpan<char> word) => set.Contains(word);

    private static WordSet Set(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();
}
