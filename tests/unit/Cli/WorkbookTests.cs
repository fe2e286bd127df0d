using System.Globalization;
using System.IO.Compression;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Evidence;
using Chaperone.Recorder.Tests;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Chaperone.Cli.Tests;

/// <summary><c>populations.xlsx</c>, as Microsoft's own SDK reads it: a valid workbook that says what the CSVs say, and runs nothing.</summary>
public class WorkbookTests
{
    private static readonly string[] Populations = ["decisions", "outcomes", "approvals", "users", "sessions", "oversight", "retention", "reviews"];

    [Fact]
    public async Task Export_Workbook_IsValidAndHoldsEveryPopulationAsTheCsvDoes()
    {
        await using var rig = await EvidenceTests.DayAsync();
        using var zip = ZipFile.OpenRead(await EvidenceTests.ExportAsync(rig));
        using var book = Open(zip);

        Assert.Equal(["about", .. Populations], Names(book));
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(book, TestContext.Current.CancellationToken).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        foreach (var name in Populations)
        {
            var csv = Csv(zip, $"populations/{name}.csv");
            Assert.Equal(csv, Rows(book, name));
            Assert.Contains(Rows(book, "about"), r => r.Length == 4 && r[0] == name && r[2] == (csv.Count - 1).ToString(CultureInfo.InvariantCulture));
        }

        Assert.Contains(Rows(book, "about"), r => r is ["From (UTC)", "2026-11-23T00:00:00.000000Z"]);
    }

    /// <summary>A cell that a spreadsheet would run is text, in a format that keeps it text when somebody edits it; times and counts are numbers; the heading stays in sight.</summary>
    [Fact]
    public async Task Export_Workbook_TypesItsCells()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        await rig.KeepAsync(entry with
        {
            Call = entry.Call! with { Principal = entry.Call.Principal with { Subject = "=cmd|'/c calc'!A1", Name = "'=1" } },
            Decision = entry.Decision! with { Reason = "@SUM(1)\r\nnext _x0041_ \u0001 " + new string('a', 40_000) },
        });
        await rig.AssertIntactAsync(1);
        await rig.StopAsync();
        using var zip = ZipFile.OpenRead(await EvidenceTests.ExportAsync(rig));
        using var book = Open(zip);

        var user = Cells(book, "users", 2);
        var decision = Cells(book, "decisions", 2);

        Assert.Equal(("=cmd|'/c calc'!A1", "'=1"), (user[0].InnerText, user[2].InnerText));
        Assert.All(user.Take(3), c => Assert.Equal((CellValues.InlineString, 49u), (c.DataType!.Value, Format(book, c))));
        Assert.All(Sheet(book, "users").Descendants<Cell>(), c => Assert.Null(c.CellFormula));
        Assert.Null(decision[0].DataType);
        Assert.Equal(entry.OccurredAt.UtcDateTime, DateTime.FromOADate(double.Parse(decision[1].InnerText, CultureInfo.InvariantCulture)), TimeSpan.FromMilliseconds(1));
        var reason = decision[13].InnerText;
        Assert.StartsWith("@SUM(1)\nnext _x005F_x0041_ \uFFFD aaa", reason, StringComparison.Ordinal);
        Assert.EndsWith("a … [cut: 40024 characters, whole in populations/decisions.csv]", reason, StringComparison.Ordinal);
        Assert.Equal(WorkbookCell.Longest - "\r".Length, reason.Replace("_x005F_", "_", StringComparison.Ordinal).Length);
        var pane = Sheet(book, "decisions").Descendants<Pane>().Single();
        Assert.Equal((1, PaneStateValues.Frozen), (pane.VerticalSplit!.Value, pane.State!.Value));
        Assert.Equal("A1:R2", Sheet(book, "decisions").Descendants<AutoFilter>().Single().Reference);
    }

    /// <summary>Nothing of the machine or the clock is in it, and nothing is compressed.</summary>
    [Fact]
    public async Task Export_Workbook_HasFixedTimesAndIsStored()
    {
        await using var rig = await EvidenceTests.DayAsync();
        using var zip = ZipFile.OpenRead(await EvidenceTests.ExportAsync(rig));
        using var packed = new ZipArchive(Copy(zip, EvidencePaths.Workbook));

        Assert.All(packed.Entries, e => Assert.Equal((e.Length, new DateTime(1980, 1, 1)), (e.CompressedLength, e.LastWriteTime.DateTime)));
        Assert.DoesNotContain(packed.Entries, e => e.FullName.StartsWith("docProps", StringComparison.Ordinal));
    }

    /// <summary>What is too long for a sheet goes on in the next, with the heading again; no row is lost or doubled.</summary>
    [Fact]
    public async Task Workbook_MoreRowsThanASheetHolds_GoesOnInTheNext()
    {
        var folder = RecorderRig.NewFolder();
        using var evidence = new EvidenceFolder(Path.Combine(folder, "bundle.zip"));
        foreach (var name in Populations)
        {
            var table = new CsvTable(evidence.Create($"populations/{name}.csv"), "leaf", "user");
            for (var row = 0; row < (name == "decisions" ? 7 : 0); row++)
            {
                table.Add(CsvTable.Text(row), $"u{row}");
            }

            table.Finish();
        }

        var filter = new EvidenceFilter { From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.UnixEpoch.AddDays(1) };
        using var signer = new NoteSigner("test.example/log", new byte[NoteSigner.SeedBytes]);
        await new PopulationWorkbook(evidence, rowsOfSheet: 3).WriteAsync(filter, new TreeHead(7, default), signer.LogKey, TestContext.Current.CancellationToken);
        using var book = SpreadsheetDocument.Open(evidence.Members.Single(m => m.Path == EvidencePaths.Workbook).File, false);

        Assert.Equal(["about", "decisions", "decisions (2)", "decisions (3)", .. Populations[1..]], Names(book));
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], Names(book).Where(n => n.StartsWith("decisions", StringComparison.Ordinal)).SelectMany(n => Rows(book, n).Skip(1)).Select(r => r[0]));
        Assert.Contains(Rows(book, "about"), r => r is ["decisions to decisions (3)", "populations/decisions.csv", "7", _]);
    }

    private static SpreadsheetDocument Open(ZipArchive zip) => SpreadsheetDocument.Open(Copy(zip, EvidencePaths.Workbook), isEditable: false);

    private static MemoryStream Copy(ZipArchive zip, string member)
    {
        var bytes = new MemoryStream();
        using var stream = zip.GetEntry(member)!.Open();
        stream.CopyTo(bytes);
        bytes.Position = 0;
        return bytes;
    }

    private static string[] Names(SpreadsheetDocument book) => [.. book.WorkbookPart!.Workbook!.Descendants<Sheet>().Select(s => s.Name!.Value!)];

    private static Worksheet Sheet(SpreadsheetDocument book, string name) =>
        ((WorksheetPart)book.WorkbookPart!.GetPartById(book.WorkbookPart.Workbook!.Descendants<Sheet>().Single(s => s.Name == name).Id!.Value!)).Worksheet!;

    private static Cell[] Cells(SpreadsheetDocument book, string name, int row) => [.. Sheet(book, name).Descendants<Row>().ElementAt(row - 1).Elements<Cell>()];

    private static uint Format(SpreadsheetDocument book, Cell cell) =>
        ((CellFormat)book.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.ElementAt((int)cell.StyleIndex!.Value)).NumberFormatId!.Value;

    /// <summary>Rows as text; a time as the CSV writes it, to the millisecond.</summary>
    private static List<string[]> Rows(SpreadsheetDocument book, string name) =>
    [
        .. Sheet(book, name).Descendants<Row>().Select(r => r.Elements<Cell>().Select(c =>
            c.DataType is null && c.StyleIndex is not null && Format(book, c) > 163
                ? DateTime.FromOADate(double.Parse(c.InnerText, CultureInfo.InvariantCulture)).ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) + "000Z"
                : c.InnerText).ToArray()),
    ];

    // No cell of the day has a comma, a quote or a line end; its times have no microseconds.
    private static List<string[]> Csv(ZipArchive zip, string member)
    {
        using var reader = new StreamReader(zip.GetEntry(member)!.Open());
        return [.. reader.ReadToEnd().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(','))];
    }
}
