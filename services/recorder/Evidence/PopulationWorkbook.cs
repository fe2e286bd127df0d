using System.Globalization;
using System.IO.Compression;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Chaperone.Recorder.Evidence;

/// <summary>
/// <c>populations.xlsx</c>: every population as a sheet, and before them one that says of what, so that period, filter and counts
/// travel with what is sampled. Read back from the CSVs, so it cannot say anything else. The same CSVs give the same bytes: no
/// property of the document, and packed anew as <see cref="StoredZip"/> says, because the writer stamps its members with the clock.
/// </summary>
internal sealed class PopulationWorkbook(EvidenceFolder folder, int rowsOfSheet = PopulationWorkbook.MostRows)
{
    /// <summary>Rows below the heading that a sheet of Excel holds; more go on in the next sheet.</summary>
    public const int MostRows = 1_048_575;

    // Rows that say how wide columns are.
    private const int Probe = 200;
    private const double WidestFact = 100;

    private static readonly string[] Files =
    [
        EvidencePaths.Decisions, EvidencePaths.Outcomes, EvidencePaths.Approvals, EvidencePaths.Users, EvidencePaths.SessionTable, EvidencePaths.Oversight, EvidencePaths.Retention, EvidencePaths.Reviews,
    ];

    /// <summary>Writes the member; the CSVs are whole.</summary>
    /// <exception cref="FormatException">A cell of a CSV is not what its column holds.</exception>
    public async ValueTask WriteAsync(EvidenceFilter filter, TreeHead head, NoteKey key, CancellationToken cancellationToken)
    {
        var members = folder.Members.ToDictionary(m => m.Path, StringComparer.Ordinal);
        var written = folder.Scratch("written.xlsx");
        await using (var stream = new FileStream(written, FileMode.CreateNew))
        await using (var book = await Spreadsheet.CreateNewAsync(
            stream, new SpreadCheetahOptions { DocumentProperties = null, DefaultDateTimeFormat = NumberFormat.Custom("yyyy-mm-dd hh:mm:ss.000") }, cancellationToken))
        {
            var styles = new Styles(book.AddStyle(new Style { Font = { Bold = true } }), book.AddStyle(new Style { Format = NumberFormat.Standard(StandardNumberFormat.Text) }));
            await WriteAboutAsync(book, styles, Facts(filter, head, key), [.. Files.Select(f => members[f])], cancellationToken);
            foreach (var file in Files)
            {
                await WriteTableAsync(book, styles, members[file], cancellationToken);
            }

            await book.FinishAsync(cancellationToken);
        }

        var packed = folder.Scratch("packed.xlsx");
        await PackAsync(written, packed, cancellationToken);
        using var member = folder.Create(EvidencePaths.Workbook);
        await using var content = File.OpenRead(packed);
        await member.CopyAsync(content, cancellationToken);
    }

    private static (string Name, string Value)[] Facts(EvidenceFilter filter, TreeHead head, NoteKey key) =>
    [
        ("Log", key.Name),
        ("From (UTC)", LeafFormat.Time(filter.From)),
        ("Up to, not including (UTC)", LeafFormat.Time(filter.To)),
        ("Filter", SummaryPage.Describe(filter)),
        ("Records of the tree", head.Size.ToString(CultureInfo.InvariantCulture)),
        ("Root of the tree", head.Root.ToString()),
        ("Signed by", key.ToString()),
        ("How to check", "manifest.json holds the SHA-256 of this file and of each CSV; verify.html or verify.sh of the bundle check them."),
    ];

    private async ValueTask WriteAboutAsync(Spreadsheet book, Styles styles, (string Name, string Value)[] facts, EvidenceMember[] tables, CancellationToken cancellationToken)
    {
        var options = new WorksheetOptions();
        options.Column(1).Width = 30;
        options.Column(2).Width = 30;
        options.Column(3).Width = 12;
        options.Column(4).Width = WidestFact;
        await book.StartWorksheetAsync("about", options, cancellationToken);
        foreach (var (name, value) in facts)
        {
            await book.AddRowAsync([new Cell(name, styles.Heading), new Cell(WorkbookCell.Text(value, EvidencePaths.Manifest), styles.Text)], cancellationToken);
        }

        await book.AddRowAsync(Array.Empty<Cell>(), cancellationToken);
        await book.AddHeaderRowAsync(["sheet", "file", "rows", "sha256 of the file"], styles.Heading, cancellationToken);
        foreach (var table in tables)
        {
            var sheets = Sheets(table);
            var name = sheets == 1 ? Name(table, 1) : $"{Name(table, 1)} to {Name(table, sheets)}";
            await book.AddRowAsync([new Cell(name, styles.Text), new Cell(table.Path, styles.Text), new Cell(table.Rows), new Cell(table.Sha256, styles.Text)], cancellationToken);
        }
    }

    private async ValueTask WriteTableAsync(Spreadsheet book, Styles styles, EvidenceMember table, CancellationToken cancellationToken)
    {
        var (headings, widths) = Measure(table.File);
        using var rows = new CsvReader(table.File);
        rows.Read();
        var cells = new Cell[headings.Count];
        for (var sheet = 1; sheet <= Sheets(table); sheet++)
        {
            var most = (int)Math.Min(rowsOfSheet, (table.Rows ?? 0) - ((long)(sheet - 1) * rowsOfSheet));
            var options = new WorksheetOptions { FrozenRows = 1, AutoFilter = new AutoFilterOptions($"A1:{Letter(headings.Count)}{most + 1}") };
            for (var i = 0; i < headings.Count; i++)
            {
                options.Column(i + 1).Width = widths[i];
            }

            await book.StartWorksheetAsync(Name(table, sheet), options, cancellationToken);
            await book.AddHeaderRowAsync(headings, styles.Heading, cancellationToken);
            for (var row = 0; row < most && rows.Read() is { } texts; row++)
            {
                for (var i = 0; i < cells.Length; i++)
                {
                    cells[i] = WorkbookCell.Of(headings[i], texts[i], table.Path, styles.Text);
                }

                await book.AddRowAsync(cells, cancellationToken);
            }
        }
    }

    private static (List<string> Headings, double[] Widths) Measure(string file)
    {
        using var rows = new CsvReader(file);
        var headings = rows.Read() ?? throw new InvalidDataException($"{file}: it has no headings");
        var longest = new int[headings.Count];
        for (var row = 0; row < Probe && rows.Read() is { } texts; row++)
        {
            for (var i = 0; i < longest.Length; i++)
            {
                longest[i] = Math.Max(longest[i], texts[i].Length);
            }
        }

        return (headings, [.. headings.Select((h, i) => WorkbookCell.Width(h, longest[i]))]);
    }

    private static async ValueTask PackAsync(string written, string packed, CancellationToken cancellationToken)
    {
        await using var source = await ZipFile.OpenReadAsync(written, cancellationToken);
        await using var target = new FileStream(packed, FileMode.CreateNew, FileAccess.ReadWrite);
        await using var zip = new StoredZip(target);
        foreach (var entry in source.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            await using var content = await entry.OpenAsync(cancellationToken);
            await zip.AddAsync(entry.FullName, content, cancellationToken);
        }
    }

    private int Sheets(EvidenceMember table) => (int)Math.Max(1, ((table.Rows ?? 0) + rowsOfSheet - 1) / rowsOfSheet);

    private static string Name(EvidenceMember table, int sheet)
    {
        var name = Path.GetFileNameWithoutExtension(table.Path);
        return sheet == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ({sheet})");
    }

    // No population has more than 26 columns.
    private static char Letter(int columns) => (char)('A' + columns - 1);

    private readonly record struct Styles(StyleId Heading, StyleId Text);
}
