using System.Net.Sockets;

namespace Chaperone.E2E.Tests.Demo;

/// <summary>Ctrl-C leaves nothing behind.</summary>
public sealed class DemoStopTests
{
    [Fact]
    public async Task Interrupt_EndsAllThree()
    {
        var demo = new DemoRun();
        await demo.InitializeAsync();
        try
        {
            Assert.Equal(0, await demo.InterruptAsync(TestContext.Current.CancellationToken));

            using var socket = new TcpClient();
            await Assert.ThrowsAnyAsync<SocketException>(() => socket.ConnectAsync("127.0.0.1", new Uri(demo.Gateway).Port, TestContext.Current.CancellationToken).AsTask());
            var (_, running) = await DemoRun.PasteAsync($"grep -lzs '^CHAPERONE_Issuer__DataDirectory={demo.Folder}' /proc/[0-9]*/environ || true", TestContext.Current.CancellationToken);
            Assert.Empty(running);
        }
        finally
        {
            await demo.DisposeAsync();
        }
    }
}
