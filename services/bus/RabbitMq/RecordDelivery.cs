using System.Globalization;
using Chaperone.Bus.Wire;
using Chaperone.Contracts;
using RabbitMQ.Client;

namespace Chaperone.Bus.RabbitMq;

/// <summary>One message of records as the broker delivered it.</summary>
internal sealed class RecordDelivery
{
    public RecordDelivery(ulong tag, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        Tag = tag;
        Redelivered = properties.Headers?.TryGetValue("x-delivery-count", out var count) == true
            && Convert.ToInt64(count, CultureInfo.InvariantCulture) > 0;
        try
        {
            Entries = RecordGroup.Read(body);
        }
        catch (InvalidDataException e)
        {
            Entries = [];
            Unreadable = e.Message;
        }
    }

    public ulong Tag { get; }

    /// <summary>Whether it was delivered before, here or elsewhere.</summary>
    public bool Redelivered { get; }

    public IReadOnlyList<RecordEntry> Entries { get; }

    /// <summary>Why it can never be kept; null if it can be read.</summary>
    public string? Unreadable { get; }

    /// <summary>The same for each delivery of the same message.</summary>
    public Guid Key => Entries[0].EventId;
}
