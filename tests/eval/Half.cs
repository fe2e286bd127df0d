namespace Chaperone.Eval;

/// <summary>Which half of every data set is measured.</summary>
internal enum Half
{
    All,
    Tune,
    Check,
}
