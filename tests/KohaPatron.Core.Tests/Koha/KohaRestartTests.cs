using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Core.Tests.Koha;

/// <summary>Where nothing listens: a wrong address, or a Koha that is being restarted.</summary>
public sealed class KohaRestartTests
{
    private static readonly KohaRequest Read = new(HttpMethod.Get, "/patrons/5");

    [Fact]
    public async Task A_Koha_that_answered_before_is_asked_again_while_nothing_listens()
    {
        var first = await FakeKoha.StartAsync();
        FakeKoha? second = null;
        var waits = new Waits(() => second = FakeKoha.StartAsync(new FakeKohaOptions { Port = first.ApiRoot.Port }).GetAwaiter().GetResult());
        using var http = new KohaHttp(Endpoint(first), waits);
        Assert.Equal(200, (await http.SendAsync(Read, TestContext.Current.CancellationToken)).Status);
        await first.DisposeAsync();
        Assert.Equal(200, (await http.SendAsync(Read, TestContext.Current.CancellationToken)).Status);
        Assert.Equal(1, waits.Count);
        await second!.DisposeAsync();
    }

    [Fact]
    public async Task An_address_at_which_nothing_ever_listened_is_wrong_at_once()
    {
        var koha = await FakeKoha.StartAsync();
        await koha.DisposeAsync();
        var waits = new Waits(() => { });
        using var http = new KohaHttp(Endpoint(koha), waits);
        var refused = await Assert.ThrowsAsync<KohaPatronException>(() => http.SendAsync(Read, TestContext.Current.CancellationToken));
        Assert.Equal(("KohaUnreachable", 0), (refused.Notice.Code, waits.Count));
    }

    private static KohaEndpoint Endpoint(FakeKoha koha) => new(koha.ApiRoot, KohaSignIn.Basic, "client-editor", "secret-editor", "Tests", 3, TimeSpan.FromSeconds(5));

    /// <summary>A clock by which every wait is over at once, when something has happened during the first.</summary>
    private sealed class Waits(Action meanwhile) : TimeProvider
    {
        public int Count { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (++Count == 1)
                meanwhile();
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
