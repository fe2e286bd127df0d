using System.Globalization;
using System.Text;

namespace Chaperone.Eval;

/// <summary>The measurement as a Markdown document.</summary>
internal static class Report
{
    private static readonly PhiClass[] Classes = [.. Enum.GetValues<PhiClass>().Where(c => c != PhiClass.LeftOut)];

    public static string Of(Measurement measured)
    {
        var text = new StringBuilder();
        text.AppendLine("# Masking quality");
        text.AppendLine();
        text.AppendLine("Written by `make eval`. A labelled span counts as found when the union of the findings covers all of its letters and digits, whatever their type. Recall is per labelled span;");
        text.AppendLine("precision is the share of the findings of a class that touch any labelled span, and a lower bound (>=) where a set does not label every identifier; leaks are records with a span of the class that is not found.");
        text.AppendLine("Names and places come from a tagger that learnt from some of these sets (NOTICE): its figures on them are better than on texts of others.");
        Classwise(text, measured);
        foreach (var set in measured.Sets.Append(measured.Labelled).Append(measured.Bare))
        {
            Set(text, set);
        }

        Targeted(text, measured);
        LeftOut(text);
        return text.ToString();
    }

    /// <summary>Three places, cut and not rounded: 1.000 is all. <c>-</c> for none.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "-" : (Math.Floor((value * 1000) + 1e-9) / 1000).ToString("0.000", CultureInfo.InvariantCulture);

    private static void Classwise(StringBuilder text, Measurement measured)
    {
        var sum = new Tally();
        foreach (var set in measured.Sets)
        {
            sum.Add(set.Tally);
        }

        text.AppendLine();
        text.AppendLine("## By class, all data sets together");
        text.AppendLine();
        text.AppendLine("| class | labelled | recall | records that leak | own labelled forms | own bare forms |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|");
        foreach (var phi in Classes)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {PhiClasses.Title(phi)} | {sum.Gold(phi)} | {Number(sum.Recall(phi))} | {sum.LeakingOf(phi)} | {Number(measured.Labelled.Tally.Recall(phi))} | {Number(measured.Bare.Tally.Recall(phi))} |");
        }
    }

    private static void Set(StringBuilder text, DataSet set)
    {
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {set.Name}");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{set.What}; {set.Tally.Documents} records, {set.Tally.Leaking} leak.");
        text.AppendLine();
        text.AppendLine("| class | labelled | found | recall | precision | records that leak |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|");
        foreach (var phi in Classes.Where(c => set.Tally.Gold(c) > 0))
        {
            var precision = Number(set.Tally.Precision(phi));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {PhiClasses.Title(phi)} | {set.Tally.Gold(phi)} | {set.Tally.Found(phi)} | {Number(set.Tally.Recall(phi))} | {(set.Complete || precision == "-" ? "" : ">= ")}{precision} | {set.Tally.LeakingOf(phi)} |");
        }
    }

    private static void Targeted(StringBuilder text, Measurement measured)
    {
        text.AppendLine();
        text.AppendLine("## Targets");
        text.AppendLine();
        text.AppendLine("| what | wanted | measured | met |");
        text.AppendLine("|---|--:|--:|---|");
        foreach (var target in Targets.Of(measured))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {target.What} | {target.Wanted} | {target.Measured} | {(target.Met ? "yes" : "**no**")} |");
        }
    }

    private static void LeftOut(StringBuilder text)
    {
        text.AppendLine();
        text.AppendLine("## Labels left out");
        text.AppendLine();
        text.AppendLine("| labels | why |");
        text.AppendLine("|---|---|");
        foreach (var (labels, why) in Labels.LeftOut)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {labels} | {why} |");
        }
    }
}
