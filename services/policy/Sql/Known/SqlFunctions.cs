using System.Collections.Frozen;

namespace Chaperone.Policy.Sql.Known;

/// <summary>
/// What is known of functions by name. A function that is not known may read anything; so may one of a schema, since only
/// databases' own functions go without. Names are lower case.
/// </summary>
internal sealed class SqlFunctions
{
    private static readonly FrozenSet<string> PostgreSql = Read("postgresql.txt");
    private static readonly FrozenSet<string> Common = Read("common.txt");

    /// <summary>Stands in a tree for an assignment within a query.</summary>
    public const string Assignment = "(assignment)";

    private static readonly FrozenSet<string> PackingNames = Set(
        "(assignment) array_agg array_concat_agg array_union_agg array_unique_agg arrayagg string_agg json_agg jsonb_agg json_object_agg jsonb_object_agg json_arrayagg"
        + " json_objectagg json_group_array json_group_object xmlagg sys_xmlagg xml_agg range_agg group_concat listagg wm_concat object_agg collect collect_list"
        + " collect_set approx_top_k approx_top_count approx_quantiles approx_top_sum jsonb_group_array jsonb_group_object st_collect st_asmvt approx_percentile_accumulate"
        + " json_agg_strict jsonb_agg_strict json_object_agg_strict jsonb_object_agg_strict json_object_agg_unique jsonb_object_agg_unique");

    private static readonly FrozenSet<string> ValueNames = Set(
        "min max mode any_value first last first_value last_value median percentile_disc percentile_cont min_by max_by stats_mode approx_median arbitrary range_intersect_agg");

    private static readonly FrozenSet<string> CountNames = Set(
        "count count_big countif count_if approx_count_distinct grouping grouping_id group_id hll hash_agg checksum_agg");

    private static readonly FrozenSet<string> NumberNames = Set(
        "sum sumif avg stddev stddev_pop stddev_samp stdev stdevp variance var_pop var_samp variance_pop variance_samp var varp corr covar_pop covar_samp regr_avgx"
        + " regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy bool_and bool_or every logical_and logical_or booland_agg boolor_agg"
        + " bit_and bit_or bit_xor kurtosis skew total ratio_to_report approx_percentile");

    // Within a group these rank an assumed value: an aggregate that hands out a number.
    private static readonly FrozenSet<string> RankNames = Set("rank dense_rank percent_rank cume_dist");

    private static readonly FrozenSet<string> VolatileNames = Set(
        "random rand newid newsequentialid gen_random_uuid uuid uuid_string generate_uuid nextval currval clock_timestamp random_normal uuidv4 uuidv7 uuid_generate_v4"
        + " uuid_generate_v1 sys_guid randomblob randstr uniform zipf seq1 seq2 seq4 seq8 setseed gen_random_bytes");

    private static readonly FrozenSet<string> CoarseNames = Set(
        "year month quarter dayofweek dayname monthname hour week weekofyear week_iso dayofweekiso day_of_week weekday yearofweek yearofweekiso yearweek octet_length length char_length"
        + " character_length len datalength bit_length isnull isnumeric ntile width_bucket");

    private static readonly FrozenSet<string> CoarseParts = Set(
        "year yyyy yy y month mon mm m quarter q qq decade century millennium week ww wk isoweek iso_week dow isodow weekday dw hour hh dayofweek isoyear month_name dayname yearofweek weekofyear");

    private static readonly FrozenSet<string> ManyNames = Set(
        "aclexplode ts_parse ts_debug ts_token_type pg_listening_channels pg_get_keywords pg_options_to_table pg_partition_ancestors pg_partition_tree pg_timezone_names pg_timezone_abbrevs pg_get_multixact_members pg_lock_status pg_show_all_settings pg_snapshot_xip txid_snapshot_xip jsonb_path_query_tz json_to_recordset jsonb_to_recordset pg_stat_get_activity pg_tablespace_databases _pg_expandarray generate_series generate_subscripts unnest regexp_split_to_table regexp_matches string_to_table json_array_elements json_array_elements_text json_each json_each_text json_object_keys"
        + " jsonb_array_elements jsonb_array_elements_text jsonb_each jsonb_each_text jsonb_object_keys jsonb_path_query json_populate_recordset jsonb_populate_recordset explode posexplode flatten");

    // What these run stands in the tree beside their names, or is a look-up in the catalogue.
    private static readonly FrozenSet<string> Procedures = Set(
        "exec sp_executesql sp_rename sp_help sp_helptext sp_helpindex sp_helpconstraint sp_helpdb sp_helpfile sp_helpfilegroup sp_helptrigger sp_columns sp_tables sp_pkeys sp_fkeys sp_databases"
        + " sp_stored_procedures sp_sproc_columns sp_special_columns sp_statistics sp_server_info sp_datatype_info sp_spaceused sp_depends sp_who sp_lock sp_table_privileges"
        + " sp_column_privileges sp_describe_first_result_set update");

    private readonly FrozenSet<string> _known;
    private readonly FrozenSet<string> _own;
    private readonly SqlDialect _dialect;

    /// <summary>Functions of <paramref name="dialect"/>, and <paramref name="own"/> ones that are known to read nothing.</summary>
    public SqlFunctions(SqlDialect dialect, IEnumerable<string> own)
    {
        _dialect = dialect;
        _known = dialect == SqlDialect.PostgreSql ? PostgreSql : Common;
        _own = own.Select(n => n.ToLowerInvariant()).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Whether what it reads is known to be its arguments alone.</summary>
    public bool IsKnown(string[] name)
    {
        var last = name[^1].ToLowerInvariant();
        if (_own.Contains(last) || _own.Contains(string.Join('.', name).ToLowerInvariant()))
        {
            return true;
        }

        if (_dialect == SqlDialect.TSql && (last.StartsWith("@@", StringComparison.Ordinal) || Procedures.Contains(last)))
        {
            return true;
        }

        // SQL Server calls its users' functions only by schema.
        return name.Length switch
        {
            1 => _known.Contains(last) || PackingNames.Contains(last) || RankNames.Contains(last),
            2 => IsSystem(name[0].ToLowerInvariant()) && _known.Contains(last),
            _ => false,
        };
    }

    /// <summary>Whether it stands in a tree for the file or the program of a COPY.</summary>
    public static bool IsOfCopy(string last) => last is "copy_file" or "copy_program";

    /// <summary>Whether it puts many rows into one value.</summary>
    public static bool IsPacking(string last) => PackingNames.Contains(last);

    /// <summary>Whether it hands out one of the values it is given.</summary>
    public static bool IsValue(string last) => ValueNames.Contains(last);

    /// <summary>Whether it only counts.</summary>
    public static bool IsCount(string last) => CountNames.Contains(last);

    /// <summary>Whether it makes a number of many.</summary>
    public static bool IsNumber(string last) => NumberNames.Contains(last) || RankNames.Contains(last);

    /// <summary>Whether a call in the outputs makes many rows of one.</summary>
    public static bool IsMany(string last) => ManyNames.Contains(last);

    /// <summary>Whether two calls may give two values.</summary>
    public static bool IsVolatile(string last) => VolatileNames.Contains(last);

    /// <summary>Whether it leaves nothing of a value by which a person is known: a year, a length.</summary>
    public static bool IsCoarse(string last) => CoarseNames.Contains(last);

    /// <summary>Whether it is the name of a part of a date that is a month or coarser, or comes round every day, week or year.</summary>
    public static bool IsCoarsePart(string part) => CoarseParts.Contains(part.Trim().ToLowerInvariant());

    private bool IsSystem(string schema) => _dialect switch
    {
        SqlDialect.PostgreSql => schema == "pg_catalog",
        SqlDialect.BigQuery => schema is "safe" or "net",
        SqlDialect.TSql => schema == "sys",
        _ => false,
    };

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static FrozenSet<string> Read(string file)
    {
        using var stream = typeof(SqlFunctions).Assembly.GetManifestResourceStream(typeof(SqlFunctions), file)
            ?? throw new InvalidOperationException($"The resource {file} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
