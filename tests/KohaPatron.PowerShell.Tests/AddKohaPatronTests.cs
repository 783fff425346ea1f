using KohaPatron.Fakes.Koha;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Add-KohaPatron: all of a patron or nothing, and Koha's refusals in plain words.</summary>
public sealed class AddKohaPatronTests : KohaTest
{
    private const string Connect = "Connect-Koha $root $credential -TimeoutSec 2; ";
    private const string Add = "Get-WorkdayPatron $folder | ConvertTo-KohaPatronCsv -End 2099-12-12 -SettingsPath $folder/settings.json -WarningAction Ignore | Add-KohaPatron";

    private void Given(params string[] students)
    {
        Folder.Write("student_data.json", Export(students));
        Folder.Write("settings.json", """{"library":"MAIN","attributes":{"universalId":"UID","studentId":"STUID","major":"PROGRAM","department":"DEPT"}}""");
    }

    [Fact]
    public async Task A_row_becomes_a_patron_with_its_attributes()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given(Student("new", "N1", "\"last_name\":\"Núñez\",\"phone\":\"555\",\"student_id\":\"a,b\""), Student("jdoe", "N2"));
        var result = Run(koha, Connect + Add).WithoutErrors();
        Assert.Equal(["Added", "Exists"], result.Each("Status"));
        var made = koha.State.Find(17)!;
        Assert.Equal(("new", "Núñez", "N1", "MAIN", "UNDERGRAD", "2099-12-12", "555"), ((string?)made["userid"], (string?)made["surname"], (string?)made["cardnumber"], (string?)made["library_id"], (string?)made["category_id"], (string?)made["expiry_date"], (string?)made["phone"]));
        Assert.Equal(["PROGRAM:1", "STUID:a,b", "UID:N1"], made["extended_attributes"]!.AsArray().Select(each => $"{each!["type"]}:{each["value"]}"));
        Assert.All(Run(koha, Add).WithoutErrors().Each("Status"), status => Assert.Equal("Exists", status));
    }

    [Fact]
    public async Task Rows_that_were_saved_are_taken_as_well_and_other_objects_are_not()
    {
        await using var koha = await FakeKoha.StartAsync();
        var result = Run(koha, Connect + "[pscustomobject]@{ userid = 'new'; surname = 'Kim'; branchcode = 'MAIN'; categorycode = 'UNDERGRAD'; cardnumber = '' }, [pscustomobject]@{ userid = 'x'; surname = 'y'; z = 1 } | Add-KohaPatron");
        Assert.Equal(["Added"], result.Each("Status"));
        Assert.StartsWith("KohaPatronNotARow", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal("Kim", (string?)koha.State.Find(17)!["surname"]);
    }

    [Theory]
    [InlineData("\"universal_id\":\"1000001\"", "another patron has this cardnumber")]
    [InlineData("\"universal_id\":\"U1001\"", "another patron has one of these attributes, which must be unique")]
    public async Task A_refusal_is_told_in_plain_words_and_makes_nothing(string member, string message)
    {
        await using var koha = await FakeKoha.StartAsync();
        Given(Student("new", "N1", member), Student("other", "N2", "\"student_id\":\"S9\""));
        var result = Run(koha, Connect + Add);
        Assert.Equal(["Failed", "Added"], result.Each("Status"));
        Assert.StartsWith($"new: {message}. Nothing was made", Assert.Single(result.Errors).ToString());
        Assert.DoesNotContain(koha.State.Patrons, patron => (string?)patron["userid"] == "new");
    }

    [Theory]
    [InlineData(FaultKind.Reset, true, "Added")]
    [InlineData(FaultKind.Reset, false, "Failed")]
    [InlineData(FaultKind.CutBody, true, "Added")]
    [InlineData(FaultKind.Html, false, "Failed")]
    [InlineData(FaultKind.Status, true, "Added")]
    public async Task A_lost_answer_is_settled_by_looking(FaultKind kind, bool afterEffect, string status)
    {
        await using var koha = await FakeKoha.StartAsync();
        Given(Student("new", "N1"));
        Run(koha, Connect).WithoutErrors();
        koha.Faults.Add(new Fault(kind) { Method = "POST", Path = "/patrons", AfterEffect = afterEffect });
        Assert.Equal([status], Run(koha, Add + " -ErrorAction SilentlyContinue").Each("Status"));
        koha.Faults.Clear();
        Run(koha, Add).WithoutErrors();
        Assert.Single(koha.State.Patrons, patron => (string?)patron["userid"] == "new");
    }

    /// <summary>201 without an id, with nulls, with nothing at all: Koha is asked.</summary>
    [Fact]
    public async Task An_odd_success_is_settled_by_looking()
    {
        foreach (var odd in new Func<Answer, Answer>[] { OddAnswers.EmptyObject, OddAnswers.WithoutId, OddAnswers.Nulls, OddAnswers.IdAsText })
        {
            await using var koha = await FakeKoha.StartAsync();
            Given(Student("new", "N1"));
            Run(koha, Connect).WithoutErrors();
            koha.Faults.Add(new Fault(FaultKind.Odd) { Method = "POST", Path = "/patrons", Odd = odd });
            var result = Run(koha, Add).WithoutErrors();
            Assert.Equal(("Added", "17"), (Assert.Single(result.Each("Status")), Assert.Single(result.Each("PatronId"))));
        }
    }

    /// <summary>Whatever zeros stand in front; and the universal ID goes to Koha as the import file has it.</summary>
    [Fact]
    public async Task Whoever_Koha_has_under_the_universal_ID_is_not_made_twice()
    {
        const string Settings = " -SettingsPath $folder/settings.json";
        await using var koha = await FakeKoha.StartAsync();
        Given(Student("new", "00123"));
        Run(koha, Connect + Add + Settings).WithoutErrors();
        Assert.Contains(koha.State.Find(17)!["extended_attributes"]!.AsArray(), each => (string?)each!["value"] == "00123");
        foreach (var form in new[] { "123", "0123", "000000123" })
        {
            Given(Student("renamed", form));
            Assert.Equal(["Renamed"], Run(koha, Add + Settings).WithoutErrors().Each("Status"));
        }
    }

    [Fact]
    public async Task A_row_that_a_spreadsheet_spoiled_or_without_a_user_id_makes_nobody()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given(Student("new", "N1"), Student("other", "N2", "\"student_id\":\"S9\""));
        var spoiled = Add.Replace("| Add", "| ForEach-Object { if ($_.userid -eq 'new') { $_.cardnumber = '9.00E+03' } else { $_.userid = ' ' }; $_ } | Add", StringComparison.Ordinal);
        Assert.Equal(["Failed", "Failed"], Run(koha, Connect + spoiled + " -ErrorAction SilentlyContinue").Each("Status"));
        Assert.DoesNotContain(koha.Requests, request => request is { Method: "POST", Path: "/api/v1/patrons" });
    }

    [Fact]
    public async Task What_came_of_a_broken_export_is_added_and_the_rest_is_told()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given(Student("new", "N1"));
        Folder.Write("employee_data.json", "{\"Report_Entry\":[{");
        var result = Run(koha, Connect + Add + " -ErrorAction SilentlyContinue");
        Assert.Equal(["Added"], result.Each("Status"));
        Assert.Contains("employee_data.json", Assert.Single(result.Warnings, warning => warning.Contains("nothing is concluded about the others", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Missing_people_are_added_with_the_end_of_the_semester()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given(Student("new", "N1"));
        Assert.Equal(["Added"], Run(koha, Connect + "Get-WorkdayPatron $folder | Add-KohaPatron -End 2099-12-12 -SettingsPath $folder/settings.json").WithoutErrors().Each("Status"));
        Assert.StartsWith("KohaPatronNotARow,", Assert.Single(Run(koha, "Get-WorkdayPatron $folder | Add-KohaPatron").Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public async Task Somebody_who_looks_alike_is_added_only_on_request()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.Newest });
        Given(Student("new", "N1"));
        Run(koha, Connect + Add).WithoutErrors();
        Given(Student("twin", "N2", "\"student_id\":\"S9\""));
        Assert.Contains("-AllowLookAlike", Run(koha, Add).Failure.ToString());
        Assert.Equal(["Added"], Run(koha, Add + " -AllowLookAlike").WithoutErrors().Each("Status"));
    }

    [Fact]
    public async Task WhatIf_sends_nothing()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given(Student("new", "N1"));
        Assert.Empty(Run(koha, Connect + Add + " -WhatIf").WithoutErrors().Output);
        Assert.DoesNotContain(koha.Requests, request => request is { Method: "POST", Path: "/api/v1/patrons" });
    }
}
