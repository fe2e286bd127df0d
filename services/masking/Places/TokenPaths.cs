using Chaperone.Masking.Json;

namespace Chaperone.Masking.Places;

/// <summary>Says where the values of a JSON text stand: its keys and lists, without the numbers of rows. Asked best in rising order; not thread-safe.</summary>
internal sealed class TokenPaths(JsonTape tape, Func<int, string> name, PathBook book)
{
    private const int UsualDepth = 8;

    private (int Container, int Next, int Path)[] _levels = new (int, int, int)[UsualDepth];
    private int _depth;
    private int _top;

    /// <summary>The path of <paramref name="token"/>, below <paramref name="root"/>; of a key that is an identifier itself, <c>*</c> stands for it.</summary>
    public int Find(int token, int root)
    {
        while (_depth > 0 && (token <= _levels[_depth - 1].Container || token >= tape[_levels[_depth - 1].Container].Next))
        {
            _depth--;
        }

        if (_depth == 0)
        {
            var top = _top <= token ? _top : 0;
            while (tape[top].Next <= token)
            {
                top = tape[top].Next;
            }

            _top = top;
            if (top == token)
            {
                return root;
            }

            _levels[_depth++] = (top, top + 1, root);
        }

        while (true)
        {
            var (container, next, path) = _levels[_depth - 1];
            var isObject = tape[container].Kind == JsonKind.Object;
            next = token < next ? container + 1 : next;
            while (tape[isObject ? next + 1 : next].Next <= token)
            {
                next = tape[isObject ? next + 1 : next].Next;
            }

            _levels[_depth - 1].Next = next;
            if (isObject && token == next)
            {
                return book.Below(path, FieldNames.Hidden);
            }

            var value = isObject ? next + 1 : next;
            path = book.Below(path, isObject ? name(next) : PathBook.Item);
            if (token == value)
            {
                return path;
            }

            if (_depth == _levels.Length)
            {
                Array.Resize(ref _levels, _depth * 2);
            }

            _levels[_depth++] = (value, value + 1, path);
        }
    }
}
