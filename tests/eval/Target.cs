namespace Chaperone.Eval;

/// <summary>A figure to be reached.</summary>
internal sealed record Target(string What, string Wanted, string Measured, bool Met)
{
    /// <summary>At least <paramref name="least"/> of a class over some data sets.</summary>
    public static Target Recall(string what, PhiClass phi, double least, IEnumerable<DataSet> sets)
    {
        var sum = new Tally();
        foreach (var set in sets)
        {
            sum.Add(set.Tally);
        }

        return new Target($"{what}: {PhiClasses.Title(phi)}", $">= {Report.Number(least)}", sum.Gold(phi) == 0 ? "no data" : $"{Report.Number(sum.Recall(phi))} of {sum.Gold(phi)}", sum.Gold(phi) > 0 && sum.Recall(phi) >= least);
    }

    /// <summary>At most <paramref name="most"/> of <paramref name="all"/>.</summary>
    public static Target Rate(string what, int hit, int all, double most) =>
        new(what, most == 0 ? "0" : $"<= {Report.Number(most)}", $"{hit} of {all}" + (most > 0 && all > 0 ? $" ({Report.Number((double)hit / all)})" : ""), all > 0 && hit <= most * all);
}
