using Chaperone.Masking.Masks;

namespace Chaperone.Masking.Patients;

/// <summary>Masks as <paramref name="form"/> does, and notes whose identifiers they are: each value that is masked comes by here.</summary>
internal sealed class NotedMask(IMaskForm form, PatientBook book) : IMaskForm
{
    public bool FollowsPeople => form.FollowsPeople;

    public string InText(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene)
    {
        Note(identifier, value);
        return form.InText(identifier, value, scene);
    }

    public string InField(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene)
    {
        Note(identifier, value);
        return form.InField(identifier, value, scene);
    }

    public string InNumber(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene)
    {
        Note(identifier, value);
        return form.InNumber(identifier, value, scene);
    }

    public IEnumerable<string> InShape(Identifier identifier, string value) => form.InShape(identifier, value);

    public bool IsMask(ReadOnlySpan<char> value) => form.IsMask(value);

    private void Note(Identifier identifier, ReadOnlySpan<char> value)
    {
        if (!form.IsMask(value))
        {
            book.Add(identifier, value);
        }
    }
}
