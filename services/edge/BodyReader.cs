using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge;

/// <summary>Reads a request body whole, up to the limit.</summary>
internal sealed class BodyReader(IOptions<EdgeOptions> options)
{
    /// <summary>The body; null when it is larger than <see cref="EdgeOptions.MaxRequestBytes"/>.</summary>
    public async ValueTask<byte[]?> ReadAsync(HttpContext http)
    {
        var limit = options.Value.MaxRequestBytes;
        if (http.Request.ContentLength > limit)
        {
            return null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }

        if (http.Request.ContentLength is { } length)
        {
            var exact = new byte[length];
            var filled = await http.Request.Body.ReadAtLeastAsync(exact, exact.Length, throwOnEndOfStream: false, http.RequestAborted);
            return filled == exact.Length ? exact : exact[..filled];
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
