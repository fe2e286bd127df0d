using System.Collections.Frozen;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Known;

/// <summary>
/// The databases' own tables that hold values of other tables: what a planner's statistics keep of them, and the bytes of
/// large objects. Which table a row speaks about stands in a column by which it can be bound.
/// </summary>
internal sealed record SqlStatistics(FrozenSet<string> Raw, FrozenSet<string> Owner)
{
    private static readonly FrozenSet<string> None = FrozenSet<string>.Empty;

    private static readonly FrozenDictionary<string, SqlStatistics> Tables = new Dictionary<string, SqlStatistics>(StringComparer.Ordinal)
    {
        ["pg_stats"] = Of("most_common_vals histogram_bounds most_common_elems range_bounds_histogram range_length_histogram", "tablename"),
        ["pg_stats_ext"] = Of("most_common_vals most_common_val_nulls", "tablename"),
        ["pg_stats_ext_exprs"] = Of("most_common_vals histogram_bounds most_common_elems expr", "tablename"),
        ["pg_statistic"] = Of("stavalues1 stavalues2 stavalues3 stavalues4 stavalues5", ""),
        ["pg_statistic_ext_data"] = Of("stxdmcv stxdexpr", ""),
        ["pg_largeobject"] = Of("data", ""),
        ["column_statistics"] = Of("histogram", "table_name"),
        ["dm_db_stats_histogram"] = Of("range_high_key", ""),
        ["sysindexes"] = Of("statblob keys", ""),
        ["sqlite_dbpage"] = Of("data", ""),
        ["sqlite_stat3"] = Of("sample", "tbl"),
        ["sqlite_stat4"] = Of("sample", "tbl"),
        ["all_tab_histograms"] = Of(Oracle, "table_name"),
        ["dba_tab_histograms"] = Of(Oracle, "table_name"),
        ["user_tab_histograms"] = Of(Oracle, "table_name"),
        ["all_histograms"] = Of(Oracle, "table_name"),
        ["all_tab_col_statistics"] = Of("low_value high_value", "table_name"),
        ["dba_tab_col_statistics"] = Of("low_value high_value", "table_name"),
        ["user_tab_col_statistics"] = Of("low_value high_value", "table_name"),
        ["all_tab_columns"] = Of("low_value high_value", "table_name"),
        ["dba_tab_columns"] = Of("low_value high_value", "table_name"),
        ["user_tab_columns"] = Of("low_value high_value", "table_name"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private const string Oracle = "endpoint_value endpoint_actual_value endpoint_actual_value_raw";

    /// <summary>What <paramref name="table"/> holds; null when it is no such table.</summary>
    public static SqlStatistics? Find(TableName table) => Tables.GetValueOrDefault(table.Last.ToLowerInvariant());

    private static SqlStatistics Of(string raw, string owner) => new(Set(raw), Set(owner));

    private static FrozenSet<string> Set(string names) => names.Length == 0 ? None : names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
