using System.Text.Json.Nodes;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Fakes.Tests;

/// <summary>What a sync of whole records met in a real Koha 25.06, replayed: most cases from the start state, some with rows put into the database before.</summary>
public sealed class KohaSyncContractTests(KohaSyncContractTests.Replayed replayed) : IClassFixture<KohaSyncContractTests.Replayed>
{
    private const string File = "koha-rest-contract-25.06-sync.jsonl";

    public static TheoryData<string> Cases => [.. RecordedCase.Read(File).Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_answer_is_the_recorded_one(string name) => replayed.Check(name);

    public sealed class Replayed : IAsyncLifetime
    {
        private readonly Dictionary<string, (RecordedCase Recorded, GivenAnswer Given)> _answers = [];

        public void Check(string name) => _answers[name].Given.IsAsRecorded(_answers[name].Recorded);

        public async ValueTask InitializeAsync()
        {
            var setups = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "koha-rest-contract-25.06-sync-setup.json")))!;
            var replay = await StartAsync();
            foreach (var recorded in RecordedCase.Read(File))
            {
                var setup = setups[recorded.Name]!;
                if ((bool)setup["reset"]!)
                {
                    await replay.DisposeAsync();
                    replay = await StartAsync();
                }

                await replay.SignInAsync(recorded);
                RecordedSql.Run((string?)setup["sql"] ?? "", replay);
                replay.State.DatabaseIsDown = ((string?)setup["note"])?.StartsWith("mariadbd stopped", StringComparison.Ordinal) == true;
                _answers[recorded.Name] = (recorded, await replay.SendAsync(recorded));
                if (_answers[recorded.Name].Given.Status == 401)
                    replay.ForgetTokens();
            }

            await replay.DisposeAsync();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static Task<ContractReplay> StartAsync() =>
            ContractReplay.StartAsync(KohaVersion.V2506, new DateTimeOffset(2026, 11, 25, 0, 57, 8, TimeSpan.Zero), hasNarrowKeys: true);
    }
}
