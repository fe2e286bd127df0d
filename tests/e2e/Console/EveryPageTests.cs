using Chaperone.Console.Tests;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Chaperone.TestKit.Rooms;
using Microsoft.Playwright;

namespace Chaperone.E2E.Tests.Console;

/// <summary>What must hold of every page, in a real browser.</summary>
public sealed class EveryPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly TestPerson Everything = new("p-all", "Gwendolyn Longname-Featherstonehaugh", "charge-nurses", "soc", "it-admins");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>No refused script or style, no script error, nothing wider than the window; at a desk and on small phones, light and dark.</summary>
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    public async Task Pages_AtAnyWidth_FitAndBreakNoRule(int width, ColorScheme scheme)
    {
        await using var stage = await FullStageAsync();
        await using var visit = await chromium.OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ColorScheme = scheme,
        });
        await visit.Page.GotoAsync(stage.Url.ToString());
        await visit.PictureAsync($"signin-{width}-{scheme}");
        await visit.SignInAsync(stage, Everything);
        var session = stage.Rooms.Sessions.Keys.First();

        foreach (var (name, path) in new[]
        {
            ("approvals", "/approvals"), ("request", "/approvals/APR-31"), ("own", "/approvals/APR-32"), ("decided", "/approvals/APR-29"),
            ("search", "/search?tool=get_patient"), ("reveal", $"/sessions/{session}/reveal/1"), ("sessions", "/sessions"), ("session", $"/sessions/{session}"), ("integrity", "/integrity"), ("evidence", "/evidence"), ("tools", "/tools"), ("policy", "/policy"), ("explain", "/policy/explain"), ("test", "/policy/test"), ("diff", "/policy/diff"), ("jobs", "/jobs"), ("retention", "/retention"), ("disclosures", "/disclosures"), ("reviews", "/reviews"), ("review", $"/reviews/{stage.Rooms.Reviews.Runs[0].RunId}"),
        })
        {
            await visit.Page.GotoAsync(new Uri(stage.Url, path).ToString());
            await visit.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");
            await visit.PictureAsync($"{name}-{width}-{scheme}");

            Assert.True(await visit.OverhangAsync() <= 0, $"{path} is wider than {width} pixels");
            Assert.True(await visit.Page.Locator("h1").CountAsync() == 1, $"{path} has one heading");
            Assert.Empty(visit.Complaints);
        }

        await visit.Page.GotoAsync(new Uri(stage.Url, "/disclosures").ToString());
        await visit.Page.FillAsync("#identifier", "MRN-100010");
        await visit.Page.FillAsync("#reason", "Jane Roe asked for an accounting.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Record and show" }).ClickAsync();
        await visit.Page.Locator("#found").WaitForAsync();
        Assert.DoesNotContain("100010", visit.Page.Url, StringComparison.Ordinal);
        await visit.PictureAsync($"accounting-{width}-{scheme}");
        Assert.True(await visit.OverhangAsync() <= 0);
        Assert.Empty(visit.Complaints);

        await visit.Page.GotoAsync(new Uri(stage.Url, "/approvals/APR-404").ToString());
        await visit.PictureAsync($"missing-{width}-{scheme}");
        Assert.True(await visit.OverhangAsync() <= 0);
    }

    /// <summary>The listener above would hear a violation: a page made to break the policy is heard.</summary>
    [Fact]
    public async Task Policy_InlineScript_IsRefusedAndHeard()
    {
        await using var stage = await FullStageAsync();
        await using var visit = await chromium.OpenAsync();
        await visit.SignInAsync(stage, ConsoleStage.Approver);

        await visit.Page.EvaluateAsync("() => { const s = document.createElement('script'); s.textContent = 'document.title=\"owned\"'; document.body.append(s); }");

        Assert.NotEqual("owned", await visit.Page.TitleAsync());
        Assert.Contains(visit.Complaints, c => c.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keyboard_TabbingThroughARequest_ReachesEverythingVisibly()
    {
        await using var stage = await FullStageAsync();
        await using var visit = await chromium.OpenAsync();
        await visit.SignInAsync(stage, ConsoleStage.Approver);
        await visit.Page.GotoAsync(new Uri(stage.Url, "/approvals/APR-31").ToString());

        var reached = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            reached.Add(await visit.Page.EvaluateAsync<string>(
                "() => { const e = document.activeElement; const s = getComputedStyle(e); return `${e.id || e.textContent.trim().slice(0, 20)}|${e === document.body || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)}`; }"));
        }

        foreach (var name in new[] { "Skip to content", "Approvals", "Sign out", "reason", "Approve", "Deny" })
        {
            Assert.Contains(reached, r => r.StartsWith(name, StringComparison.Ordinal));
        }

        Assert.All(reached, r => Assert.EndsWith("|true", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Integrity_VerifyNow_ShowsTheResult()
    {
        await using var stage = await FullStageAsync();
        await using var visit = await chromium.OpenAsync();
        await visit.SignInAsync(stage, ConsoleStage.Admin);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Verify now" }).ClickAsync();

        Assert.Contains("1,234 records verified", await visit.Page.Locator("#result").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Sessions_SearchAndRead_ShowsWhatWasMasked()
    {
        await using var stage = await FullStageAsync();
        await using var visit = await chromium.OpenAsync();
        await visit.SignInAsync(stage, ConsoleStage.Analyst);
        var page = visit.Page;

        await page.GetByLabel("Words in the masked text").FillAsync("Nora");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).WaitForAsync();
        Assert.DoesNotContain("Nora", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Nora Nurse" }).First.ClickAsync();
        await page.Locator("summary", new() { HasText = "Answer, masked" }).First.ClickAsync();

        Assert.Contains("[NAME]", await page.Locator("details[open] .payload").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("NAME ×2", await page.Locator(".tags").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains(stage.Rooms.Journal, e => e.Kind == RecordKind.Review && e.Note!.StartsWith("viewed session", StringComparison.Ordinal));
        Assert.Empty(visit.Complaints);
    }

    private static async Task<ConsoleStage> FullStageAsync()
    {
        var stage = await ConsoleStage.StartAsync(Token, null, ("Console:RevealGroups:0", "it-admins"), ("Console:CustodianGroups:0", "it-admins"), ("Console:ReviewerGroups:0", "it-admins"));
        stage.Issuer.Add(Everything);
        FillApprovals(stage);
        FillRetention(stage);
        stage.Rooms.Reviews = stage.Facts.Reviews(ConsoleStage.Admin);
        stage.Rooms.Disclosures = stage.Facts.Accounting(ConsoleStage.Nurse);
        for (var i = 0; i < 4; i++)
        {
            var session = stage.Facts.Session(i % 2 == 0 ? ConsoleStage.Nurse : ConsoleStage.Approver, 3 + i, answer: """{"content":[{"type":"text","text":"[NAME], born [DATE]"}],"isError":false}""");
            session.Entries[1] = session.Entries[1] with { SealedParts = ["request_raw"] };
            stage.Rooms.Sessions[session.Session.SessionId] = Enrich(stage, session);
        }

        var time = TimeProvider.System;
        stage.Rooms.Report = stage.Rooms.Report with
        {
            TreeSize = 184_223,
            RootHash = "Hm1mGv1Wbq3SdyoDl1nm2eT6gPHRkxZbyC2zPpnXoeM=",
            VerifierKey = "chaperone.example/log+3f2c9a11+AWPlZ2Vh0m9t8hT1sX2uO1x9pJqvC7n3o1mYkq0sZ2dQ",
            Checkpoint = "chaperone.example/log\n184223\nHm1mGv1Wbq3SdyoDl1nm2eT6gPHRkxZbyC2zPpnXoeM=\n\n— chaperone.example/log PyyaETb5mQ0hM3qYxqD8n0m0dSmYk8m1FZ0Zc5Vh1kzS8h2i0uJ3hT1sX2uO1x9pJqvC7n3o1mYkq0sZ2dQAbCdEfGh\n",
            CheckpointAt = time.GetUtcNow().AddSeconds(-12),
            VerifiedAt = time.GetUtcNow().AddHours(-3),
            VerifiedOk = true,
            VerifiedResult = "184,101 records, 720 tiles, 1 signature verified in 2.4 s",
            ProjectionLag = 3,
            Gaps = [new NumberingGap { Edge = "edge-1", Epoch = time.GetUtcNow().AddHours(-9).ToUnixTimeMilliseconds(), From = 5012, To = 5013, NoticedAt = time.GetUtcNow().AddHours(-2) }],
        };
        return stage;
    }

    private static void FillRetention(ConsoleStage stage)
    {
        var now = TimeProvider.System.GetUtcNow();
        RetentionAct Act(TestPerson person, int days) => new() { Issuer = stage.Issuer.Authority, Subject = person.Subject, Name = person.Name, At = now.AddDays(-days) };
        stage.Rooms.Retention = new RetentionReport
        {
            MetaDays = 2192,
            BodyDays = 400,
            Periods =
            [
                .. Enumerable.Range(0, 6).Select(i => new RetentionPeriod
                {
                    Month = $"2026-{6 + i:00}", KeyId = $"p2026{6 + i:00}-5f3a9c0e", RootId = "r2026-1b2c3d4e", Sessions = 1_204 * (i + 1), BodyDue = now.AddDays(400), MetaDue = now.AddDays(2192),
                    IsHeld = i == 2, BodyOrder = i == 0 ? "0198" : null,
                }),
            ],
            Holds =
            [
                new RetentionHold { HoldId = Guid.CreateVersion7(now), Target = new RetentionTarget { Issuer = stage.Issuer.Authority, Subject = "p-nurse-with-a-long-subject-0123456789" }, Set = Act(ConsoleStage.Admin, 12) },
                new RetentionHold { HoldId = Guid.CreateVersion7(now), Target = new RetentionTarget { FromMonth = "2026-08", ToMonth = "2026-08" }, Set = Act(ConsoleStage.Admin, 40), Lifted = Act(ConsoleStage.Analyst, 3) },
            ],
            Orders =
            [
                new ShredOrder { OrderId = Guid.CreateVersion7(now), Target = new RetentionTarget { SessionId = Guid.CreateVersion7(now) }, Scope = ShredScope.Body, State = ShredState.Open, Keys = 0, AskedAt = now.AddDays(-1), Agreed = [Act(ConsoleStage.Analyst, 1)] },
                new ShredOrder { OrderId = Guid.CreateVersion7(now), Target = new RetentionTarget { FromMonth = "2026-06", ToMonth = "2026-06" }, Scope = ShredScope.Body, State = ShredState.Done, AskedAt = now.AddDays(-30), DoneAt = now.AddDays(-29), Keys = 1_204, Agreed = [Act(ConsoleStage.Analyst, 30), Act(ConsoleStage.Admin, 29)] },
            ],
        };
    }

    private static void FillApprovals(ConsoleStage stage)
    {
        string[] groups = ["charge-nurses"];
        for (var i = 1; i <= 32; i++)
        {
            var item = stage.Facts.Pending(
                $"APR-{i}",
                i == 32 ? Everything : ConsoleStage.Nurse,
                i % 2 == 0 ? "update_patient" : "delete_patient",
                """{"patient_id":4711,"fields":{"phone":"[PHONE]","note":"Duplicate of [NAME], see merge request; keep the record with the longer history and drop this one."},"dry_run":false}""",
                groups,
                approvals: i % 5 == 0 ? 2 : 1);
            var state = i > 29 ? ApprovalState.Pending : (ApprovalState)(1 + (i % 5));
            stage.Rooms.Approvals[$"APR-{i}"] = item with
            {
                Status = item.Status with { State = state, DecidedBy = state == ApprovalState.Pending ? null : "Ada Approver" },
                Votes = i % 5 != 0 ? [] : [new ApprovalVote { Decider = stage.Facts.PrincipalOf(ConsoleStage.Admin), Approve = true, Reason = "Checked with the ward.", Channel = "console", DecidedAt = item.RequestedAt }],
            };
        }
    }

    private static (SessionItem, TranscriptEntry[]) Enrich(ConsoleStage stage, (SessionItem Session, TranscriptEntry[] Entries) made)
    {
        var call = stage.Facts.Call(ConsoleStage.Nurse, "delete_patient", made.Session.SessionId);
        var at = made.Entries.Length;
        var held = stage.Facts.Entry(at, RecordKind.Intent, call, null, RoomFacts.Decision(CallEffect.Hold, "destructive-needs-approval", "Changes to patient records need a second person."));
        var asked = stage.Facts.Entry(at + 1, RecordKind.Approval, call, null, null);
        asked = asked with { Entry = asked.Entry with { Approval = new ApprovalFacts { ApprovalId = "APR-31", Step = "denied", BindingDigest = "b5bb9d8014a0f9b1d61e21e796d78dcc", Channel = "console", Reason = "Wrong chart." }, Actor = stage.Facts.PrincipalOf(ConsoleStage.Approver) } };
        var refused = stage.Facts.Entry(at + 2, RecordKind.Outcome, call, new OutcomeFacts { Status = OutcomeStatus.Refused, HttpStatus = 200, ApprovalId = "APR-31" }, null);
        var denied = stage.Facts.Entry(at + 3, RecordKind.Intent, call with { Target = "query" }, null, RoomFacts.Decision(CallEffect.Deny, "no-bulk-export", "Full-table exports of PHI are not allowed."));
        return (made.Session with { Denied = 1, Calls = made.Session.Calls + 2 }, [.. made.Entries, held, asked, refused, denied]);
    }
}
