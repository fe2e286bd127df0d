using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Policy.Cases;

namespace Chaperone.Policy;

/// <summary>Runs cases against a policy, in force or not.</summary>
internal sealed class TestPolicyDoor(TrialDesk desk) : IDoor<TestPolicy, PolicyTested>
{
    private const int MostCases = 1000;
    private const int MostProblems = 50;

    /// <inheritdoc/>
    public async ValueTask<PolicyTested> AnswerAsync(TestPolicy request, CancellationToken cancellationToken) =>
        await desk.RunAsync(clock => RunAsync(request, clock), cancellationToken) ?? Refused([TrialDesk.Busy]);

    private async Task<PolicyTested> RunAsync(TestPolicy request, TrialClock clock)
    {
        var problems = new List<string>();
        var policy = desk.Read(request.Digest, request.Draft, request.RequestId, problems);
        var file = CaseFile.Read(desk.Open("cases.yaml", request.Cases, request.RequestId), namesPolicy: false);
        if (file is null)
        {
            problems.Add("cases.yaml: is no file of cases; begin it with 'cases:' and '- name: ...' lines");
        }
        else if (file.Cases.Count > MostCases)
        {
            problems.Add($"cases.yaml: has {file.Cases.Count} cases, and a page runs {MostCases}; use chaperone policy test");
        }

        problems.AddRange(file?.Problems.Select(p => p.ToString()) ?? []);
        if (policy is null || file is null || problems.Count > 0)
        {
            return Refused(problems);
        }

        var runner = new CaseRunner(policy);
        var results = new List<CaseResult>(file.Cases.Count);
        foreach (var test in file.Cases)
        {
            if (clock.IsOver)
            {
                return Refused([$"After {results.Count} of {file.Cases.Count} cases {TrialDesk.Longest.TotalSeconds} seconds were over; give fewer, or use chaperone policy test."]);
            }

            results.Add(new CaseResult { Name = test.Name, Differs = runner.Run(test) });
            await Task.Yield();
        }

        return new PolicyTested { Problems = [], Digest = policy.Digest, Results = [.. results] };
    }

    private static PolicyTested Refused(IReadOnlyList<string> problems) => new() { Problems = [.. problems.Take(MostProblems)], Results = [] };
}
