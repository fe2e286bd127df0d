namespace Chaperone.Recorder.Elastic;

/// <summary>
/// Every field of the documents and its type. Names are those of ECS 9 and of OpenTelemetry (<c>mcp</c>, <c>gen_ai</c>,
/// <c>jsonrpc</c>) where they have one, else they stand under <c>chaperone</c>. The mappings are strict: a field that is not
/// here makes the server refuse the document.
/// </summary>
internal static class ElasticFields
{
    private const string Lines =
        """
        @timestamp date
        ecs.version keyword
        event.action event.dataset event.hash event.id event.kind event.module event.outcome event.provider event.reason keyword
        event.category event.type keyword
        event.sequence event.duration long
        event.start date
        user.id user.name user.domain user.email user.roles keyword
        related.user keyword
        related.ip ip
        source.ip ip
        service.name keyword
        observer.type observer.product observer.name keyword
        rule.name rule.version keyword
        http.response.status_code long
        error.code keyword
        trace.id keyword
        mcp.method.name mcp.protocol.version keyword
        gen_ai.agent.name gen_ai.tool.name gen_ai.prompt.name keyword
        jsonrpc.request.id keyword
        chaperone.record.kind keyword
        chaperone.record.readable boolean
        chaperone.log.origin chaperone.log.root keyword
        chaperone.log.size long
        chaperone.log.checkpoint stored
        chaperone.note keyword
        chaperone.edge.name keyword
        chaperone.edge.epoch chaperone.edge.number long
        chaperone.session.id chaperone.call.id chaperone.call.direction chaperone.client.id keyword
        chaperone.decision.break_glass keyword
        chaperone.decision.effect keyword
        chaperone.mask.profile chaperone.mask.exempt keyword
        chaperone.mask.count long
        chaperone.phi.types chaperone.phi.clear_types keyword
        chaperone.phi.clear_count long
        chaperone.outcome.status chaperone.outcome.approval_id keyword
        chaperone.outcome.upstream_ms double
        chaperone.outcome.upstream_bytes chaperone.outcome.event_index long
        chaperone.approval.id chaperone.approval.step chaperone.approval.channel chaperone.approval.binding chaperone.approval.grant_id keyword
        chaperone.approval.latency_ms long
        chaperone.actor.id chaperone.actor.name chaperone.actor.domain keyword
        chaperone.tool.definition keyword
        chaperone.time.hour long
        chaperone.time.weekday keyword
        chaperone.time.after_hours boolean
        chaperone.gap.edge keyword
        chaperone.gap.epoch chaperone.gap.from chaperone.gap.to chaperone.gap.count long
        chaperone.content.parts long
        chaperone.content.truncated chaperone.content.refused boolean
        chaperone.request_masked chaperone.response_masked chaperone.other_masked text
        """;

    /// <summary>Type by dotted name. <c>stored</c> is a keyword that is kept but not indexed.</summary>
    public static readonly IReadOnlyDictionary<string, string> Types = Lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .SelectMany(words => words[..^1].Select(name => (Name: name, Type: words[^1])))
        .ToDictionary(f => f.Name, f => f.Type, StringComparer.Ordinal);
}
