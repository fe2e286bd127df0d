namespace Chaperone.Policy.Sql.Plain;

/// <summary>The parsers of one text, which call each other: a query holds expressions, and these hold queries.</summary>
internal sealed class Grammar
{
    private readonly HashSet<string> _names;

    public Grammar(TokenList list, SqlDialect dialect)
    {
        Dialect = dialect;
        _names = list.Tokens.Where(t => t.Kind is TokenKind.Word or TokenKind.Quoted).Select(t => t.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Cursor = new TokenCursor(list.Tokens);
        HasAssignments = list.Tokens.Any(t => t.Key == ":=");
        Names = new NameParser(this);
        Comparisons = new Comparisons(this);
        Predicates = new PredicateParser(this);
        Operands = new OperandParser(this);
        Values = new ValueParser(this);
        Calls = new CallParser(this);
        Expressions = new ExpressionParser(this);
        From = new FromParser(this);
        Relations = new RelationParser(this);
        Selects = new SelectParser(this);
        Queries = new QueryParser(this);
        Writes = new WriteParser(this);
        Merges = new MergeParser(this);
        Definitions = new DefinitionParser(this);
        Commands = new CommandParser(this);
        Statements = new StatementParser(this);
    }

    public SqlDialect Dialect { get; }

    public TokenCursor Cursor { get; }

    /// <summary>True when the text sets variables within expressions, so that none of them keeps one value.</summary>
    public bool HasAssignments { get; }

    public NameParser Names { get; }

    public Comparisons Comparisons { get; }

    public PredicateParser Predicates { get; }

    public OperandParser Operands { get; }

    public ValueParser Values { get; }

    public CallParser Calls { get; }

    public ExpressionParser Expressions { get; }

    public FromParser From { get; }

    public RelationParser Relations { get; }

    public SelectParser Selects { get; }

    public QueryParser Queries { get; }

    public WriteParser Writes { get; }

    public MergeParser Merges { get; }

    public DefinitionParser Definitions { get; }

    public CommandParser Commands { get; }

    public StatementParser Statements { get; }

    /// <summary>True when the text has a name that reads so.</summary>
    public bool IsNamed(string name) => _names.Contains(name);

    /// <summary>True in one of the dialects.</summary>
    public bool In(params ReadOnlySpan<SqlDialect> dialects) => dialects.Contains(Dialect);
}
