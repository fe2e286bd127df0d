using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Columns;

/// <summary>In which lists the words of one cell stand.</summary>
internal struct WordCounts
{
    private const NameLists Common = NameLists.CommonGiven | NameLists.CommonFamily;
    private const NameLists Named = NameLists.Given | NameLists.Family | Common;

    private int _common;
    private int _named;
    private int _given;
    private int _towns;
    private int _regions;
    private int _doubtful;
    private bool _plain;

    /// <summary>How many words there are.</summary>
    public int Count { get; private set; }

    /// <summary>What the words together are.</summary>
    public readonly CellKind Kind => Count switch
    {
        0 => CellKind.Other,
        _ when _plain || _regions == Count => CellKind.Other,

        // "Dover, Delaware"
        _ when _regions > 0 && _towns + _regions >= Count && _common < Count => CellKind.Town,
        1 when _doubtful > 0 => CellKind.Unknown,
        1 when _common > 0 || (_given > 0 && _towns == 0) => CellKind.Name,
        1 => _towns > 0 ? CellKind.Town : CellKind.Unknown,
        _ when _named == Count => CellKind.FullName,
        _ => _towns == Count ? CellKind.Town : CellKind.Unknown,
    };

    /// <summary>The same where the short form of a state stands behind them.</summary>
    public readonly CellKind WithState => !_plain && _towns == Count ? CellKind.Town : CellKind.Unknown;

    /// <summary>Counts a word.</summary>
    public void Add(ReadOnlySpan<char> word, NameLists lists)
    {
        // "Smith" is an eponym as well, "Brown" a colour; what is a word and no name that many people have is the word.
        var isWord = (lists & (NameLists.Word | NameLists.Medical)) != 0 || CommonWords.Contains(word);
        var isCommon = (lists & Common) != 0;
        Count++;
        _plain |= isWord && !isCommon;
        _doubtful += isWord ? 1 : 0;
        _common += isCommon ? 1 : 0;
        _given += (lists & NameLists.Given) != 0 ? 1 : 0;
        _named += (lists & Named) != 0 ? 1 : 0;
        _towns += (lists & NameLists.Town) != 0 ? 1 : 0;
        _regions += (lists & NameLists.Region) != 0 ? 1 : 0;
    }
}
