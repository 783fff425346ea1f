using System.Diagnostics;
using System.Text.RegularExpressions;
using KohaPatron.Core.Koha;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Journal;

namespace KohaPatron.Core.Tests.PatronSync;

/// <summary>What a run asks and writes, in its order: each request, and each line that the journal has gained before it.</summary>
public sealed partial class SyncTranscriptTests : IAsyncLifetime
{
    private readonly List<string> _transcript = [];
    private CardRoom _room = null!;
    private int _lines;

    public async ValueTask InitializeAsync()
    {
        _room = await CardRoom.OpenAsync();
        _room.Fill(("ann", "11"), ("bob", "22"));
        _room.Koha.OnRequest = (method, path) =>
        {
            lock (_transcript)
            {
                Note();
                _transcript.Add(path.Contains('?', StringComparison.Ordinal) ? $"{method} list" : $"{method} {path.Replace("/api/v1", "", StringComparison.Ordinal)}");
            }
        };
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task One_change_and_its_undo()
    {
        await ShowAsync(await _room.CompareAsync([("ann", "77")]), """
            GET list
            GET list
            GET /patrons/101
            {"journal":"KohaPatron","version":2,"apiRoot":""}
            {"event":"Intent","time":"","step":1,"kind":"Change","patronId":101,"userId":"ann","circle":null,"then":null,"fields":[{"field":"cardnumber","before":"11","after":"77"},{"field":"statistics_2","before":null,"after":"11"}]}
            PUT /patrons/101
            {"event":"Done","time":"","step":1,"kind":"Change","patronId":101,"userId":"ann","circle":null,"then":null,"fields":[{"field":"cardnumber","before":"11","after":"77"},{"field":"statistics_2","before":null,"after":"11"}]}
            {"surname":"Last","library_id":"MAIN","category_id":"STUDENT","cardnumber":"77","statistics_2":"11"}
            """);
        await ShowAsync(() => _room.UndoAsync(), """
            GET list
            GET list
            GET /patrons/101
            {"event":"Intent","time":"","step":2,"kind":"Change","patronId":101,"userId":"ann","circle":null,"then":null,"fields":[{"field":"cardnumber","before":"77","after":"11"},{"field":"statistics_2","before":"11","after":null}]}
            PUT /patrons/101
            {"event":"Done","time":"","step":2,"kind":"Change","patronId":101,"userId":"ann","circle":null,"then":null,"fields":[{"field":"cardnumber","before":"77","after":"11"},{"field":"statistics_2","before":"11","after":null}]}
            {"surname":"Last","library_id":"MAIN","category_id":"STUDENT","cardnumber":"11","statistics_2":null}
            """);
    }

    [Fact]
    public async Task One_swap()
    {
        await ShowAsync(await _room.CompareAsync([("ann", "22"), ("bob", "11")]), """
            GET list
            GET list
            GET list
            {"journal":"KohaPatron","version":2,"apiRoot":""}
            {"event":"Intent","time":"","step":1,"kind":"Change","patronId":101,"userId":"ann","circle":1,"then":"22","fields":[{"field":"cardnumber","before":"11","after":"KPTEMP-101"},{"field":"statistics_2","before":null,"after":"11"}]}
            PUT /patrons/101
            {"event":"Done","time":"","step":1,"kind":"Change","patronId":101,"userId":"ann","circle":1,"then":"22","fields":[{"field":"cardnumber","before":"11","after":"KPTEMP-101"},{"field":"statistics_2","before":null,"after":"11"}]}
            {"event":"Intent","time":"","step":2,"kind":"Change","patronId":102,"userId":"bob","circle":1,"then":null,"fields":[{"field":"cardnumber","before":"22","after":"11"},{"field":"statistics_2","before":"kept","after":"22"}]}
            PUT /patrons/102
            {"event":"Done","time":"","step":2,"kind":"Change","patronId":102,"userId":"bob","circle":1,"then":null,"fields":[{"field":"cardnumber","before":"22","after":"11"},{"field":"statistics_2","before":"kept","after":"22"}]}
            GET /patrons/101
            {"event":"Intent","time":"","step":3,"kind":"Change","patronId":101,"userId":"ann","circle":1,"then":null,"fields":[{"field":"cardnumber","before":"KPTEMP-101","after":"22"}]}
            PUT /patrons/101
            {"event":"Done","time":"","step":3,"kind":"Change","patronId":101,"userId":"ann","circle":1,"then":null,"fields":[{"field":"cardnumber","before":"KPTEMP-101","after":"22"}]}
            {"surname":"Last","library_id":"MAIN","category_id":"STUDENT","cardnumber":"KPTEMP-101","statistics_2":"11"}
            {"surname":"Last","library_id":"MAIN","category_id":"STUDENT","cardnumber":"11","statistics_2":"22"}
            {"surname":"Last","library_id":"MAIN","category_id":"STUDENT","cardnumber":"22"}
            """);
    }

    [Fact]
    public async Task One_new_patron()
    {
        var row = new KohaPatronRow { userid = "new", surname = "New", branchcode = "MAIN", categorycode = "STUDENT", cardnumber = "99", patron_attributes = "UID:0099" };
        await ShowAsync(
            async () =>
            {
                using var addition = new PatronAddition(_room.Connection, "UID", () => SyncJournal.Hold(_room.Journal, _room.ApiRoot), evenIfAlike: false);
                await addition.AddAsync([row], _ => true, _ => { }, TestContext.Current.CancellationToken);
            },
            """
            GET list
            GET list
            GET list
            GET list
            {"journal":"KohaPatron","version":2,"apiRoot":""}
            {"event":"Intent","time":"","step":1,"kind":"Create","patronId":null,"userId":"new","circle":null,"then":null,"fields":[{"field":"surname","before":null,"after":"New"},{"field":"cardnumber","before":null,"after":"99"},{"field":"library_id","before":null,"after":"MAIN"},{"field":"category_id","before":null,"after":"STUDENT"},{"field":"extended_attributes.UID","before":null,"after":"0099"}]}
            POST /patrons
            {"event":"Done","time":"","step":1,"kind":"Create","patronId":19,"userId":"new","circle":null,"then":null,"fields":[{"field":"surname","before":null,"after":"New"},{"field":"cardnumber","before":null,"after":"99"},{"field":"library_id","before":null,"after":"MAIN"},{"field":"category_id","before":null,"after":"STUDENT"},{"field":"extended_attributes.UID","before":null,"after":"0099"}],"stamp":""}
            {"userid":"new","surname":"New","cardnumber":"99","library_id":"MAIN","category_id":"STUDENT","extended_attributes":[{"type":"UID","value":"0099"}]}
            """);
    }

    private Task ShowAsync(IReadOnlyList<ProxChange> plan, string expected) => ShowAsync(() => _room.ApplyAsync(plan), expected);

    private async Task ShowAsync(Func<Task> run, string expected)
    {
        _transcript.Clear();
        var seen = _room.Koha.Requests.Count;
        await run();
        Note();
        _transcript.AddRange(_room.Koha.Requests.Skip(seen).Where(request => request.Body.Length > 0).Select(request => request.Body));
        Assert.Equal(expected, string.Join("\n", _transcript));
    }

    private void Note()
    {
        if (!File.Exists(_room.Journal))
            return;
        var lines = Journal().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _transcript.AddRange(lines.Skip(_lines).Select(line => Varying().Replace(line, "$1\"\"")));
        _lines = lines.Length;
    }

    /// <summary>The run holds the file: only a program that asks for no lock reads it meanwhile.</summary>
    private string Journal()
    {
        if (OperatingSystem.IsWindows())
        {
            using var file = new StreamReader(new FileStream(_room.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return file.ReadToEnd();
        }

        using var process = Process.Start(new ProcessStartInfo("cat", [_room.Journal]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return process.StandardOutput.ReadToEnd();
    }

    [GeneratedRegex("(\"(?:time|apiRoot|stamp)\":)\"[^\"]*\"")]
    private static partial Regex Varying();
}
